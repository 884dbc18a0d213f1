import type { Header } from "../../model/connection.ts";
import { findSecrets } from "./find-secrets.ts";
import type { SecretKindId } from "./registry.ts";
import type { SecretFinding } from "./secret-finding.ts";
import { kindOfHeader, kindOfName, suitsName } from "./secret-names.ts";
import { isOfWords } from "./words.ts";

/** A secret in a text: `from` and `to` count its characters (UTF-16). */
export type TextFinding = SecretFinding;

/** The same as `findSecrets`, of a text: a URL, words, a note. A query's parameters are told by their names. */
export function findInText(text: string): readonly TextFinding[] {
  const bytes = TO_UTF8.encode(text);
  const found = findSecrets(bytes);
  if (bytes.length === text.length || found.length === 0) return found;
  let read = 0;
  let length = 0;
  // They come in order.
  const placeOf = (at: number): number => {
    for (; read < at; read++) {
      const byte = bytes[read] as number;
      // A character of four bytes is a pair.
      length += (byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
    }
    return length;
  };
  return found.map((one) => ({ ...one, from: placeOf(one.from), to: placeOf(one.to) }));
}

const TO_UTF8 = new TextEncoder();

/** The secrets in the value of a header, in order. */
export function findInHeader({ name, value }: Header): readonly TextFinding[] {
  const known = name.trim().toLowerCase();
  const kind = kindOfHeader(known);
  const at = (from: number, to: number, ofKind: SecretKindId, of = name): TextFinding => ({ kind: ofKind, from, to, name: of, bare: undefined });
  if (kind !== undefined && known.endsWith("cookie")) return cookiesIn(value, known === "cookie").map(([cookie, from, to]) => at(from, to, kind, cookie));
  if (kind !== undefined) {
    const from = SCHEME.exec(value)?.[0].length ?? 0;
    return value.length > from ? [at(from, value.length, kind)] : [];
  }
  if (known === "sec-websocket-protocol") {
    const told = new Map(findInText(value).map((one) => [`${one.from} ${one.to}`, one]));
    return tokensIn(value).map(([from, to]) => told.get(`${from} ${to}`) ?? at(from, to, "token"));
  }
  const named = kindOfName(known);
  if (named !== undefined && !PUBLIC.has(known)) {
    const from = SCHEME.exec(value)?.[0].length ?? 0;
    if (suitsName(value.slice(from), named, true)) return [at(from, value.length, named.kind)];
  }
  return PUBLIC.has(known) ? [] : findInText(value);
}

const SCHEME = /^\s*(?:[A-Za-z][\w-]{0,20}\s+)?/;
/** What a handshake draws by lot is no secret (RFC 6455 §4.1). */
const PUBLIC: ReadonlySet<string> = new Set(["sec-websocket-key", "sec-websocket-accept", "sec-websocket-version", "sec-websocket-extensions", "etag"]);

/** Name, beginning and end of each cookie's value. Of a Set-Cookie the first pair is one, the rest its attributes. */
function cookiesIn(value: string, isRequest: boolean): (readonly [string, number, number])[] {
  const found: (readonly [string, number, number])[] = [];
  let from = 0;
  for (const line of value.split("\n")) {
    let start = from;
    for (const pair of isRequest ? line.split(";") : line.split(";", 1)) {
      const equals = pair.indexOf("=");
      const nameEnd = equals < 0 ? 0 : equals;
      const valueFrom = start + (equals < 0 ? pair.length - pair.trimStart().length : equals + 1);
      const valueTo = start + pair.trimEnd().length;
      if (valueTo > valueFrom) found.push([pair.slice(0, nameEnd).trim(), valueFrom, valueTo]);
      start += pair.length + 1;
    }
    from += line.length + 1;
  }
  return found;
}

/** The subprotocols that carry a token, as their places in the header's value. */
function tokensIn(value: string): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let from = 0;
  let before = "";
  for (const part of value.split(",")) {
    const name = part.trim();
    const start = from + part.indexOf(name);
    const prefix = PREFIX.exec(name)?.[0].length ?? 0;
    if (name.length > prefix && (prefix > 0 || LEADS.test(before) || isDrawn(name))) found.push([start + prefix, start + name.length]);
    before = name;
    from += part.length + 1;
  }
  return found;
}

/** Kubernetes', and those that put a token behind a name: https://github.com/kubernetes/kubernetes/pull/47740 */
const PREFIX = /^(?:base64url\.bearer\.authorization\.k8s\.io\.|(?:openai-insecure-)?api-?key[.-]|(?:access[_-]?|auth[_-]?)?token[.\-_=:]|bearer[.\-_=:]|jwt[.\-_=:]|authorization[.\-_=:])/i;
/** A subprotocol of such a name says that the next one is the token. */
const LEADS = /^(?:bearer|(?:access[_-]?|auth[_-]?|id[_-]?)?token|authorization|auth|jwt|api-?key|ticket)$/i;

/** A JSON Web Token, or letters, large and small, and digits without a word among them. */
const isDrawn = (name: string): boolean =>
  /^eyJ[\w-]{8,}\.[\w-]+\.[\w-]*$/.test(name) || name.split(".").some((part) => part.length >= 20 && new Set(part).size >= 10 && ((/[a-z]/.test(part) && /[A-Z]/.test(part) && /\d.*\d/.test(part)) || (/^[\da-f-]+$/i.test(part) && /(?:\d.*){4}/.test(part))) && !isOfWords(part));
