import { base64Text } from "../../../model/base64.ts";
import type { Tell } from "../../../model/said.ts";
import { aboutVariable, awaited, isBytes, sentSteps, type Data, type GivenSecret, type HeardSecret, type Phrase, type Repeat, type Script, type Source, type Variable } from "../script.ts";
import { hex, hexBytes, joined, oneLine, quoted } from "./literal.ts";

/** ECMA-262 §12.9.4; and it stays one where it is put into a page's script element. */
export const javaScriptText = (text: string): string => quoted(text, escapeChar).replace(/<(?=[/!])/g, "\\x3c");

function escapeChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return SHORT.get(char) ?? (code < 0x100 ? `\\x${hex(char, 2)}` : code < 0x10000 ? `\\u${hex(char, 4)}` : `\\u{${hex(char, 0)}}`);
}

const SHORT = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);

export const javaScriptPhrase = (phrase: Phrase): string => joined(phrase, javaScriptText, ({ name }) => name);

/** `bytes`: how this runtime makes bytes of base64 or hex. */
export const javaScriptData = (data: Data, bytes: (data: Uint8Array) => string): string => (isBytes(data) ? bytes(data) : javaScriptPhrase(data));

export const nodeBytes = (data: Uint8Array): string => `Buffer.from("${hexBytes(data)}", "hex")`;
export const webBytes = (data: Uint8Array): string => `Uint8Array.from(atob("${base64Text(data)}"), (char) => char.charCodeAt(0))`;

export const javaScriptList = (phrases: readonly Phrase[]): string => `[${phrases.map(javaScriptPhrase).join(", ")}]`;

export const javaScriptComment = (text: string): string => `// ${oneLine(text).replace(/<(?=[/!])/g, "< ")}`;

/** Lines of an object, between its braces. */
export const javaScriptEntries = (headers: Script["headers"], indent: string): string[] =>
  headers.map(({ name, value }) => `${indent}${/^[a-z]+$/i.test(name) && name !== "__proto__" ? name : javaScriptText(name)}: ${javaScriptPhrase(value)},`);

/** A constant for each secret. `read`: how this runtime is given one, from the text of its name. */
export function javaScriptVariables(variables: readonly Variable[], tell: Tell, read: (name: string, about: string) => string): string[] {
  if (variables.length === 0) return [];
  return [
    ...variables.flatMap((variable) => {
      const { name, about, value } = variable;
      return [javaScriptComment(aboutVariable(variable, tell)), `const ${name} = ${value === null ? read(name, tell(about)) : javaScriptText(value)};`];
    }),
    "",
  ];
}

