import { asciiBetween, isWordByte } from "./bytes.ts";
import { isValueName, nameBeside, VALUE } from "./named-beside.ts";
import { isHeadersName, lookAtPairs } from "./find-in-pairs.ts";
import { passNumber, passSpace } from "./json-values.ts";
import { afterEscape, backslashesAt, backslashesBefore, codeAt, escapeLevel, escapesOf, isEscapeLetter, OpenStrings, quoteLevel, stringEnd } from "./json-depth.ts";
import type { SecretFinding } from "./secret-finding.ts";
import type { Found } from "./secret-kind.ts";
import { isMask, kindOfHeader, kindOfName, mayBeSecretName, suitsName } from "./secret-names.ts";

/** Secrets of one text that are told by the name before them: of a JSON field, of a query's parameter, of a line. */
export class NamedSecrets {
  readonly #bytes: Uint8Array;
  readonly #found: SecretFinding[];
  /** Most texts have nothing for which it is asked. */
  #openStrings: OpenStrings | undefined;
  /** A value without quotes that was passed: those within it end where it does. */
  readonly #passed = { from: 0, to: 0 };

  constructor(bytes: Uint8Array, found: SecretFinding[]) {
    this.#bytes = bytes;
    this.#found = found;
  }

  get #strings(): OpenStrings {
    return (this.#openStrings ??= new OpenStrings(this.#bytes));
  }

  /** `"name": value` and `"name": "…", "value": …`, also where it is escaped as a text of JSON within JSON, and `name: value` as a line. */
  lookAtColon(colon: number): void {
    const bytes = this.#bytes;
    let end = colon;
    while (end > 0 && colon - end < MOST_SPACE && isSpace(bytes[end - 1])) end -= 1;
    if (bytes[end - 1] !== QUOTE) return this.#lookAtLine(end, colon);
    const escapes = backslashesBefore(bytes, end - 1);
    const level = quoteLevel(escapes);
    const nameEnd = end - 1 - escapes;
    if (escapes !== escapesOf(level)) return;
    if (isValueName(bytes, nameEnd)) {
      const from = passSpace(bytes, colon + 1, level);
      const beside = nameBeside(bytes, nameEnd - VALUE.length - 1 - escapes, from, level);
      if (beside !== undefined) this.#lookAtValue(beside, from, level);
      return;
    }
    if (isHeadersName(bytes, nameEnd)) return this.#lookAtHeaders(nameEnd, colon + 1, level);
    if (!mayBeSecretName(bytes, nameEnd)) return;
    let start = nameEnd;
    while (start > 0 && nameEnd - start < LONGEST_NAME && bytes[start - 1] !== QUOTE) start -= 1;
    if (bytes[start - 1] !== QUOTE) return;
    const name = asciiBetween(bytes, start, nameEnd);
    if (kindOfName(name) === undefined) return;
    let at = passSpace(bytes, colon + 1, level);
    const isList = bytes[at] === BRACKET;
    if (isList) at = passSpace(bytes, at + 1, level);
    for (;;) {
      at = this.#lookAtValue(name, at, level);
      if (!isList || at < 0) return;
      at = passSpace(bytes, at, level);
      if (bytes[at] !== COMMA) return;
      at = passSpace(bytes, at + 1, level);
    }
  }

  #lookAtHeaders(nameEnd: number, at: number, level: number): void {
    lookAtPairs(this.#bytes, nameEnd, at, level, (name, from, to) => {
      const kind = kindOfHeader(name);
      if (kind === undefined) this.#add(name, { from, to }, false);
      else if (to > from && !isMask(asciiBetween(this.#bytes, from, Math.min(to, from + MOST_LOOKED_AT)))) this.#found.push({ kind, from, to, name, bare: undefined });
    });
  }

  /** A string or number of a field. Answers where it ends; -1 where there is none. */
  #lookAtValue(name: string, at: number, level: number): number {
    const bytes = this.#bytes;
    const escapes = escapesOf(level);
    if (bytes[at + escapes] === QUOTE && backslashesAt(bytes, at) === escapes) {
      const from = at + escapes + 1;
      const to = stringEnd(bytes, from, level);
      this.#add(name, { from, to }, false);
      const isClosed = bytes[to + escapes] === QUOTE && backslashesAt(bytes, to) === escapes;
      return isClosed ? to + escapes + 1 : -1;
    }
    const to = passNumber(bytes, at);
    if (to === at) return -1;
    this.#add(name, { from: at, to }, false, escapes);
    return to;
  }

