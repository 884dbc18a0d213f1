import type { RecordRange } from "../records/record-range.ts";
import type { Search } from "../stream/stream-session.ts";
import { decodeHead } from "../utf8-text.ts";

export const MARK = "~m~";
const HEAD_BYTES = 32;

export interface MarkedText extends RecordRange {
  /** Where the text begins. */
  readonly body: number;
}

/** The text at a place, behind its length. */
export function findMarked(bytes: Uint8Array, from: number): Search<MarkedText> {
  const head = decodeHead(bytes.subarray(from, from + HEAD_BYTES), HEAD_BYTES);
  const found = /^~m~(\d{1,8})~m~/.exec(head);
  if (found === null) return /^~(?:m(?:~(?:\d{0,8}(?:~m?)?)?)?)?$/.test(head) ? "cut" : "broken";
  const body = found[0].length;
  return countOn(bytes, from, { body, counted: body, left: Number(found[1]) });
}

/** Places from where the packet begins on. */
interface Count {
  readonly body: number;
  /** Up to there the text was counted, by whole characters. */
  readonly counted: number;
  /** Units behind it. */
  readonly left: number;
}

/** Lengths are told in UTF-16 units, as JavaScript counts. */
function countOn(bytes: Uint8Array, from: number, { body, counted, left: before }: Count): Search<MarkedText> {
  let at = from + counted;
  let left = before;
  while (left > 0 && at < bytes.length) {
    const byte = bytes[at] as number;
    const size = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    if (at + size > bytes.length) break;
    at += size;
    // Four bytes are two units.
    left -= size === 4 ? 2 : 1;
  }
  if (left <= 0) return { from, to: at, body: from + body };
  const count = { body, counted: at - from, left };
  return (longer, start) => countOn(longer, start, count);
}
