import type * as Fflate from "fflate";

let library: typeof Fflate | undefined;

/** To be awaited before anything else here: see `Decoder.load`. */
export async function loadInflate(): Promise<void> {
  library ??= await import("fflate");
}

function loaded(): typeof Fflate {
  if (library === undefined) throw new Error("fflate is asked before it is loaded.");
  return library;
}

/** More is not unpacked of one message: a few kilobytes can hold gigabytes. */
export const MOST_UNPACKED = 32 << 20;
/** Deflate makes at most so many bytes of one. */
const MOST_OF_ONE = 1032;
/** Bytes that are unpacked at a time where all of them could make too much. */
const PIECE = 1 << 12;

/** How it ended: it holds too much, or it is none. */
export type InflateEnd = "whole" | "broken" | "too much";

export interface Inflated {
  readonly bytes: Uint8Array;
  readonly end: InflateEnd;
}

/** Unpacks a whole deflate stream (RFC 1951), whatever stands behind it. Never throws; bounded by `MOST_UNPACKED`. */
export function inflate(bytes: Uint8Array): Inflated {
  if (bytes.length * MOST_OF_ONE > MOST_UNPACKED) return new InflateStream().push(bytes, true);
  try {
    return { bytes: loaded().inflateSync(bytes), end: "whole" };
  } catch {
    return BROKEN;
  }
}

/** A deflate stream over many messages. Memory: 32 KiB of what came before, and what comes of one message. */
export class InflateStream {
  #parts: Uint8Array[] = [];
  #length = 0;
  readonly #stream = new (loaded().Inflate)((part) => {
    this.#parts.push(part);
    this.#length += part.length;
  });

  /** What comes of the next bytes; after an end that is not `whole` nothing more can. */
  push(bytes: Uint8Array, isLast = false): Inflated {
    this.#parts = [];
    this.#length = 0;
    try {
      for (let from = 0; from < bytes.length; from += PIECE) {
        const to = Math.min(from + PIECE, bytes.length);
        this.#stream.push(bytes.subarray(from, to), isLast && to === bytes.length);
        if (this.#length > MOST_UNPACKED) return { bytes: joined(this.#parts, MOST_UNPACKED), end: "too much" };
      }
      return { bytes: joined(this.#parts, this.#length), end: "whole" };
    } catch {
      return BROKEN;
    }
  }
}

const BROKEN: Inflated = { bytes: new Uint8Array(0), end: "broken" };

/** The first `length` bytes of all parts, as one. */
export function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    const room = part.subarray(0, length - at);
    all.set(room, at);
    at += room.length;
  }
  return all;
}
