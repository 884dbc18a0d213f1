import type { Found } from "./secret-kind.ts";

/** Text as what tells secrets looks at it: bytes, of which those above 0x7f stand for letters that no secret has. */

/** The bytes as characters of the same number: above 0x7f they are not those that they were. */
export function asciiBetween(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > SHORT) return LATIN.decode(bytes.subarray(from, to));
  let text = "";
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at] as number);
  return text;
}

/** Longer texts are worth the call to the decoder. */
const SHORT = 16;
/** A character a byte. */
const LATIN = new TextDecoder("latin1");

/** A letter, a digit or `_`. */
export const isWordByte = (byte: number): boolean => (WORD[byte] as number) === 1;

const WORD = new Uint8Array(256);
for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") WORD[letter.charCodeAt(0)] = 1;

/** The user name and password of a URL that the `@` at `at` ends: `wss://user:password@host`. */
export function isUserInfoEnd(bytes: Uint8Array, at: number): Found | undefined {
  let from = at;
  while (at - from < MOST_USER_INFO && IN_USER_INFO[bytes[from - 1] as number] === 1) from--;
  if (from === at) return undefined;
  let before = from;
  for (let slashes = 0; slashes < 2; slashes++) {
    if (bytes[before - 1] !== SLASH) return undefined;
    before--;
    // As some write a slash in JSON: `\/`.
    while (bytes[before - 1] === BACKSLASH && from - before < MOST_USER_INFO) before--;
  }
  return bytes[before - 1] === COLON ? { from, to: at } : undefined;
}

const COLON = 0x3a;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const MOST_USER_INFO = 512;
const IN_USER_INFO = new Uint8Array(256).fill(1, 0x21);
for (const letter of `/?#"'<>\\@`) IN_USER_INFO[letter.charCodeAt(0)] = 0;

/**
 * The name of the JSON field, or of the query parameter, whose value begins at `at` or has it in a list; empty where it is
 * in none. `isBare`: it stands in JSON without quotes.
 */
export function nameBefore(bytes: Uint8Array, at: number): { readonly name: string; readonly isBare: boolean } {
  const before = asciiBetween(bytes, Math.max(0, at - MOST_BEFORE), at);
  const query = before.endsWith("=") ? /([\w-]{1,40})=$/.exec(before.slice(-41)) : null;
  if (query !== null) return { name: query[1] as string, isBare: false };
  const field = /"([^"\\]{1,60})\\*"\s*:\s*(?:\[[^[\]{}]*)?(\\*")?$/.exec(before);
  if (field !== null) return { name: field[1] as string, isBare: field[2] === undefined };
  return { name: "", isBare: /[[,]\s*$/.test(before) && /^\s*[[{]/.test(asciiBetween(bytes, 0, 16)) };
}

const MOST_BEFORE = 300;
