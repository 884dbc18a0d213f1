import { OPCODE_BINARY } from "../../model/frame.ts";
import type { DecodeContext } from "../decoder.ts";
import type { DecodeSession } from "../decoder.ts";
import { gzip } from "../decoders/gzip.ts";
import { carry } from "./carry.ts";
import { inflate } from "./inflate.ts";
import { packedLayer, unpackedNone, unpackProblem } from "./unpacked.ts";
import { findGzip, hasGzipLength } from "./wrappings.ts";

export { loadInflate } from "./inflate.ts";

export const openGzip = (context: DecodeContext): DecodeSession => ({
  decode: (frame) => {
    const { bytes, opcode } = frame;
    if (opcode !== OPCODE_BINARY && !context.isPinned) return undefined;
    const wrapping = findGzip(bytes);
    if (wrapping === undefined) return context.isPinned ? unpackedNone(gzip, bytes.length) : undefined;
    const { bytes: unpacked, end } = inflate(bytes.subarray(wrapping.from, wrapping.to));
    if (!context.isPinned && (end === "broken" || (end === "whole" && !hasGzipLength(bytes, wrapping, unpacked.length)))) return undefined;
    return carry(gzip, context, frame, unpacked, { layer: packedLayer(gzip, wrapping.from, bytes.length, unpacked.length, unpackProblem(end, gzip.name)) });
  },
});

