import { asciiBetween, isUserInfoEnd, isWordByte } from "../bytes.ts";
import { afterEscape, backslashesBefore, codeAt } from "../json-depth.ts";
import { say } from "../../../model/said.ts";
import type { SecretKind } from "../secret-kind.ts";

/** E-mail addresses (RFC 5321 §4.1.2, without quoted ones; RFC 6531 before the `@`). */
export const email = {
  id: "email",
  said: say("redact.email"),
  atSign: (bytes, at, isText) => {
    let from = at;
    while (at - from <= MOST_LOCAL && IN_LOCAL[bytes[from - 1] as number] === 1) from--;
    if (at - from > MOST_LOCAL || bytes[at - 1] === POINT || bytes[at - 1] === PERCENT) return undefined;
    const ascii = afterEscape(bytes, from);
    from = isText && ascii <= at ? withLetters(bytes, ascii, at) : ascii;
    if (bytes[from - 1] === SLASH || bytes[from - 1] === AT_SIGN) return undefined;
    let to = at + 1;
    while (to - at <= MOST_DOMAIN && IN_DOMAIN[bytes[to] as number] === 1) to++;
    if (from >= at || to - at > MOST_DOMAIN || bytes[to] === AT_SIGN || bytes[to] === UNDERSCORE) return undefined;
    while (bytes[to - 1] === POINT) to--;
    const domain = asciiBetween(bytes, at + 1, to);
    if ((from === ascii && !isWordByte(bytes[from] as number)) || !DOMAIN.test(domain) || FILE.test(domain) || isUserInfoEnd(bytes, at) !== undefined) return undefined;
    return { from, to };
  },
} as const satisfies SecretKind;

/** Where an address begins whose letters are not all of ASCII: `béb@`, in JSON also `b\u00e9b@`. */
function withLetters(bytes: Uint8Array, from: number, at: number): number {
  // Where no space stands between words, those before `bob@` are a sentence.
  const letter = from < at ? SPACED_LETTER : LETTER;
  let start = from;
  for (;;) {
    const before = characterBefore(bytes, start, letter);
    if (before === start || at - before > MOST_LOCAL_BYTES) break;
    start = before;
    if (letter === LETTER) continue;
    while (at - start < MOST_LOCAL_BYTES && IN_LOCAL[bytes[start - 1] as number] === 1) start--;
    start = Math.min(before, afterEscape(bytes, start));
  }
  while (start < from && IN_LOCAL[bytes[start] as number] === 1 && !isWordByte(bytes[start] as number)) start++;
  return bytes[start - 1] === AT_SIGN ? from : start;
}

/** Where the character begins that ends before `to`, if it is beyond ASCII and of these; else `to`. */
function characterBefore(bytes: Uint8Array, to: number, wanted: RegExp): number {
  if ((bytes[to - 1] as number) >= 0x80) {
    let from = to - 1;
    while (to - from < 4 && ((bytes[from] as number) & 0xc0) === 0x80) from--;
    return wanted.test(FROM_UTF8.decode(bytes.subarray(Math.max(0, from), to))) ? from : to;
  }
  const code = bytes[to - 6] === BACKSLASH ? codeAt(bytes, to - 5) : Number.NaN;
  return code >= 0x80 && wanted.test(String.fromCharCode(code)) ? to - 6 - backslashesBefore(bytes, to - 6) : to;
}

const FROM_UTF8 = new TextDecoder();
const LETTER = /^[\p{L}\p{M}\p{N}]$/u;
const SPACED_LETTER = /^(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}]$/u;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const AT_SIGN = 0x40;
const POINT = 0x2e;
const PERCENT = 0x25;
const HYPHEN = 0x2d;
const UNDERSCORE = 0x5f;
const IN_LOCAL = new Uint8Array(256);
const IN_DOMAIN = new Uint8Array(256);
for (let byte = 0; byte < 128; byte++) {
  if (isWordByte(byte) || "+-.%".includes(String.fromCharCode(byte))) IN_LOCAL[byte] = 1;
  if ((isWordByte(byte) && byte !== UNDERSCORE) || byte === HYPHEN || byte === POINT) IN_DOMAIN[byte] = 1;
}

const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,18}$/;
/** `icon@2x.png`, `name@version.js`: what looks like a domain is the end of a file's name. */
const FILE = /\.(?:png|jpe?g|gif|svg|webp|avif|css|scss|m?js|tsx?|json|html?|map|md|txt|xml|ya?ml|wasm|local|lan|internal|invalid)$/i;
const MOST_LOCAL = 64;
const MOST_LOCAL_BYTES = 192;
const MOST_DOMAIN = 256;
