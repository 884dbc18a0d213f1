import { lazily } from "../lazily.ts";
import { BROKEN, MOST_UNPACKED, type Unpacked } from "./unpack-stream.ts";

const library = lazily(() => import("brotli/decompress"));

/** To be awaited before `unbrotli`: see `Decoder.load`. */
export const loadBrotli = library.load;

/** Room for what so many bytes mostly unpack to. What needs more is copied again and again by the library as it grows. */
const LIKELY = 100;
const LEAST_ROOM = 1 << 16;

/**
 * Unpacks a whole brotli stream (RFC 7932). Never throws. What is over `MOST_UNPACKED` is left out, but the library knows no
 * limit: a bomb takes the time and the memory that it asks for, until whoever watches the thread ends it.
 */
export function unbrotli(bytes: Uint8Array): Unpacked {
  try {
    const unpacked = library.get().decompress(bytes, Math.min(MOST_UNPACKED, Math.max(LEAST_ROOM, bytes.length * LIKELY)));
    // A copy of what is used: the rest of the room is not kept with it.
    return { bytes: unpacked.slice(0, MOST_UNPACKED), end: unpacked.length > MOST_UNPACKED ? "too much" : "whole" };
  } catch {
    return BROKEN;
  }
}
