import { lazily } from "../lazily.ts";
import { BROKEN, MOST_UNPACKED, UnpackStream, type Unpacked } from "./unpack-stream.ts";

const library = lazily(() => import("fflate"));

/** To be awaited before anything else here: see `Decoder.load`. */
export const loadInflate = library.load;

/** Deflate makes at most so many bytes of one. */
const MOST_OF_ONE = 1032;

/** Unpacks a whole deflate stream (RFC 1951), whatever stands behind it. Never throws; bounded by `MOST_UNPACKED`. */
export function inflate(bytes: Uint8Array): Unpacked {
  if (bytes.length * MOST_OF_ONE > MOST_UNPACKED) return inflateStream().push(bytes, true);
  try {
    return { bytes: library.get().inflateSync(bytes), end: "whole" };
  } catch {
    return BROKEN;
  }
}

/** A deflate stream over many messages. Memory: 32 KiB of what came before, and what comes of one message. */
export const inflateStream = (): UnpackStream =>
  new UnpackStream((take) => {
    const stream = new (library.get().Inflate)(take);
    return (piece, isLast) => stream.push(piece, isLast);
  });
