import { OPCODE_BINARY, type Direction } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import { carry } from "../carried/carry.ts";
import { inflate, inflateStream, loadInflate } from "../carried/inflate.ts";
import { PackedStream } from "../carried/packed-stream.ts";
import { packedLayer, unpackedNone, unpackProblem } from "../carried/unpacked.ts";
import { endsFlushed, hasZlibCheck, zlibWrapping, type Wrapping } from "../carried/wrappings.ts";
import type { DecodeContext, Decoded, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";

/**
 * zlib (RFC 1950): each message by itself, also behind a few bytes of a vendor's own, or one stream over all messages of a direction, flushed after each (Discord's
 * `zlib-stream`); what it holds is decoded in its place.
 *
 * Sure of a message by its header and its check; of a stream by a header and a flush at the end, from its first message on.
 * Without that message nothing can be unpacked, and is said to be so where the URL asks for it. At most 32 MiB a message.
 */
export const zlib = {
  id: "zlib",
  name: "zlib",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && (endsFlushed(bytes) || mayHoldZlib(bytes)),
  load: loadInflate,
  open: (context): DecodeSession => new ZlibSession(context),
} as const satisfies Decoder;

/** Bytes that a vendor puts before it: a length, flags. */
const MOST_BEFORE = 16;

function mayHoldZlib(bytes: Uint8Array): boolean {
  for (let start = 0; start <= MOST_BEFORE; start++) if (zlibWrapping(bytes, start) !== undefined) return true;
  return false;
}

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
