import { backslashesAt, backslashesBefore, escapeLevel } from "./json-depth.ts";
import type { Found } from "./secret-kind.ts";

/** What stands around the strings of JSON, also of JSON that stands as a text in JSON. */

const isSpace = (byte: number | undefined): boolean => byte === SPACE || byte === LINE_FEED || byte === RETURN || byte === TAB;

/** White space, also escaped as it is between the parts of a text in JSON. */
export function passSpace(bytes: Uint8Array, from: number, level: number): number {
  let at = from;
  for (;;) {
    if (isSpace(bytes[at])) at += 1;
    else if (level > 0 && bytes[at] === BACKSLASH) {
      const slashes = backslashesAt(bytes, at);
      if (!isSpaceEscape(bytes[at + slashes]) || escapeLevel(slashes) !== level - 1) return at;
      at += slashes + 1;
    } else return at;
  }
}

/** The same, backwards: where the white space begins that ends before `to`, or some of it. */
export function passSpaceBefore(bytes: Uint8Array, to: number, level: number): number {
  let at = to;
  while (to - at < MOST_SPACE) {
    if (isSpace(bytes[at - 1])) at -= 1;
    else if (level > 0 && isSpaceEscape(bytes[at - 1]) && bytes[at - 2] === BACKSLASH) at -= 1 + backslashesBefore(bytes, at - 1);
    else return at;
  }
  return at;
}

const isSpaceEscape = (letter: number | undefined): boolean => letter === SMALL_N || letter === SMALL_R || letter === SMALL_T;
/** More than documents are indented by. */
const MOST_SPACE = 128;

/** The end of a number of JSON; `from` where there is none. */
export function passNumber(bytes: Uint8Array, from: number): number {
  const whole = bytes[from] === HYPHEN ? from + 1 : from;
  let to = passDigits(bytes, whole);
  if (to === whole) return from;
  if (bytes[to] === POINT && isDigit(bytes[to + 1])) to = passDigits(bytes, to + 1);
  if (bytes[to] !== SMALL_E && bytes[to] !== LARGE_E) return to;
  const sign = bytes[to + 1];
  const exponent = sign === PLUS || sign === HYPHEN ? to + 2 : to + 1;
  return isDigit(bytes[exponent]) ? passDigits(bytes, exponent) : to;
}

/** Whether digits are a number of JSON: behind `:`, `,` or `[`, and before `,`, `}` or `]`; or all there is. */
export function isBareNumber(bytes: Uint8Array, { from, to }: Found): boolean {
  let before = from - 1;
  while (isSpace(bytes[before])) before--;
  let behind = to;
  while (isSpace(bytes[behind])) behind++;
  const after = bytes[behind];
  if (before < 0 && after === undefined) return true;
  const opens = bytes[before] === COLON || bytes[before] === COMMA || bytes[before] === BRACKET;
  return opens && (after === COMMA || after === CLOSE_BRACE || after === CLOSE_BRACKET);
}

function passDigits(bytes: Uint8Array, from: number): number {
  let to = from;
  while (isDigit(bytes[to])) to += 1;
  return to;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const PLUS = 0x2b;
const COMMA = 0x2c;
const HYPHEN = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const LARGE_E = 0x45;
const BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const SMALL_E = 0x65;
const SMALL_N = 0x6e;
const SMALL_R = 0x72;
const SMALL_T = 0x74;
const CLOSE_BRACE = 0x7d;
