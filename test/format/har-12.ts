/**
 * What HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) makes mandatory, with the formats that its JSON schema
 * asks for, and what Chrome's importer throws at. Answers the faults, each with its path.
 */
export function har12Faults(har: unknown): readonly string[] {
  const faults: string[] = [];
  const log = object(faults, "", har, { log: isObject })["log"];
  const { creator, pages, entries } = object(faults, "log", log, { version: is("1.2"), creator: isObject, entries: isArray });
  object(faults, "log.creator", creator, { name: isString, version: isString });
  optional(faults, "log", log, { comment: isString, pages: isArray, browser: isObject });
  for (const [index, page] of list(pages)) {
    object(faults, `log.pages[${index}]`, page, { startedDateTime: isDate, id: isString, title: isString, pageTimings: isObject });
  }
  for (const [index, entry] of list(entries)) checkEntry(faults, `log.entries[${index}]`, entry);
  return faults;
}

function checkEntry(faults: string[], path: string, entry: unknown): void {
  const fields = object(faults, path, entry, {
    startedDateTime: isDate,
    time: isDuration,
    request: isObject,
    response: isObject,
    cache: isObject,
    timings: isObject,
  });
  optional(faults, path, entry, {
    pageref: isString,
    serverIPAddress: isFilled,
    connection: isString,
    comment: isString,
    _resourceType: isString,
    _initiator: isObject,
    _webSocketMessages: isArray,
  });
  const request = object(faults, `${path}.request`, fields["request"], {
    method: isString,
    url: isAbsoluteUrl,
    httpVersion: isString,
    cookies: isArray,
    headers: isArray,
    queryString: isArray,
    headersSize: isSize,
    bodySize: isSize,
  });
  const response = object(faults, `${path}.response`, fields["response"], {
    status: isSize,
    statusText: isString,
    httpVersion: isString,
    cookies: isArray,
    headers: isArray,
    content: isObject,
    redirectURL: isString,
    headersSize: isSize,
    bodySize: isSize,
  });
  object(faults, `${path}.response.content`, response["content"], { size: isSize, mimeType: isString });
  for (const [side, part] of [["request", request], ["response", response]] as const) {
    for (const key of ["headers", "queryString", "cookies"]) {
      for (const [index, pair] of list(part[key])) {
        const place = `${path}.${side}.${key}[${index}]`;
        object(faults, place, pair, { name: isString, value: isString });
        if (key === "cookies") optional(faults, place, pair, COOKIE);
      }
    }
  }
  object(faults, `${path}.timings`, fields["timings"], { send: isDuration, wait: isDuration, receive: isDuration });
  optional(faults, `${path}.timings`, fields["timings"], { blocked: isTiming, dns: isTiming, connect: isTiming, ssl: isTiming });
  for (const [index, message] of list(fields["_webSocketMessages"])) {
    object(faults, `${path}._webSocketMessages[${index}]`, message, {
      type: (value) => value === "send" || value === "receive" || value === "error",
      time: isNumber,
      opcode: isNumber,
      data: isString,
    });
  }
}

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, unknown>>;

const isObject: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isArray: Check = (value) => Array.isArray(value);
const isString: Check = (value) => typeof value === "string";
const isFilled: Check = (value) => typeof value === "string" && value !== "";
const isBoolean: Check = (value) => typeof value === "boolean";
const isNumber: Check = (value) => typeof value === "number";
const isSize: Check = (value) => typeof value === "number" && Number.isInteger(value) && value >= -1;
const isTiming: Check = (value) => typeof value === "number" && value >= -1;
const isDuration: Check = (value) => typeof value === "number" && value >= 0;
const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const isDate: Check = (value) =>
  typeof value === "string" && ISO_DATE.test(value) && !Number.isNaN(Date.parse(value));
const isAbsoluteUrl: Check = (value) => typeof value === "string" && URL.canParse(value) && !value.includes("#");
const is = (wanted: unknown): Check => (value) => value === wanted;

const COOKIE = {
  path: isString,
  domain: isString,
  expires: isDate,
  httpOnly: isBoolean,
  secure: isBoolean,
  sameSite: isString,
};

function object(faults: string[], path: string, value: unknown, mandatory: Readonly<Record<string, Check>>): Fields {
  if (!isObject(value)) {
    faults.push(`${path} is no object`);
    return {};
  }
  const fields = value as Fields;
  for (const [key, check] of Object.entries(mandatory)) {
    if (!check(fields[key])) faults.push(`${path}.${key} is ${JSON.stringify(fields[key])}`);
  }
  return fields;
}

function optional(faults: string[], path: string, value: unknown, checks: Readonly<Record<string, Check>>): void {
  if (!isObject(value)) return;
  const fields = value as Fields;
  for (const [key, check] of Object.entries(checks)) {
    if (key in fields && !check(fields[key])) faults.push(`${path}.${key} is ${JSON.stringify(fields[key])}`);
  }
}

const list = (value: unknown): readonly (readonly [number, unknown])[] => (Array.isArray(value) ? [...value.entries()] : []);
