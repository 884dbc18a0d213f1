import type { LogEvent } from "../heard.ts";
import { TARGET_TYPES, TRANSPORTS } from "../../model/connection.ts";
import { isMoment } from "../../model/units.ts";

/** Whether a value, as JSON has it, is what its field holds. */
type Check = (value: unknown) => boolean;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);
const isText: Check = (value) => typeof value === "string";
const isTruth: Check = (value) => typeof value === "boolean";
const isNumber: Check = (value) => typeof value === "number";
const isWhole: Check = (value) => Number.isSafeInteger(value);
/** JSON has null for a time that is not known. */
const isTime: Check = (value) => value === null || (typeof value === "number" && isMoment(value));
const isOneOf = (values: readonly unknown[]): Check => (value) => values.includes(value);
const isTold: Check = (value) => typeof value === "string" || (isRecord(value) && typeof value["code"] === "string" && isRecord(value["values"]) && Object.values(value["values"]).every(isValue));
const isValue: Check = (value) => typeof value === "number" || (Array.isArray(value) ? value.every(isTold) : isTold(value));
const isHeaders: Check = (value) => Array.isArray(value) && value.every((one) => isRecord(one) && isText(one["name"]) && isText(one["value"]));
const holds =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
const perhaps =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isAskedEnd: Check = (value) => value === "lost" || holds({ code: (code) => code === null || isNumber(code), reason: isText })(value);

/** The fields of each event that a Framescope writes; those that are not here are not looked at. */
const SHAPES: Readonly<Record<Exclude<LogEvent["type"], "mark" | "decode-as">, Readonly<Record<string, Check>>>> = {
  target: { target: holds({ key: isText, type: isOneOf(TARGET_TYPES), url: isText }) },
  created: {
    connection: isWhole,
    transport: perhaps(isOneOf(TRANSPORTS)),
    reconnects: perhaps(isWhole),
    targetKey: isText,
    url: isText,
    initiator: perhaps(holds({ functionName: isText, url: isText, line: isNumber, column: isNumber })),
    seenFromStart: isTruth,
    subprotocol: perhaps(isText),
    extensions: perhaps(isText),
    notice: perhaps(isTold),
  },
  retargeted: { connection: isWhole, targetKey: isText, notice: perhaps(isTold) },
  named: { connection: isWhole, url: isText, subprotocol: perhaps(isText), extensions: perhaps(isText), notice: perhaps(isTold) },
  withdrawn: { connection: isWhole },
  "handshake-request": { connection: isWhole, time: isTime, wallTime: isTime, headers: isHeaders },
  "handshake-response": { connection: isWhole, time: isTime, status: isNumber, statusText: isText, headers: isHeaders, headersText: perhaps(isText), requestHeaders: perhaps(isHeaders), requestHeadersText: perhaps(isText) },
  redirected: { connection: isWhole, time: isTime, status: isNumber, url: isText },
  "wire-headers": { connection: isWhole, requestHeaders: perhaps(isHeaders), responseHeaders: perhaps(isHeaders), responseText: perhaps(isText) },
  error: { connection: isWhole, time: isTime, message: isTold, failure: perhaps(holds({ reason: isText, status: perhaps(isNumber) })) },
  closed: { connection: isWhole, time: isTime, synthesised: perhaps(isText), observed: perhaps(isTruth), by: perhaps(isText), asked: perhaps(isAskedEnd) },
  "close-details": { connection: isWhole, time: isTime, closing: holds({ code: isNumber, reason: isText, wasClean: isTruth }) },
  "payload-size": { connection: isWhole, bytes: isNumber },
  "stream-event": { connection: isWhole, name: isText, id: isText },
  "made-from": { connection: isWhole, row: isWhole },
  ruled: { connection: isWhole, rule: isText, did: isText, back: (value) => value === null || isWhole(value), ofDirection: isText },
  navigated: { time: isTime, url: isText, keepLog: perhaps(isTruth), isCut: perhaps(isTruth) },
  resumed: { time: isTime, skipped: isNumber },
  gap: { time: isTime, seconds: isNumber, isFilled: perhaps(isTruth) },
  clock: { time: isTime, wallTime: isTime },
  cleared: { frames: isNumber, events: isNumber },
  restarted: { time: isTime, lost: isNumber },
  replayed: { time: isTime, connection: isWhole, told: isTold },
  answer: {
    connection: isWhole,
    exchange: holds({ method: isText, url: isText, requestHeaders: isHeaders, requestBody: (value) => value === null || isText(value), status: isNumber, body: isText, setCookies: (value) => Array.isArray(value) && value.every(isText), finishedAt: isNumber }),
  },
};

/**
 * Whether an event has the fields of its type: a checksum that fits is no proof that a Framescope wrote it. One of a type that
 * is not known is a later Framescope's.
 */
export const hasItsShape = (event: { readonly type: string }): boolean => (Object.hasOwn(SHAPES, event.type) ? holds(SHAPES[event.type as keyof typeof SHAPES])(event) : true);
