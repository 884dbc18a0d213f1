import type { GrowingBytes } from "./growing-bytes.ts";

/** By ASCII byte: the digit's value; 64 for what is left out, 65 for what base64 has not. Both alphabets of RFC 4648. */
const DIGITS = new Uint8Array(256).fill(65);
for (const [value, digit] of Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").entries()) DIGITS[digit.charCodeAt(0)] = value;
for (const [digit, value] of [["-", 62], ["_", 63], ["\n", 64], ["\r", 64], [" ", 64], ["\t", 64]] as const) DIGITS[digit.charCodeAt(0)] = value;
const PADDING = 0x3d;

/** Turns base64 into what it stands for, in its own place. Padding may be missing. False where it is no base64, and half of it may be gone then. */
export function decodeBase64(text: GrowingBytes): boolean {
  const { bytes, length } = text;
  let end = length;
  while (end > 0 && (bytes[end - 1] === PADDING || DIGITS[bytes[end - 1] as number] === 64)) end--;
  let out = 0;
  let bits = 0;
  let digits = 0;
  for (let at = 0; at < end; at++) {
    const digit = DIGITS[bytes[at] as number] as number;
    if (digit >= 64) {
      if (digit === 64) continue;
      return false;
    }
    bits = (bits << 6) | digit;
    if ((++digits & 3) === 0) {
      bytes[out++] = bits >> 16;
      bytes[out++] = bits >> 8;
      bytes[out++] = bits;
      bits = 0;
    }
  }
  const rest = digits & 3;
  if (rest === 1) return false;
  if (rest === 2) bytes[out++] = bits >> 4;
  if (rest === 3) {
    bytes[out++] = bits >> 10;
    bytes[out++] = bits >> 2;
  }
  text.length = out;
  return true;
}
