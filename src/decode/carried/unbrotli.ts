import { lazily } from "../lazily.ts";
import { firstBlock } from "./guessed-head.ts";
import { BROKEN, MOST_UNPACKED, type Unpacked } from "./unpack-stream.ts";

const library = lazily(() => import("brotli/decompress"));

/** To be awaited before `unbrotli`: see `Decoder.load`. */
export const loadBrotli = library.load;

/** Bytes of which not much more than this many times as many come; what needs more is copied again with each block. */
const FEW = 4096;
const LIKELY = 100;

/** Room for what comes of it; undefined: the library finds it in the only block there is. */
function roomFor(bytes: Uint8Array): number | undefined {
  if (firstBlock(bytes)?.isLast === true) return undefined;
  return bytes.length < FEW ? FEW * LIKELY : MOST_UNPACKED;
}

/**
 * Unpacks a whole brotli stream (RFC 7932). Never throws. What is over `MOST_UNPACKED` is left out, but the library knows no
 * limit: a bomb takes the time and the memory that it asks for, until whoever watches the thread ends it.
 */
export function unbrotli(bytes: Uint8Array): Unpacked {
  try {
    const unpacked = library.get().decompress(bytes, roomFor(bytes));
    // A copy of what is used: the rest of the room is not kept with it.
    return { bytes: unpacked.slice(0, MOST_UNPACKED), end: unpacked.length > MOST_UNPACKED ? "too much" : "whole" };
  } catch {
    return BROKEN;
  }
}
