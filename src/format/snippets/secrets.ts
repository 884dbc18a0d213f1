import { say, type Said } from "../../model/said.ts";
import { nameBefore } from "../redact/bytes.ts";
import { findInHeader, findInText, type TextFinding } from "../redact/find-in-headers.ts";

/** Where a text of a connection stands. */
export type SecretPlace =
  | { readonly in: "url" }
  | { readonly in: "header"; readonly name: string }
  /** Of an HTTP request. */
  | { readonly in: "request header"; readonly name: string }
  /** One of several: `offered` are all of them, of which one may say what the next is. */
  | { readonly in: "subprotocol"; readonly offered: readonly string[] }
  /** Of an HTTP request. */
  | { readonly in: "body" }
  /** `number`: of the row. */
  | { readonly in: "message"; readonly number: number };

/** A secret in a text: from `from` up to but without `to`. */
interface FoundSecret {
  readonly from: number;
  readonly to: number;
  /** What it is called where it stands, else its kind. */
  readonly name: string;
  readonly about: Said;
}

/** The secrets in a text, in their order; none overlaps another. `cookies`: values that are told apart among those of a header. */
export function secretsIn(text: string, place: SecretPlace, cookies: ReadonlySet<string> = NO_COOKIES): readonly FoundSecret[] {
  switch (place.in) {
    case "url":
      return inText(text).map((one) => named(one, one.name === "" ? say("snippet.url") : say("snippet.query", { name: one.name })));
    case "header":
      return inHeader(text, place.name, say("snippet.header", { name: place.name }), cookies);
    case "request header":
      return inHeader(text, place.name, say("snippet.request-header", { name: place.name }), cookies);
    case "subprotocol":
      return inSubprotocol(text, place.offered);
    case "body":
      return inText(text).map((one) => named(one, one.name === "" ? say("snippet.body") : say("snippet.body-field", { name: one.name })));
    case "message":
      return inText(text).map((one) => named(one, one.name === "" ? say("snippet.message", { n: place.number }) : say("snippet.field", { name: one.name, n: place.number })));
  }
}

/** What stands for a secret where a capture was written with its secrets masked (`writeMask`); a URL has it percent-encoded. */
export const MASK = /(?:‹|%E2%80%B9)(?:([a-z]+)-)?\d+\**(?:›|%E2%80%BA)/gi;

function findAll(text: string): readonly TextFinding[] {
  const found = findInText(text);
  if (!/‹|%E2%80%B9/i.test(text)) return found;
  const masks = Array.from(text.matchAll(MASK), ({ index, 0: mask }): TextFinding => ({ kind: "token", from: index, to: index + mask.length, name: "", bare: undefined }));
  return [...found.filter((one) => !masks.some((mask) => one.from < mask.to && mask.from < one.to)), ...masks].toSorted((a, b) => a.from - b.from);
}

/** What tells itself, as a JSON Web Token does, is called by the field or parameter that it stands in all the same. */
const inText = (text: string): readonly TextFinding[] =>
  findAll(text).map((one) => {
    if (one.name !== "") return one;
    const before = TO_UTF8.encode(text.slice(Math.max(0, one.from - MOST_BEFORE), one.from));
    return { ...one, name: nameBefore(before, before.length).name };
  });

const MOST_BEFORE = 300;
const TO_UTF8 = new TextEncoder();

const named = ({ from, to, name, kind }: TextFinding, about: Said): FoundSecret => ({ from, to, name: name === "" ? kind : name, about });

const NO_COOKIES: ReadonlySet<string> = new Set();

function inHeader(value: string, name: string, about: Said, cookies: ReadonlySet<string>): readonly FoundSecret[] {
  if (name.toLowerCase() === "cookie") return inCookies(value, name, about, cookies);
  const masks = findAll(value).filter(({ from, to }) => value.slice(from, to).search(MASK) === 0);
  return (masks.length > 0 ? masks : findInHeader({ name, value })).map((one) => named({ ...one, name: one.name || name }, about));
}

/** Cookies are given together, as a browser shows them, but for those that are told apart. */
function inCookies(value: string, name: string, about: Said, apart: ReadonlySet<string>): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  let from = 0;
  const addTogether = (to: number): void => {
    const text = value.slice(from, to);
    const start = from + text.length - text.replace(/^[; ]+/, "").length;
    const end = from + text.replace(/[; ]+$/, "").length;
    if (end > start) found.push({ from: start, to: end, name, about });
  };
  for (const { index, 1: before = "", 2: cookie = "", 3: text = "" } of value.matchAll(/((?:^|;) *([^=;]*)=)([^;]*)/g)) {
    const secret = text.trimEnd();
    if (!apart.has(secret)) continue;
    addTogether(index);
    const start = index + before.length;
    found.push({ from: start, to: start + secret.length, name: cookie.trim(), about: say("snippet.cookie", { name: cookie.trim() }) });
    from = start + secret.length;
  }
  addTogether(value.length);
  return found;
}

function inSubprotocol(name: string, offered: readonly string[]): readonly FoundSecret[] {
  const from = offered.slice(0, offered.indexOf(name)).reduce((sum, { length }) => sum + length + 1, 0);
  const masks = Array.from(name.matchAll(MASK), ({ index, 0: mask }) => ({ from: index, to: index + mask.length, name: "subprotocol", about: say("snippet.subprotocol") }));
  if (masks.length > 0) return masks;
  return findInHeader({ name: "Sec-WebSocket-Protocol", value: offered.join(",") })
    .filter((one) => one.from >= from && one.to <= from + name.length)
    .map((one) => ({ from: one.from - from, to: one.to - from, name: "subprotocol", about: say("snippet.subprotocol") }));
}