  /** A header, or a line of STOMP's: from the beginning of a line to its end, also of a text in JSON. */
  #lookAtLine(nameEnd: number, colon: number): void {
    const bytes = this.#bytes;
    if (!mayBeSecretName(bytes, nameEnd)) return;
    let start = nameStart(bytes, nameEnd);
    let level = -1;
    if (start > 0 && bytes[start - 1] !== LINE_FEED) {
      if (bytes[start - 1] !== BACKSLASH || bytes[start] !== SMALL_N) return;
      level = escapeLevel(backslashesBefore(bytes, start));
      start += 1;
    }
    let from = colon + 1;
    while (from < bytes.length) {
      const slashes = level >= 0 && bytes[from] === BACKSLASH ? backslashesAt(bytes, from) : 0;
      if (slashes === 0 ? bytes[from] !== SPACE && bytes[from] !== TAB : bytes[from + slashes] !== SMALL_T || escapeLevel(slashes) !== level) break;
      from += slashes + 1;
    }
    const to = this.#lineEnd(from, level);
    // Words behind a colon and a space are a sentence, unless a scheme and its parameters (RFC 9110 §11.4).
    const text = asciiBetween(bytes, from, to);
    const value = text.replace(SCHEME, "");
    const isSentence = from > colon + 1 && /[^\t ][\t ]+[^\t ]/.test(value) && (value === text || !/^[\w-]+=/.test(value));
    if (!isSentence) this.#add(asciiBetween(bytes, start, nameEnd), { from, to }, false);
  }

  /** `level`: of the string that the line stands in; -1 outside of any. */
  #lineEnd(from: number, level: number): number {
    const bytes = this.#bytes;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (endsLine(byte)) return at;
      if (level < 0) continue;
      const slashes = byte === BACKSLASH ? backslashesAt(bytes, at) : 0;
      const letter = bytes[at + slashes];
      if (letter === QUOTE && quoteLevel(slashes) <= level) return at + slashes - escapesOf(quoteLevel(slashes));
      if (slashes === 0) continue;
      const isControl = letter === SMALL_N || letter === SMALL_R || (letter === SMALL_U && codeAt(bytes, at + slashes) === 0);
      if (isControl && escapeLevel(slashes) <= level) return at;
      at += slashes;
    }
    return bytes.length;
  }

  /** `name=value` in a query, a form, or a text like one. */
  lookAtEquals(at: number): void {
    const bytes = this.#bytes;
    if (!mayBeSecretName(bytes, at)) return;
    const written = nameStart(bytes, at);
    // `\u0026token=`, `\ntoken=`; where `\token=` is no escape, the letter is a part of the name.
    const escaped = afterEscape(bytes, written);
    const isEscaped = escaped > written && escaped < at && kindOfName(asciiBetween(bytes, written, at)) === undefined;
    const start = isEscaped ? escaped : written;
    const before = isEscaped && escaped - written > 1 ? codeAt(bytes, written) : start === 0 || isEscaped ? SPACE : (bytes[start - 1] as number);
    const isQuery = before === QUESTION || before === AMPERSAND || before === HASH;
    if (!isQuery && !isBoundary(before)) return;
    const name = asciiBetween(bytes, start, at);
    if (kindOfName(name) === undefined) return;
    const value = this.#valueAt(at + 1);
    if (value !== undefined) this.#add(name, value, isQuery);
  }

  /** In quotes, or up to what ends a parameter. Undefined where the string ends that it would stand in. */
  #valueAt(at: number): Found | undefined {
    const bytes = this.#bytes;
    const slashes = backslashesAt(bytes, at);
    const quote = bytes[at + slashes];
    if (quote === QUOTE) {
      const level = quoteLevel(slashes);
      const from = at + slashes + 1;
      if (slashes !== escapesOf(level) || (this.#strings.isOpenAt(at, level) && this.#endsThere(from, level))) return undefined;
      const end = stringEnd(bytes, from, level);
      // Outside of JSON it ends with its line.
      const control = bytes.subarray(from, end).findIndex(endsLine);
      return { from, to: control < 0 ? end : from + control };
    }
    if (quote === APOSTROPHE && slashes === 0) {
      const to = this.#apostropheAfter(at + 1);
      return to === undefined ? { from: at + 1, to: this.#unquotedEnd(at + 1) } : { from: at + 1, to };
    }
    return { from: at, to: this.#unquotedEnd(at) };
  }

  /** Whether behind a quote of that level the text goes on as it does behind a string's end. */
  #endsThere(from: number, level: number): boolean {
    const bytes = this.#bytes;
    let at = from;
    while (bytes[at] === SPACE) at += 1;
    const byte = bytes[at];
    if (byte === undefined || byte < SPACE || byte === COMMA || byte === COLON || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) return true;
    const slashes = backslashesAt(bytes, at);
    if (bytes[at + slashes] === QUOTE) return quoteLevel(slashes) <= level;
    return slashes > 0 && isEscapeLetter(bytes[at + slashes]) && escapeLevel(slashes) < level;
  }

  /** The apostrophe that ends a value before its line or the string around it does. */
  #apostropheAfter(from: number): number | undefined {
    const bytes = this.#bytes;
    const around = this.#strings.depthAt(from) - 1;
    for (let at = from; at < bytes.length && at - from < MOST_QUOTED; at++) {
      const byte = bytes[at] as number;
      if (endsLine(byte)) return undefined;
      if (byte === APOSTROPHE) return at;
      const slashes = byte === BACKSLASH ? backslashesAt(bytes, at) : 0;
      const letter = bytes[at + slashes];
      if (letter === QUOTE && quoteLevel(slashes) <= around) return undefined;
      if (slashes > 0 && (letter === SMALL_N || letter === SMALL_R)) return undefined;
      // The apostrophe behind backslashes is looked at in its turn.
      at += Math.max(0, slashes - 1);
    }
    return undefined;
  }

  #unquotedEnd(from: number): number {
    if (from >= this.#passed.from && from <= this.#passed.to) return this.#passed.to;
    const bytes = this.#bytes;
    let at = from;
    while (at < bytes.length) {
      const byte = bytes[at] as number;
      if (byte === BACKSLASH) {
        const slashes = backslashesAt(bytes, at);
        const letter = bytes[at + slashes];
        const code = letter === SMALL_U ? codeAt(bytes, at + slashes) : Number.NaN;
        // `\/` is a slash; `\u0026` ends it as `&` does.
        const endsValue = Number.isNaN(code) ? letter === undefined || letter === QUOTE || isEscapeLetter(letter) || endsUnquoted(letter) : endsUnquoted(code);
        if (endsValue) break;
        at += slashes + (Number.isNaN(code) ? 1 : 5);
      } else if (endsUnquoted(byte)) break;
      else at += 1;
    }
    this.#passed.from = from;
    this.#passed.to = at;
    return at;
  }

  #add(name: string, { from, to }: Found, isQuery: boolean, bare?: number): void {
    const named = kindOfName(name);
    if (named === undefined) return;
    const text = asciiBetween(this.#bytes, from, Math.min(to, from + MOST_LOOKED_AT));
    const scheme = SCHEME.exec(text)?.[0].length ?? 0;
    if (suitsName(text.slice(scheme), named, isQuery)) this.#found.push({ kind: named.kind, from: from + scheme, to, name, bare });
  }
}

