import type { Found } from "./secret-kind.ts";

/** Text as what tells secrets looks at it: bytes, of which those above 0x7f stand for letters that no secret has. */

/** The bytes as characters of the same number: above 0x7f they are not those that they were. */
export function asciiBetween(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; at += MOST_AT_ONCE) text += String.fromCharCode.apply(null, bytes.subarray(at, Math.min(to, at + MOST_AT_ONCE)) as unknown as number[]);
  return text;
}

const MOST_AT_ONCE = 4096;

/** A letter, a digit or `_`. */
export const isWordByte = (byte: number): boolean => (WORD[byte] as number) === 1;

const WORD = new Uint8Array(256);
for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") WORD[letter.charCodeAt(0)] = 1;

/** The user name and password of a URL that the `@` at `at` ends: `wss://user:password@host`. */
export function isUserInfoEnd(bytes: Uint8Array, at: number): Found | undefined {
  const match = USER_INFO.exec(asciiBetween(bytes, Math.max(0, at - MOST_USER_INFO), at));
  return match === null || match[1] === "" ? undefined : { from: at - (match[1] as string).length, to: at };
}

const USER_INFO = /:\/\/([^\s/?#"'<>\\@]*)$/;
const MOST_USER_INFO = 512;

/**
 * The name of the JSON field, or of the query parameter, whose value begins at `at` or has it in a list; empty where it is
 * in none. `isBare`: it stands in JSON without quotes.
 */
export function nameBefore(bytes: Uint8Array, at: number): { readonly name: string; readonly isBare: boolean } {
  const before = asciiBetween(bytes, Math.max(0, at - MOST_BEFORE), at);
  const query = /([\w-]{1,40})=$/.exec(before);
  if (query !== null) return { name: query[1] as string, isBare: false };
  const field = /"([^"\\]{1,60})\\*"\s*:\s*(?:\[[^[\]{}]*)?(\\*")?$/.exec(before);
  if (field !== null) return { name: field[1] as string, isBare: field[2] === undefined };
  return { name: "", isBare: /[[,]\s*$/.test(before) && /^\s*[[{]/.test(asciiBetween(bytes, 0, 16)) };
}

const MOST_BEFORE = 300;
