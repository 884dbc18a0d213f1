import { OPCODE_BINARY, type Direction } from "../../model/frame.ts";
import { say, type Said } from "../../model/said.ts";
import { carry } from "../carried/carry.ts";
import { PackedStream } from "../carried/packed-stream.ts";
import { packedLayer, unpackedNone, unpackProblem } from "../carried/unpacked.ts";
import { loadZstd, unzstdStream } from "../carried/unzstd.ts";
import { isZstdAt, ZstdFrames, type ZstdProblem } from "../carried/zstd-frames.ts";
import type { DecodeContext, Decoded, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";

/**
 * Zstandard (RFC 8878): each message by itself, also behind a few bytes of a vendor's own, or one stream over all messages of a
 * direction, flushed after each (Discord's `zstd-stream`); what it holds is decoded in its place.
 *
 * Sure from its mark and from where its blocks end. Of a stream whose first message was not seen nothing can be unpacked, and it
 * is said to be so where the URL asks for it. At most 32 MiB are unpacked of a message, by a window of at most 32 MiB. Not known:
 * dictionaries.
 */
export const zstd = {
  id: "zstd",
  name: "Zstandard",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && (startIn(bytes) !== undefined || areBlocks(bytes)),
  load: loadZstd,
  open: (context): DecodeSession => new ZstdSession(context),
} as const satisfies Decoder;

/** Bytes that a vendor puts before it: a length, flags. */
const MOST_BEFORE = 16;

function startIn(bytes: Uint8Array): number | undefined {
  for (let start = 0; start <= MOST_BEFORE; start++) if (bytes[start] === 0x28 && isZstdAt(bytes, start)) return start;
  return undefined;
}

/** What is flushed of a stream ends with a block. */
const areBlocks = (bytes: Uint8Array): boolean => bytes.length > 3 && new ZstdFrames("block").take(bytes).expects === "block";

class ZstdSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #streams: Partial<Record<Direction, PackedStream>> = {};
  readonly #isAsked: boolean;

  constructor(context: DecodeContext) {
    this.#context = context;
    this.#isAsked = /[?&]compress=zstd-stream(?:&|$)/.test(context.connection.url);
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode, direction } = frame;
    const { isPinned } = this.#context;
    if (opcode !== OPCODE_BINARY && !isPinned) return undefined;
    const start = startIn(bytes);
    const open = this.#streams[direction];
    // A stream that begins anew has its mark, which no block begins with.
    if (open !== undefined && start !== 0) return open.next(frame);
    if (start === undefined) {
      if ((this.#isAsked || isPinned) && areBlocks(bytes)) return unpackedNone(zstd, bytes.length, say("decode.packed-late"));
      return isPinned ? unpackedNone(zstd, bytes.length) : undefined;
    }
    const frames = new ZstdFrames().take(bytes.subarray(start));
    if (frames.problem !== undefined) return isPinned || frames.problem !== "broken" ? unpackedNone(zstd, bytes.length, problemSaid(frames.problem)) : undefined;
    if (frames.expects === "frame") return this.#alone(frame, start);
    const isStream = start === 0 && ((frames.expects === "block" && frames.blocks > 0) || this.#isAsked);
    if (!isStream) return isPinned ? unpackedNone(zstd, bytes.length) : undefined;
    const { stream, frames: places } = unzstdStream();
    const begun = new PackedStream(zstd, this.#context, stream, () => places.expects !== undefined);
    const first = begun.next(frame);
    if (begun.isBroken && !isPinned && !this.#isAsked) return undefined;
    this.#streams[direction] = begun;
    return first;
  }

  #alone(frame: FrameToDecode, start: number): Decoded | undefined {
    const { length } = frame.bytes;
    const { bytes, end } = unzstdStream().stream.push(frame.bytes.subarray(start));
    if (end === "broken") return this.#context.isPinned ? unpackedNone(zstd, length) : undefined;
    return carry(zstd, this.#context, frame, bytes, { layer: packedLayer(zstd, start, length, bytes.length, unpackProblem(end, zstd.name)) });
  }
}

function problemSaid(problem: ZstdProblem): Said | undefined {
  return problem === "dictionary" ? say("decode.packed-dictionary") : unpackProblem(problem, zstd.name);
}
