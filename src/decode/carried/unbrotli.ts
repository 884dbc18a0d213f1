import { lazily } from "../lazily.ts";
import { BROKEN, joined, MOST_UNPACKED, type Unpacked } from "./unpack-stream.ts";

/* oxlint-disable no-underscore-dangle -- The library's own names. */

/** As much of the library's bit reader as is mended here. */
interface BitReader {
  buf_: Uint8Array;
  val_: number;
  pos_: number;
  bit_pos_: number;
  bit_end_pos_: number;
}

interface Input {
  read(into: Uint8Array, at: number, count: number): number;
}

interface Output {
  readonly buffer: { readonly length: number };
  write(bytes: Uint8Array, count: number): number;
}

interface Library {
  readonly BrotliDecompress: (input: Input, output: Output) => void;
}

/**
 * The library's own parts, since what it exports knows no limit: it makes room for all that a stream says that it holds, before it
 * has unpacked any of it.
 */
const library = lazily<Library>(
  // @ts-expect-error it has no types
  () => import("../../../node_modules/brotli/dec/decode.js") as Promise<Library>,
  mendReader,
);

/** To be awaited before `unbrotli`: see `Decoder.load`. */
export const loadBrotli = library.load;

/** A stream that is cut would be read on for 2³² bits: the library counts what is left without a sign, and never sees less than none. */
async function mendReader(): Promise<void> {
  // @ts-expect-error it has no types
  const { default: reader } = (await import("../../../node_modules/brotli/dec/bit_reader.js")) as { default: { IBUF_MASK: number; prototype: BitReader & { fillBitWindow: () => void } } };
  const mask = reader.IBUF_MASK;
  reader.prototype.fillBitWindow = function fillBitWindow(this: BitReader) {
    while (this.bit_pos_ >= 8) {
      this.val_ = (this.val_ >>> 8) | ((this.buf_[this.pos_ & mask] as number) << 24);
      this.pos_++;
      this.bit_pos_ -= 8;
      this.bit_end_pos_ -= 8;
    }
  };
}

/** Unpacks a whole brotli stream (RFC 7932). Never throws. Memory: its window of at most 16 MiB, and what comes of it, bounded by `MOST_UNPACKED`. */
export function unbrotli(bytes: Uint8Array): Unpacked {
  const parts: Uint8Array[] = [];
  let length = 0;
  let at = 0;
  const input: Input = {
    read: (into, place, count) => {
      const piece = bytes.subarray(at, at + count);
      into.set(piece, place);
      at += piece.length;
      return piece.length;
    },
  };
  const output: Output = {
    buffer: { length: Infinity },
    write: (part, count) => {
      parts.push(part.slice(0, count));
      length += count;
      if (length > MOST_UNPACKED) throw TOO_MUCH;
      return count;
    },
  };
  try {
    library.get().BrotliDecompress(input, output);
    return { bytes: joined(parts, length), end: "whole" };
  } catch (problem) {
    return problem === TOO_MUCH ? { bytes: joined(parts, MOST_UNPACKED), end: "too much" } : BROKEN;
  }
}

const TOO_MUCH = new Error("More than is unpacked.");
