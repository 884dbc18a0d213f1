import { BROKEN, MOST_UNPACKED, type Unpacked } from "./unpack-stream.ts";

let decompress: ((bytes: Uint8Array, size: number) => Uint8Array) | undefined;

/** To be awaited before `unbrotli`: see `Decoder.load`. */
export async function loadBrotli(): Promise<void> {
  ({ decompress } = await import("brotli/decompress"));
}

/** Room for what so many bytes mostly unpack to. What needs more is copied again and again by the library as it grows. */
const LIKELY = 100;
const LEAST_ROOM = 1 << 16;

/**
 * Unpacks a whole brotli stream (RFC 7932). Never throws. What is over `MOST_UNPACKED` is left out, but the library knows no
 * limit: a bomb takes the time and the memory that it asks for, until whoever watches the thread ends it.
 */
export function unbrotli(bytes: Uint8Array): Unpacked {
  if (decompress === undefined) throw new Error("brotli is asked before it is loaded.");
  try {
    const unpacked = decompress(bytes, Math.min(MOST_UNPACKED, Math.max(LEAST_ROOM, bytes.length * LIKELY)));
    // A copy of what is used: the rest of the room is not kept with it.
    return { bytes: unpacked.slice(0, MOST_UNPACKED), end: unpacked.length > MOST_UNPACKED ? "too much" : "whole" };
  } catch {
    return BROKEN;
  }
}

/** Of a stream that is packed while it comes, the first block may hold less. */
const LEAST_OF_MANY = 1000;

/** Whether bytes can begin a stream that holds this much at least (RFC 7932 §9.1 and §9.2). */
export function mayBeginBrotli(bytes: Uint8Array, least: number): boolean {
  const bits = ((bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 24)) >>> 0;
  let at = windowBits(bits);
  if (at === 0) return false;
  const isLast = ((bits >>> at) & 1) === 1;
  at += 1;
  if (isLast && ((bits >>> at++) & 1) === 1) return false;
  const nibbles = 4 + ((bits >>> at) & 3);
  at += 2;
  // Metadata, which messages do not begin with.
  if (nibbles === 7) return false;
  // Of longer ones the last digits are in the fifth byte.
  const length = nibbles === 4 ? ((bits >>> at) & 0xffff) + 1 : 1 << 16;
  return length >= (isLast ? least : Math.min(least, LEAST_OF_MANY));
}

/** How many bits say the size of the window; 0 where they say none. */
function windowBits(bits: number): number {
  if ((bits & 1) === 0) return 1;
  if ((bits & 0x0e) !== 0) return 4;
  return (bits & 0x70) === 0x10 ? 0 : 7;
}
