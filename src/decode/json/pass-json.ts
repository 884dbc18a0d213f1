/** Passes the parts of a JSON text (RFC 8259) in UTF-8 bytes, whether they are read or not. No file here makes a value of them. */

import { BACKSLASH, MINUS, NINE, PLUS, POINT, QUOTE, SMALL_E, SMALL_U, SPACE, ZERO } from "./json-bytes.ts";

/** A string that was passed since `forgetEscapes` had an escape. */
export let hasEscapes = false;

export function forgetEscapes(): void {
  hasEscapes = false;
}

/** Behind the string whose opening quote stands at `from`; negative: `failString` says why not. */
export function passString(bytes: Uint8Array, from: number, to: number): number {
  // Held here: bundled, it is a variable that could change.
  const stops = STOPS;
  let at = from + 1;
  for (;;) {
    // Four at a time: most of what a capture holds are plain characters of strings.
    for (const last = to - 4; at <= last && (stopAt(stops, bytes, at) | stopAt(stops, bytes, at + 1) | stopAt(stops, bytes, at + 2) | stopAt(stops, bytes, at + 3)) === 0; ) at += 4;
    while (at < to && stopAt(stops, bytes, at) === 0) at++;
    const byte = at < to ? bytes[at] : -1;
    if (byte === QUOTE) return at + 1;
    if (byte !== BACKSLASH) return -1;
    hasEscapes = true;
    at++;
    const escape = at < to ? (bytes[at] as number) : -1;
    if (escape === SMALL_U) {
      if (at + 4 >= to || hexDigits(bytes, at + 1, at + 5) < 4) return -1;
      at += 4;
    } else if (!isSimpleEscape(escape)) return -1;
    at++;
  }
}

const stopAt = (stops: Uint8Array, bytes: Uint8Array, at: number): number => stops[bytes[at] as number] as number;

/** Behind the number at `from`; where it is none, the complement of the place at which it broke. */
export function passNumber(bytes: Uint8Array, from: number, to: number): number {
  let at = bytes[from] === MINUS ? from + 1 : from;
  if (at < to && bytes[at] === ZERO) at++;
  else {
    const digits = at;
    at = passDigits(bytes, at, to);
    if (at === digits) return ~at;
  }
  if (at < to && bytes[at] === POINT) {
    const digits = at + 1;
    at = passDigits(bytes, digits, to);
    if (at === digits) return ~at;
  }
  if (at < to && ((bytes[at] as number) | 0x20) === SMALL_E) {
    const sign = at + 1 < to ? bytes[at + 1] : -1;
    const digits = at + (sign === PLUS || sign === MINUS ? 2 : 1);
    at = passDigits(bytes, digits, to);
    if (at === digits) return ~at;
  }
  return at;
}

function passDigits(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  for (; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte < ZERO || byte > NINE) break;
  }
  return at;
}

export function skipSpace(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  for (; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte > SPACE || (byte !== SPACE && byte !== 10 && byte !== 13 && byte !== 9)) break;
  }
  return at;
}

/** How many digits of hexadecimal stand there. */
export function hexDigits(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  for (; at < to; at++) {
    const byte = bytes[at] as number;
    const letter = byte | 0x20;
    if (!isDigit(byte) && (letter < 0x61 || letter > 0x66)) break;
  }
  return at - from;
}

export const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;

/** How many of a word's bytes stand there. */
export function sameBytes(bytes: Uint8Array, from: number, to: number, word: Uint8Array): number {
  let same = 0;
  while (same < word.length && from + same < to && bytes[from + same] === word[same]) same++;
  return same;
}

export function isSimpleEscape(byte: number): boolean {
  switch (byte) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f: // /
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return true;
    default:
      return false;
  }
}

const ascii = (word: string): Uint8Array => Uint8Array.from(word, (letter) => letter.charCodeAt(0));
export const TRUE = ascii("true");
export const FALSE = ascii("false");
export const NULL_WORD = ascii("null");

/** 1 for the bytes at which a string is no plain character: its end, an escape, what must not stand in it. */
const STOPS = Uint8Array.from({ length: 256 }, (_, byte) => (byte < SPACE || byte === QUOTE || byte === BACKSLASH ? 1 : 0));
