import type { DecodeProblem } from "../decoder.ts";

/** What a walk over MessagePack bytes found, without making a value of them. */
export interface MessagePackShape {
  /** The byte after the value, or where the walk stopped. */
  readonly end: number;
  /** Holds an integer beyond 2^53, which only a bigint can hold. */
  readonly hasWideInteger: boolean;
  readonly problem: DecodeProblem | undefined;
}

/** A message nested deeper is hostile: each level costs the library an object. */
export const DEEPEST = 1000;

/**
 * Walks one value from `from` (the MessagePack specification, "Formats"). It stands before the library's decoder
 * because that does not say where bytes went wrong, and sets aside an array of any length that four bytes announce.
 * Cost: one look at each value; nothing is allocated but one number for each open container.
 */
export function scanMessagePack(bytes: Uint8Array, from = 0): MessagePackShape {
  const length = bytes.length;
  /** Values left in each open container; a map counts keys and values, and `isMap` tells them apart. */
  const left: number[] = [];
  const isMap: boolean[] = [];
  let hasWideInteger = false;
  let at = from;
  const stop = (message: string, offset: number): MessagePackShape => ({ end: offset, hasWideInteger, problem: { message, offset } });

  for (;;) {
    if (at >= length) return stop("The bytes end where a value is due.", length);
    const start = at;
    const head = bytes[at++] as number;
    const depth = left.length - 1;
    const isKey = depth >= 0 && isMap[depth] === true && (left[depth] as number) % 2 === 0;
    let entries = -1;
    let opensMap = false;
    let skip = 0;

    if (head < 0x80 || head >= 0xe0) skip = 0;
    else if (head < 0x90) {
      entries = head & 0x0f;
      opensMap = true;
    } else if (head < 0xa0) entries = head & 0x0f;
    else if (head < 0xc0) skip = head & 0x1f;
    else {
      const sizeBytes = SIZE_BYTES[head - 0xc0] as number;
      if (head === 0xc1) return stop("0xc1 begins no value.", start);
      if (at + sizeBytes > length) return stop("The bytes end within a length.", start);
      const size = readSize(bytes, at, sizeBytes);
      at += sizeBytes;
      if (head === 0xcf || head === 0xd3) hasWideInteger ||= isWide(bytes, at, head === 0xd3);
      if (head >= 0xdc) {
        entries = size;
        opensMap = head >= 0xde;
      } else skip = (sizeBytes > 0 ? size : 0) + (FIXED_BYTES[head - 0xc0] as number);
    }

    if (skip > 0) {
      if (at + skip > length) return stop(`The value has ${skip} bytes, and ${length - at} are left.`, start);
      if (isKey && skip === PROTO.length && isProto(bytes, at, head)) return stop("A key called __proto__ cannot be read.", start);
      at += skip;
    }
    if (entries > 0) {
      const due = opensMap ? entries * 2 : entries;
      // Every value has a byte at least.
      if (due > length - at) return stop(`${opensMap ? "A map" : "An array"} of ${entries} cannot stand in ${length - at} bytes.`, start);
      if (left.length >= DEEPEST) return stop(`Nested deeper than ${DEEPEST}.`, start);
      left.push(due);
      isMap.push(opensMap);
      continue;
    }
    // The value has ended, and with it every container whose last it was.
    for (;;) {
      const innermost = left.length - 1;
      if (innermost < 0) return { end: at, hasWideInteger, problem: undefined };
      const remaining = (left[innermost] as number) - 1;
      left[innermost] = remaining;
      if (remaining > 0) break;
      left.pop();
      isMap.pop();
    }
  }
}

/** From 0xc0 on: the bytes of a length that follow the first byte. */
// prettier-ignore
const SIZE_BYTES = [
  0, 0, 0, 0, 1, 2, 4, 1, 2, 4, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 2, 4, 2, 4,
];
/** From 0xc0 on: the bytes that follow beside those that a length counts; an extension's type is one. */
// prettier-ignore
const FIXED_BYTES = [
  0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 4, 8, 1, 2, 4, 8,
  1, 2, 4, 8, 2, 3, 5, 9, 17, 0, 0, 0, 0, 0, 0, 0,
];

const PROTO = "__proto__";

function isProto(bytes: Uint8Array, at: number, head: number): boolean {
  const isString = (head >= 0xa0 && head < 0xc0) || (head >= 0xd9 && head <= 0xdb);
  for (let i = 0; i < PROTO.length; i++) if (bytes[at + i] !== PROTO.charCodeAt(i)) return false;
  return isString;
}

function readSize(bytes: Uint8Array, at: number, count: number): number {
  let size = 0;
  for (let i = 0; i < count; i++) size = size * 256 + (bytes[at + i] as number);
  return size;
}

/** Whether eight bytes hold an integer that a number cannot hold exactly; bytes that are not there do not matter. */
function isWide(bytes: Uint8Array, at: number, isSigned: boolean): boolean {
  const high = readSize(bytes, at, Math.min(4, Math.max(0, bytes.length - at)));
  const signed = isSigned && high >= 0x8000_0000 ? high - 0x1_0000_0000 : high;
  return signed >= 0x20_0000 || signed < -0x20_0000;
}
