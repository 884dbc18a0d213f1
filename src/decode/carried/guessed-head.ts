import { OPCODE_BINARY } from "../../model/frame.ts";
import type { FrameToDecode } from "../decoder.ts";

/** A shorter one proves nothing. */
const LEAST_BYTES = 12;

type Head = Pick<FrameToDecode, "bytes" | "opcode">;

const isLongEnough = ({ bytes, opcode }: Head): boolean => opcode === OPCODE_BINARY && bytes.length >= LEAST_BYTES;

/** A last block of the kinds that hold something compressed, as whole messages begin; in it, most bytes say nothing (RFC 1951 §3.2.3). */
export function mayBeDeflate(frame: Head): boolean {
  const kind = (frame.bytes[0] ?? 0) & 7;
  return isLongEnough(frame) && (kind === 3 || kind === 5);
}

/** A message that is packed holds no less than it takes, but for the few bytes around it. */
const AROUND = 8;

/** Of a stream that is packed while it comes, the first block may hold less. */
const LEAST_OF_MANY = 1000;

export function mayBeBrotli(frame: Head): boolean {
  const block = isLongEnough(frame) ? firstBlock(frame.bytes) : undefined;
  if (block === undefined) return false;
  const least = Math.max(1, frame.bytes.length - AROUND);
  return block.length >= (block.isLast ? least : Math.min(least, LEAST_OF_MANY));
}

/** What a brotli stream says of its first block (RFC 7932 §9.1 and §9.2), of more than 64 KiB only that; undefined where it is none. */
function firstBlock(bytes: Uint8Array): { readonly isLast: boolean; readonly length: number } | undefined {
  const bits = ((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 24)) >>> 0;
  let at = windowBits(bits);
  if (at === 0) return undefined;
  const isLast = ((bits >>> at) & 1) === 1;
  at += 1;
  if (isLast && ((bits >>> at++) & 1) === 1) return undefined;
  const nibbles = 4 + ((bits >>> at) & 3);
  at += 2;
  // Metadata, which messages do not begin with.
  if (nibbles === 7) return undefined;
  // Of longer ones the last digits are in the fifth byte.
  return { isLast, length: nibbles === 4 ? ((bits >>> at) & 0xffff) + 1 : 1 << 16 };
}

/** How many bits say the size of the window; 0 where they say none. */
function windowBits(bits: number): number {
  if ((bits & 1) === 0) return 1;
  if ((bits & 0x0e) !== 0) return 4;
  return (bits & 0x70) === 0x10 ? 0 : 7;
}
