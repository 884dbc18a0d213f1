/**
 * JSON that stands as a text in JSON, and again in that: how deep a quote or an escape stands is told by its backslashes.
 * Level 0 are the strings of the outermost text, level 1 those of a text that one of these is, and so on.
 */

/** The level of a quote behind so many backslashes. */
export function quoteLevel(backslashes: number): number {
  let level = 0;
  for (let left = backslashes; left % 2 === 1; left = (left - 1) / 2) level += 1;
  return level;
}

/** Backslashes that a quote of that level has as the beginning or end of a string. */
export const escapesOf = (level: number): number => (level === 0 ? 0 : 2 ** level - 1);

/** The level of the string in which an escape (`\n`) stands, behind so many backslashes, one at least. */
export function escapeLevel(backslashes: number): number {
  let level = 0;
  for (let left = backslashes; left > 0 && left % 2 === 0; left /= 2) level += 1;
  return level;
}

/** Backslashes right before `at`, not counting those before `least`. */
export function backslashesBefore(bytes: Uint8Array, at: number, least = 0): number {
  let from = at;
  while (from > least && bytes[from - 1] === BACKSLASH) from -= 1;
  return at - from;
}

/** Backslashes at `at` and behind. */
export function backslashesAt(bytes: Uint8Array, at: number): number {
  let to = at;
  while (bytes[to] === BACKSLASH) to += 1;
  return to - at;
}

/**
 * Where the letters of an escape end that begins right before `at`: behind the `n` of `\n`, behind the digits of `\u0041`.
 * `at` where there is none.
 */
export function afterEscape(bytes: Uint8Array, at: number): number {
  if (bytes[at - 1] !== BACKSLASH) return at;
  const letter = bytes[at] as number;
  return letter === SMALL_U ? at + 5 : ESCAPE_LETTERS[letter] === 1 ? at + 1 : at;
}

/** The character of `\u0026` whose `u` stands at `at`; NaN where there is none. */
export function codeAt(bytes: Uint8Array, at: number): number {
  let code = bytes[at] === SMALL_U ? 0 : Number.NaN;
  for (let i = 1; i <= 4; i++) code = code * 16 + (HEX[bytes[at + i] as number] ?? Number.NaN);
  return code;
}

/** Whether a byte behind backslashes makes an escape of JSON. */
export const isEscapeLetter = (byte: number | undefined): boolean => byte !== undefined && (byte === SMALL_U || ESCAPE_LETTERS[byte] === 1);

/** The end of the string of that level that goes on at `from`: before what ends it or a string around it, or all there is. */
export function stringEnd(bytes: Uint8Array, from: number, level: number): number {
  for (let at = bytes.indexOf(QUOTE, from); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    const ofQuote = quoteLevel(backslashesBefore(bytes, at, from));
    if (ofQuote <= level) return at - escapesOf(ofQuote);
  }
  return bytes.length;
}

/** In which strings of JSON a place is, for places that are asked in order. Cost: a pass up to the last one. */
export class OpenStrings {
  readonly #bytes: Uint8Array;
  #read = 0;
  /** The first quote that is not read yet. */
  #next: number;
  /** A bit a level. */
  #open = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#next = this.#quoteFrom(0);
  }

  /** How many strings, one within the other, are open before `at`. */
  depthAt(at: number): number {
    this.#readTo(at);
    return 32 - Math.clz32(this.#open);
  }

  isOpenAt(at: number, level: number): boolean {
    this.#readTo(at);
    return (this.#open & (1 << level)) !== 0;
  }

  #readTo(to: number): void {
    while (this.#next < to) {
      const level = Math.min(MOST_LEVELS, quoteLevel(backslashesBefore(this.#bytes, this.#next, this.#read)));
      // What was open within it has ended with it.
      this.#open = (this.#open ^ (1 << level)) & (2 ** (level + 1) - 1);
      this.#read = this.#next + 1;
      this.#next = this.#quoteFrom(this.#read);
    }
  }

  #quoteFrom(at: number): number {
    const found = this.#bytes.indexOf(QUOTE, at);
    return found < 0 ? this.#bytes.length : found;
  }
}

const MOST_LEVELS = 20;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SMALL_U = 0x75;
const ESCAPE_LETTERS = new Uint8Array(256);
for (const letter of "bfnrt") ESCAPE_LETTERS[letter.charCodeAt(0)] = 1;
const HEX: readonly (number | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const digit = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? undefined : digit;
});
