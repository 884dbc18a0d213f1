import { OPCODE_BINARY, type Direction } from "../../model/frame.ts";
import { say, type Said } from "../../model/said.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { zstd } from "../decoders/zstd.ts";
import { carry } from "./carry.ts";
import { PackedStream } from "./packed-stream.ts";
import { packedLayer, unpackedNone, unpackProblem } from "./unpacked.ts";
import { unzstdStream } from "./unzstd.ts";
import { ZstdFrames, type ZstdProblem } from "./zstd-frames.ts";
import { areZstdBlocks, zstdStart } from "./zstd-mark.ts";

export { loadZstd } from "./unzstd.ts";

export const openZstd = (context: DecodeContext): DecodeSession => new ZstdSession(context);

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
    const start = zstdStart(bytes);
    const open = this.#streams[direction];
    // A stream that begins anew has its mark, which no block begins with.
    if (open !== undefined && start !== 0) return open.next(frame);
    if (start === undefined) {
      if ((this.#isAsked || isPinned) && areZstdBlocks(bytes)) return unpackedNone(zstd, bytes.length, say("decode.packed-late"));
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
    // Without knowing that no more comes, the library waits for 18 bytes.
    const { bytes, end } = unzstdStream().stream.push(frame.bytes.subarray(start), true);
    if (end === "broken") return this.#context.isPinned ? unpackedNone(zstd, length) : undefined;
    return carry(zstd, this.#context, frame, bytes, { layer: packedLayer(zstd, start, length, bytes.length, unpackProblem(end, zstd.name)) });
  }
}

function problemSaid(problem: ZstdProblem): Said | undefined {
  return problem === "dictionary" ? say("decode.packed-dictionary") : unpackProblem(problem, zstd.name);
}
