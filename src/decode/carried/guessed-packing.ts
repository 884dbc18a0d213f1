import type { DecodeContext, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";
import { isUtf8 } from "../utf8-text.ts";
import { carry } from "./carry.ts";
import type { Unpacked } from "./unpack-stream.ts";
import { packedLayer, unpackedNone, unpackProblem } from "./unpacked.ts";

/** Messages of a connection that are tried, while none was it: it has no mark of its own. */
const MOST_TRIED = 16;
/** A shorter text proves nothing. */
const LEAST_BYTES = 12;

/** A compression without a mark. */
export interface GuessedPacking {
  /** Whether a message can be its own. Cheap. */
  readonly mayBe: (frame: FrameToDecode) => boolean;
  readonly unpack: (bytes: Uint8Array) => Unpacked;
}

/** Sure only where a message unpacks to its end and what comes of it is a text that begins as JSON. */
export function openGuessed(self: Pick<Decoder, "id" | "name">, packing: GuessedPacking, context: DecodeContext): DecodeSession {
  let tried = 0;
  let isExpected = false;
  return {
    decode: (frame) => {
      const { bytes } = frame;
      if (!context.isPinned) {
        if (!packing.mayBe(frame) || (!isExpected && tried >= MOST_TRIED)) return undefined;
        tried++;
      }
      const { bytes: unpacked, end } = packing.unpack(bytes);
      if (!context.isPinned && (end !== "whole" || !looksLikeJson(unpacked))) return undefined;
      if (end === "broken") return unpackedNone(self, bytes.length);
      isExpected = true;
      return carry(self, context, frame, unpacked, { layer: packedLayer(self, 0, bytes.length, unpacked.length, unpackProblem(end, self.name)) });
    },
  };
}

const BRACE = 0x7b;
const BRACKET = 0x5b;

const looksLikeJson = (bytes: Uint8Array): boolean => (bytes[0] === BRACE || bytes[0] === BRACKET) && bytes.length > LEAST_BYTES && isUtf8(bytes, 0, bytes.length);
