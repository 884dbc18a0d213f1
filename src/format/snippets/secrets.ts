import { say, type Said } from "../../model/said.ts";

/** Where a text of a connection stands. */
export type SecretPlace =
  | { readonly in: "url" }
  | { readonly in: "header"; readonly name: string }
  /** Of an HTTP request. */
  | { readonly in: "request header"; readonly name: string }
  | { readonly in: "subprotocol" }
  /** Of an HTTP request. */
  | { readonly in: "body" }
  /** `number`: of the row. */
  | { readonly in: "message"; readonly number: number };

/** A secret in a text: from `from` up to but without `to`. */
export interface FoundSecret {
  readonly from: number;
  readonly to: number;
  /** What it is called where it stands; empty where it has no name. */
  readonly name: string;
  readonly about: Said;
}

/** In their order; none overlaps another. */
export type FindSecrets = (text: string, place: SecretPlace) => readonly FoundSecret[];

export const findSecrets: FindSecrets = (text, place) => {
  switch (place.in) {
    case "url":
      return inUrl(text);
    case "header":
      return inHeader(text, place.name, say("snippet.header", { name: place.name }));
    case "request header":
      return inHeader(text, place.name, say("snippet.request-header", { name: place.name }));
    case "subprotocol":
      return isTokenLike(text) ? [{ from: 0, to: text.length, name: "subprotocol", about: say("snippet.subprotocol") }] : [];
    case "body":
      return inMessage(text, null);
    case "message":
      return inMessage(text, place.number);
  }
};

const inHeader = (text: string, name: string, about: Said): FoundSecret[] => (text !== "" && (CREDENTIAL_HEADERS.has(name.toLowerCase()) || NAMED.test(name)) ? [{ from: 0, to: text.length, name, about }] : []);

const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set(["cookie", "authorization", "proxy-authorization"]);
const SECRET_NAME = "[\\w.-]{0,40}(?:token|auth|secret|passw|pwd|signature|credential|session|ticket|jwt|api[_-]?key|access[_-]?key)[\\w.-]{0,40}|sid|sig|key|sign|pass|psk";
const NAMED = new RegExp(`^(?:${SECRET_NAME})$`, "i");
const IN_QUERY = /(?<=[?&])([^=&#]{1,80})=([^&#]+)/g;
const IN_JSON = new RegExp(`"(${SECRET_NAME})"\\s{0,8}:\\s{0,8}"((?:[^"\\\\]|\\\\.)+)"`, "gi");
const JWT = /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g;
const BEARER = /(?<=\bBearer )[\w.~+/-]{8,}=*/g;

function inUrl(url: string): FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const { 1: name = "", 2: value = "", index } of url.matchAll(IN_QUERY)) {
    if (!NAMED.test(name) && !isTokenLike(value)) continue;
    const from = index + name.length + 1;
    found.push({ from, to: from + value.length, name, about: say("snippet.query", { name }) });
  }
  return found;
}

/** `number`: of its row; null for a request's body. */
function inMessage(text: string, number: number | null): FoundSecret[] {
  const found: FoundSecret[] = [];
  for (const match of text.matchAll(IN_JSON)) {
    const { 0: whole, 1: name = "", 2: value = "", index } = match;
    const from = index + whole.length - 1 - value.length;
    found.push({ from, to: from + value.length, name, about: number === null ? say("snippet.body-field", { name }) : say("snippet.field", { name, n: number }) });
  }
  for (const pattern of [JWT, BEARER]) {
    for (const { 0: value, index } of text.matchAll(pattern)) found.push({ from: index, to: index + value.length, name: "token", about: number === null ? say("snippet.body") : say("snippet.message", { n: number }) });
  }
  return apart(found);
}

/** What overlaps one that begins before it is left out. */
function apart(found: readonly FoundSecret[]): FoundSecret[] {
  let end = 0;
  return found
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
    .filter(({ from, to }) => {
      if (from < end) return false;
      end = to;
      return true;
    });
}

/** Long, and of letters and digits in no order of words: nobody types it. */
const isTokenLike = (text: string): boolean => /^[\w.~+/%=-]{20,}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text) && !/^[a-z]+(?:[.-][a-z\d]{1,8})*$/i.test(text);