/** Before credentials in a header, or in a field that holds one's value. */
const SCHEME = /^(?:Basic|Bearer|Digest|Token|Negotiate|ApiKey|OAuth|JWT|AWS4-HMAC-SHA256)(?:[\t ]+|%20|\+)(?=[^\t ])/i;
const MOST_LOOKED_AT = 256;
const LONGEST_NAME = 60;
const MOST_SPACE = 16;
/** Longer than any value that somebody puts in apostrophes. */
const MOST_QUOTED = 4096;

function nameStart(bytes: Uint8Array, end: number): number {
  let start = end;
  while (start > 0 && end - start < LONGEST_NAME && (isWordByte(bytes[start - 1] as number) || bytes[start - 1] === HYPHEN || bytes[start - 1] === POINT)) start -= 1;
  return start;
}

const isSpace = (byte: number | undefined): boolean => byte === SPACE || byte === LINE_FEED || byte === RETURN || byte === TAB;
const endsLine = (byte: number): boolean => byte < SPACE && byte !== TAB;
const isBoundary = (byte: number): boolean => BOUNDARY[byte] === 1;
const endsUnquoted = (byte: number): boolean => byte !== BACKSLASH && (isBoundary(byte) || byte === AMPERSAND || byte === HASH);

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const AMPERSAND = 0x26;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const HYPHEN = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const QUESTION = 0x3f;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const SMALL_N = 0x6e;
const SMALL_R = 0x72;
const SMALL_T = 0x74;
const SMALL_U = 0x75;
const CLOSE_BRACE = 0x7d;

const BOUNDARY = new Uint8Array(256).fill(1, 0, SPACE + 1);
for (const letter of "\"'`;,<>(){}[]|\\") BOUNDARY[letter.charCodeAt(0)] = 1;
