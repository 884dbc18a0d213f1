import { OPCODE_BINARY } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import { carry } from "../carried/carry.ts";
import { inflate, loadInflate } from "../carried/inflate.ts";
import { packedLayer, unpackedNone, unpackProblem } from "../carried/unpacked.ts";
import type { Decoder, DecodeSession } from "../decoder.ts";
import { isUtf8 } from "../utf8-text.ts";

/** Messages of a connection that are tried, while none was it: it has no mark of its own. */
const MOST_TRIED = 16;
/** A shorter one proves nothing. */
const LEAST_BYTES = 12;

/**
 * Raw deflate (RFC 1951), each message by itself; what it holds is decoded in its place.
 *
 * Sure only where it unpacks to its end and what comes of it is a text that begins as JSON; the first 16 binary messages are tried. At
 * most 32 MiB are unpacked of a message.
 */
export const deflate = {
  id: "deflate",
  name: "Deflate",
  claims: "message",
  carries: true,
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && mayBeDeflate(bytes),
  load: loadInflate,
  open: (context): DecodeSession => {
    let tried = 0;
    let isExpected = false;
    return {
      decode: (frame) => {
        const { bytes, opcode } = frame;
        if (!context.isPinned) {
          if (opcode !== OPCODE_BINARY || !mayBeDeflate(bytes) || (!isExpected && tried >= MOST_TRIED)) return undefined;
          tried++;
        }
        const { bytes: unpacked, end } = inflate(bytes);
        if (!context.isPinned && (end !== "whole" || !looksLikeJson(unpacked))) return undefined;
        if (end === "broken") return unpackedNone(deflate, bytes.length, say("decode.records-none", { format: deflate.name }));
        isExpected = true;
        return carry(deflate, context, frame, unpacked, { layer: packedLayer(deflate, 0, bytes.length, unpacked.length, unpackProblem(end, deflate.name)) });
      },
    };
  },
} as const satisfies Decoder;

/** A last block of the kinds that hold something compressed, as whole messages begin; in it, most bytes say nothing (RFC 1951 §3.2.3). */
const mayBeDeflate = (bytes: Uint8Array): boolean => bytes.length >= LEAST_BYTES && (((bytes[0] ?? 0) & 7) === 3 || ((bytes[0] ?? 0) & 7) === 5);

const BRACE = 0x7b;
const BRACKET = 0x5b;

const looksLikeJson = (bytes: Uint8Array): boolean => (bytes[0] === BRACE || bytes[0] === BRACKET) && bytes.length > LEAST_BYTES && isUtf8(bytes, 0, bytes.length);
