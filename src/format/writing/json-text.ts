import type { PieceWriter } from "./piece-writer.ts";

/** The most bytes that one byte of UTF-8 becomes in a JSON string: `\u001f`. */
export const LONGEST_ESCAPE = 6;

const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
const HEX = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** By byte: 0 stands as it is, `NOT_ASCII` is a part of a longer character, else what follows the backslash (RFC 8259 §7). */
const NOT_ASCII = 0xff;
const ESCAPES = new Uint8Array(256).fill(LETTER_U, 0, 0x20).fill(NOT_ASCII, 0x80);
for (const pair of ["\bb", "\tt", "\nn", "\ff", "\rr", '""', "\\\\"]) ESCAPES[pair.charCodeAt(0)] = pair.charCodeAt(1);

/**
 * Writes UTF-8 as the inside of a JSON string, from `from` on, until the source ends or the writer's room does; answers
 * the place in the source to go on from. What is no UTF-8 becomes U+FFFD as a TextDecoder would make it. The result is
 * that of JSON.stringify on the decoded text, without making a string: one pass, no allocation.
 */
export function writeJsonText(source: Uint8Array, from: number, writer: PieceWriter): number {
  const { bytes } = writer;
  const last = bytes.length - LONGEST_ESCAPE;
  let at = writer.length;
  let index = from;
  while (index < source.length && at <= last) {
    // So many have room, whatever they become.
    const end = Math.min(source.length, index + Math.floor((bytes.length - at) / LONGEST_ESCAPE));
    while (index < end) {
      const byte = source[index] as number;
      const escape = ESCAPES[byte] as number;
      if (escape === 0) {
        bytes[at++] = byte;
        index++;
      } else if (escape !== NOT_ASCII) {
        index++;
        bytes[at++] = BACKSLASH;
        bytes[at++] = escape;
        if (escape !== LETTER_U) continue;
        bytes[at++] = 0x30;
        bytes[at++] = 0x30;
        bytes[at++] = HEX[byte >> 4] as number;
        bytes[at++] = HEX[byte & 15] as number;
      } else {
        const valid = validLength(source, index);
        if (valid > 0) {
          for (const next = index + valid; index < next; index++) bytes[at++] = source[index] as number;
        } else {
          index -= valid;
          writer.replaced++;
          bytes[at++] = 0xef;
          bytes[at++] = 0xbf;
          bytes[at++] = 0xbd;
        }
      }
    }
  }
  writer.length = at;
  return index;
}

/**
 * The length of the character that begins at `index` with a byte above 0x7f, or, negative, how many bytes one U+FFFD
 * stands for: the longest beginning of a character (Unicode §3.9, U+FFFD substitution of maximal subparts).
 */
function validLength(source: Uint8Array, index: number): number {
  const lead = source[index] ?? 0;
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // The second byte's range keeps out overlong forms, surrogates and all above U+10FFFF.
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  const second = source[index + 1] ?? 0;
  if (second < least || second > most) return -1;
  for (let place = 2; place < length; place += 1) {
    if (((source[index + place] ?? 0) & 0xc0) !== 0x80) return -place;
  }
  return length;
}
