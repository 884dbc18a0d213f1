/** More is not unpacked of one message: a few kilobytes can hold gigabytes. */
export const MOST_UNPACKED = 32 << 20;
/** Packed bytes that are given to a library at a time, since what comes of them is only seen then. */
export const PIECE = 1 << 12;

/** How it ended: it holds too much, or it is none. */
export type UnpackEnd = "whole" | "broken" | "too much";

export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly end: UnpackEnd;
}

export const BROKEN: Unpacked = { bytes: new Uint8Array(0), end: "broken" };

/** What unpacks piece by piece: it gives what comes of a piece to `take`, at once, and throws where that is none. */
export type OpenUnpacker = (take: (part: Uint8Array) => void) => (piece: Uint8Array, isLast: boolean) => void;

/** A packed stream over many messages. Memory: what the library keeps of before, and what comes of one message. */
export class UnpackStream {
  #parts: Uint8Array[] = [];
  #length = 0;
  readonly #push: (piece: Uint8Array, isLast: boolean) => void;

  constructor(open: OpenUnpacker) {
    this.#push = open((part) => {
      this.#parts.push(part);
      this.#length += part.length;
      if (this.#length > MOST_UNPACKED) throw TOO_MUCH;
    });
  }

  /** What comes of the next bytes; after an end that is not `whole` nothing more can. Never throws. */
  push(bytes: Uint8Array, isLast = false): Unpacked {
    this.#parts = [];
    this.#length = 0;
    try {
      for (let from = 0; from < bytes.length; from += PIECE) {
        const to = Math.min(from + PIECE, bytes.length);
        this.#push(bytes.subarray(from, to), isLast && to === bytes.length);
      }
      return { bytes: joined(this.#parts, this.#length), end: "whole" };
    } catch (problem) {
      return problem === TOO_MUCH ? { bytes: joined(this.#parts, MOST_UNPACKED), end: "too much" } : BROKEN;
    }
  }
}

const TOO_MUCH = new Error("More than is unpacked.");

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
