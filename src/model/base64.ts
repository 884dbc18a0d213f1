/** Base64 of RFC 4648 §4, with padding. Own code because Node has `Uint8Array.toBase64` only from 25 on. */
const DIGITS = Uint8Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", (digit) =>
  digit.charCodeAt(0),
);
const PADDING = 0x3d;

/** Bytes that `length` bytes take in base64. */
export const base64Length = (length: number): number => Math.ceil(length / 3) * 4;

/**
 * Writes `source` from `from` (a multiple of 3) up to but without `to` into `target` at `at`, which must have
 * `base64Length(to - from)` bytes of room; answers where it stopped. A piece that is not the last must be a multiple
 * of 3 long, else padding stands in the middle.
 */
export function writeBase64(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  let out = at;
  let index = from;
  for (; index + 2 < to; index += 3) {
    const bits = ((source[index] ?? 0) << 16) | ((source[index + 1] ?? 0) << 8) | (source[index + 2] ?? 0);
    target[out++] = DIGITS[bits >> 18] ?? 0;
    target[out++] = DIGITS[(bits >> 12) & 63] ?? 0;
    target[out++] = DIGITS[(bits >> 6) & 63] ?? 0;
    target[out++] = DIGITS[bits & 63] ?? 0;
  }
  if (index < to) {
    const isPair = index + 1 < to;
    const bits = ((source[index] ?? 0) << 16) | (isPair ? (source[index + 1] ?? 0) << 8 : 0);
    target[out++] = DIGITS[bits >> 18] ?? 0;
    target[out++] = DIGITS[(bits >> 12) & 63] ?? 0;
    target[out++] = isPair ? (DIGITS[(bits >> 6) & 63] ?? 0) : PADDING;
    target[out++] = PADDING;
  }
  return out;
}

/** Bytes as base64 text, in memory at once; into a file, use `writeBase64` in pieces. */
export function base64Text(bytes: Uint8Array): string {
  const digits = new Uint8Array(base64Length(bytes.length));
  writeBase64(bytes, 0, bytes.length, digits, 0);
  return ASCII.decode(digits);
}

const ASCII = new TextDecoder();

/** The bytes of base64, in either alphabet of RFC 4648 §4 and §5, with padding or without. Throws on what is none. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  // Padding that is too short `atob` would not take, while none is right.
  const characters = atob(text.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, ""));
  // `Uint8Array.from` would take ten times as long.
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

const PADDED = /^[A-Za-z\d+/]*={0,2}$/;

/** The same of what may be none: undefined unless it is in the alphabet of §4, with padding. */
export const bytesIfBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => (text.length % 4 === 0 && PADDED.test(text) ? bytesOfBase64(text) : undefined);
