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

/** The secrets in a text, in their order; none overlaps another. */
export function secretsIn(text: string, place: SecretPlace): readonly FoundSecret[] {
  switch (place.in) {
    case "url":
      return inText(text).map((one) => named(one, one.name === "" ? say("snippet.url") : say("snippet.query", { name: one.name })));
    case "header":
      return inHeader(text, place.name, say("snippet.header", { name: place.name }));
    case "request header":
      return inHeader(text, place.name, say("snippet.request-header", { name: place.name }));
    case "subprotocol":
      return inSubprotocol(text, place.offered);
    case "body":
      return inText(text).map((one) => named(one, one.name === "" ? say("snippet.body") : say("snippet.body-field", { name: one.name })));
    case "message":
      return inText(text).map((one) => named(one, one.name === "" ? say("snippet.message", { n: place.number }) : say("snippet.field", { name: one.name, n: place.number })));
  }
}

/** What tells itself, as a JSON Web Token does, is called by the field or parameter that it stands in all the same. */
const inText = (text: string): readonly TextFinding[] =>
  findInText(text).map((one) => {
    if (one.name !== "") return one;
    const before = TO_UTF8.encode(text.slice(Math.max(0, one.from - MOST_BEFORE), one.from));
    return { ...one, name: nameBefore(before, before.length).name };
  });

const MOST_BEFORE = 300;
const TO_UTF8 = new TextEncoder();

const named = ({ from, to, name, kind }: TextFinding, about: Said): FoundSecret => ({ from, to, name: name === "" ? kind : name, about });

/** Cookies are given together, as a browser shows them. */
function inHeader(value: string, name: string, about: Said): readonly FoundSecret[] {
  if (name.toLowerCase() === "cookie") return value === "" ? [] : [{ from: 0, to: value.length, name, about }];
  return findInHeader({ name, value }).map((one) => named(one, about));
}

function inSubprotocol(name: string, offered: readonly string[]): readonly FoundSecret[] {
  const from = offered.slice(0, offered.indexOf(name)).reduce((sum, { length }) => sum + length + 1, 0);
  return findInHeader({ name: "Sec-WebSocket-Protocol", value: offered.join(",") })
    .filter((one) => one.from >= from && one.to <= from + name.length)
    .map((one) => ({ from: one.from - from, to: one.to - from, name: "subprotocol", about: say("snippet.subprotocol") }));
}
