import { OPCODE_BINARY } from "../../model/frame.ts";
import { carry } from "../carried/carry.ts";
import { inflate, loadInflate } from "../carried/inflate.ts";
import { packedLayer, unpackedNone, unpackProblem } from "../carried/unpacked.ts";
import { gzipWrapping, hasGzipLength, type Wrapping } from "../carried/wrappings.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";

/**
 * gzip (RFC 1952), each message by itself, also behind a few bytes of a vendor's own; what it holds is decoded in its place.
 *
 * Sure from its header and from the length at its end. At most 32 MiB are unpacked of a message.
 */
export const gzip = {
  id: "gzip",
  name: "gzip",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && wrappingIn(bytes) !== undefined,
  load: loadInflate,
  open: (context): DecodeSession => ({
    decode: (frame) => {
      const { bytes, opcode } = frame;
      if (opcode !== OPCODE_BINARY && !context.isPinned) return undefined;
      const wrapping = wrappingIn(bytes);
      if (wrapping === undefined) return context.isPinned ? unpackedNone(gzip, bytes.length) : undefined;
      const { bytes: unpacked, end } = inflate(bytes.subarray(wrapping.from, wrapping.to));
      if (!context.isPinned && (end === "broken" || (end === "whole" && !hasGzipLength(bytes, wrapping, unpacked.length)))) return undefined;
      return carry(gzip, context, frame, unpacked, { layer: packedLayer(gzip, wrapping.from, bytes.length, unpacked.length, unpackProblem(end, gzip.name)) });
    },
  }),
} as const satisfies Decoder;

/** Bytes that a vendor puts before it: a length, flags. */
const MOST_BEFORE = 16;

function wrappingIn(bytes: Uint8Array): Wrapping | undefined {
  for (let start = 0; start <= MOST_BEFORE; start++) {
    const wrapping = bytes[start] === 0x1f ? gzipWrapping(bytes, start) : undefined;
    if (wrapping !== undefined) return wrapping;
  }
  return undefined;
}