/** A mock answers for what is at this address, whatever its query: it holds what is new each time. */
export function javaScriptAddress(url: Phrase): string {
  const first = url[0];
  const [address = ""] = (typeof first === "string" ? first : "").split(/[?#]/, 1);
  return address;
}

/** How a runtime of JavaScript asks a server. */
export interface JavaScriptAsking {
  /** Before a call whose answer is waited for, and before the function that waits. */
  readonly wait: "await " | "";
  /** The call, as lines of a function that has two spaces before it; `isCookie`: what its answer itself sets is wanted. */
  readonly call: (source: Source, isCookie: boolean) => readonly string[];
  /** Of `response`: its text, and the value of a cookie that it sets. */
  readonly text: string;
  readonly cookie: (name: string) => string;
}

/** For each request whose answer holds secrets a function that asks for them, and the call of it. */
export function javaScriptSources(sources: readonly Source[], tell: Tell, asking: JavaScriptAsking): string[] {
  return sources.flatMap((source) => {
    const { given } = source;
    const names = given.map(({ variable }) => variable.name);
    const name = `get${names.map(camelName).join("And")}`;
    const values = given.map((one) => valueOf(one, asking));
    const isCookie = given.some(({ place }) => place.in === "cookie");
    return [
      `${asking.wait === "" ? "" : "async "}function ${name}() {`,
      ...given.flatMap(({ from }) => from.map((told) => `  ${javaScriptComment(tell(told))}`)),
      ...asking.call(source, isCookie),
      ...(given.some(({ place }) => place.in !== "cookie") ? [`  const text = ${asking.text};`] : []),
      ...(given.some(({ place }) => place.in === "json") ? ["  const answer = JSON.parse(text);"] : []),
      `  return ${values.length === 1 ? values[0] : `[${values.join(", ")}]`};`,
      "}",
      ...given.map(({ variable }) => javaScriptComment(tell(variable.about))),
      `const ${names.length === 1 ? names[0] : `[${names.join(", ")}]`} = ${asking.wait}${name}();`,
      "",
    ];
  });
}

/**
 * For each secret that the server tells a function that takes it from a message, the first that holds it, and a promise that it
 * is there.
 */
export const javaScriptHearing = (heard: readonly HeardSecret[], tell: Tell): string[] =>
  heard.flatMap(({ variable, place, from }) => [
    javaScriptComment(tell(variable.about)),
    `let ${variable.name};`,
    `let ${hearName(variable)};`,
    `const ${hereName(variable)} = new Promise((resolve) => {`,
    `  ${hearName(variable)} = (text) => {`,
    ...from.map((told) => `    ${javaScriptComment(tell(told))}`),
    "    let value;",
    "    try {",
    ...(place.in === "json" ? ["      const answer = JSON.parse(text);", `      value = answer${stepsOf(place.path)};`] : place.in === "text" ? [`      value = ${textValue(place)};`] : []),
    "    } catch {",
    "      return;",
    "    }",
    `    if (${variable.name} !== undefined || value === undefined || value === null) return;`,
    `    ${variable.name} = String(value);`,
    "    resolve();",
    "  };",
    "});",
    "",
  ]);

/** Hands a text to what listens for secrets. */
export const javaScriptHearCalls = (heard: readonly HeardSecret[], text: string): string[] => heard.map(({ variable }) => `${hearName(variable)}(${text});`);

/**
 * What is done once the connection is open, as the head of a function and its lines: the messages in their order, each after its
 * pause and once the secrets in it are there; then what is repeated. `send` and `repeat`: the calls of the runtime.
 */
export function javaScriptSending(script: Pick<Script, "steps" | "repeats">, heard: readonly HeardSecret[], send: (data: Data) => string, repeat: (one: Repeat, number: number) => string): { readonly isEmpty: boolean; readonly head: string; readonly lines: readonly string[] } {
  const steps = sentSteps(script);
  const { repeats } = script;
  const waits = awaited([...steps, ...repeats.map((one) => ({ data: one.send }))].map(({ data }) => data), heard).map((secrets) => secrets.map(({ variable }) => `await ${hereName(variable)};`));
  return {
    isEmpty: steps.length + repeats.length === 0,
    head: hasPauses(script) || waits.flat().length > 0 ? "async () => {" : "() => {",
    lines: [...steps.flatMap(({ data, pause }, i) => [...(pause > 0 ? [`await sleep(${pause});`] : []), ...(waits[i] ?? []), send(data)]), ...waits.slice(steps.length).flat(), ...repeats.map(repeat)],
  };
}

export const hasPauses = (script: Pick<Script, "steps">): boolean => sentSteps(script).some(({ pause }) => pause > 0);

const hearName = ({ name }: Variable): string => `hear${camelName(name)}`;
const hereName = ({ name }: Variable): string => `has${camelName(name)}`;

/** `WS_X_CSRF_TOKEN` becomes `XCsrfToken`. */
const camelName = (name: string): string => name.replace(/^WS_/, "").toLowerCase().replace(/(?:^|_)([a-z\d])/g, (_, first: string) => first.toUpperCase());

function valueOf({ place, isEncoded }: GivenSecret, { cookie }: JavaScriptAsking): string {
  const value = place.in === "cookie" ? (place.isEncoded ? `decodeURIComponent(${cookie(place.name)})` : cookie(place.name)) : place.in === "json" ? jsonValue(place) : textValue(place);
  return isEncoded ? `encodeURIComponent(${value})` : value;
}

const textValue = ({ before, after }: Extract<GivenSecret["place"], { readonly in: "text" }>): string => `text.split(${javaScriptText(before)})[1].split(${javaScriptText(after)})[0]`;

const stepsOf = (path: readonly (string | number)[]): string => path.map((step) => `[${typeof step === "number" ? step : javaScriptText(step)}]`).join("");

function jsonValue({ path, isNumber }: Extract<GivenSecret["place"], { readonly in: "json" }>): string {
  const value = `answer${stepsOf(path)}`;
  return isNumber ? `String(${value})` : value;
}

/** With `fetch`, of a browser or of Node. `more`: of its options. */
export const fetchCall = ({ method, url, headers, body }: Source, more: readonly string[] = []): readonly string[] => {
  const options = [
    ...(method === "GET" ? [] : [`    method: ${javaScriptText(method)},`]),
    ...(headers.length === 0 ? [] : ["    headers: {", ...javaScriptEntries(headers, "      "), "    },"]),
    ...(body === null ? [] : [`    body: ${javaScriptPhrase(body)},`]),
    ...more,
  ];
  const address = javaScriptPhrase(url);
  return [...(options.length === 0 ? [`  const response = await fetch(${address});`] : [`  const response = await fetch(${address}, {`, ...options, "  });"]), "  if (response.status >= 400) throw new Error(`${response.status} ${response.url}`);"];
};
