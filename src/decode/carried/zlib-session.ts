import { OPCODE_BINARY, type Direction } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { zlib } from "../decoders/zlib.ts";
import { carry } from "./carry.ts";
import { inflate, inflateStream } from "./inflate.ts";
import { PackedStream } from "./packed-stream.ts";
import { packedLayer, unpackedNone, unpackProblem } from "./unpacked.ts";
import { endsFlushed, hasZlibCheck, MOST_BEFORE, zlibWrapping, type Wrapping } from "./wrappings.ts";

export { loadInflate } from "./inflate.ts";

export const openZlib = (context: DecodeContext): DecodeSession => new ZlibSession(context);

class ZlibSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #streams: Partial<Record<Direction, PackedStream>> = {};
  readonly #isAsked: boolean;

  constructor(context: DecodeContext) {
    this.#context = context;
    this.#isAsked = /[?&]compress=zlib-stream(?:&|$)/.test(context.connection.url);
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode, direction } = frame;
    const { isPinned } = this.#context;
    if (opcode !== OPCODE_BINARY && !isPinned) return undefined;
    const open = this.#streams[direction];
    if (open !== undefined) return open.next(frame);
    const wrapping = zlibWrapping(bytes);
    if (wrapping === undefined) {
      const behind = this.#isAsked ? undefined : this.#behindPrefix(frame);
      if (behind !== undefined) return behind;
      if (this.#isAsked && endsFlushed(bytes)) return unpackedNone(zlib, bytes.length, say("decode.packed-late"));
      return isPinned ? unpackedNone(zlib, bytes.length) : undefined;
    }
    if (endsFlushed(bytes) || this.#isAsked) {
      const begun = new PackedStream(zlib, this.#context, inflateStream(), endsFlushed);
      const first = begun.next(frame, bytes.subarray(wrapping.from));
      if (begun.isBroken && !isPinned && !this.#isAsked) return undefined;
      this.#streams[direction] = begun;
      return first;
    }
    return this.#alone(frame, wrapping, isPinned);
  }

  /** Its header is two bytes that come by chance; its check does not. */
  #behindPrefix(frame: FrameToDecode): Decoded | undefined {
    for (let start = 1; start <= MOST_BEFORE; start++) {
      const wrapping = zlibWrapping(frame.bytes, start);
      const decoded = wrapping && this.#alone(frame, wrapping, false);
      if (decoded !== undefined) return decoded;
    }
    return undefined;
  }

  #alone(frame: FrameToDecode, wrapping: Wrapping, isPinned: boolean): Decoded | undefined {
    const { bytes } = frame;
    const { bytes: unpacked, end } = inflate(bytes.subarray(wrapping.from, wrapping.to));
    if (!isPinned && (end === "broken" || (end === "whole" && !hasZlibCheck(bytes, wrapping, unpacked)))) return undefined;
    return carry(zlib, this.#context, frame, unpacked, { layer: packedLayer(zlib, wrapping.from, bytes.length, unpacked.length, unpackProblem(end, zlib.name)) });
  }
}
