import { OPCODE_BINARY } from "../../model/frame.ts";
import { carry } from "../carried/carry.ts";
import type { DecodeContext, Decoder, DecodeSession, FrameToDecode } from "../decoder.ts";
import { streamBroken } from "../stream/stream-session.ts";

const ENCODER = new TextEncoder();

/**
 * `labelOf`: the label of the character set that the bytes are in (encoding.spec.whatwg.org), undefined where they are none.
 * Bytes that are not valid in it are none either.
 */
export function openCharset(self: Pick<Decoder, "id" | "name">, context: DecodeContext, labelOf: (bytes: Uint8Array) => string | undefined): DecodeSession {
  const decoders = new Map<string, TextDecoder>();
  const read = (label: string, bytes: Uint8Array): string | undefined => {
    const decoder = decoders.get(label) ?? new TextDecoder(label, { fatal: true });
    decoders.set(label, decoder);
    try {
      return decoder.decode(bytes);
    } catch {
      return undefined;
    }
  };
  return {
    decode: (frame: FrameToDecode) => {
      const { bytes, opcode } = frame;
      const { isPinned, maxBytes } = context;
      if (!isPinned && (opcode !== OPCODE_BINARY || bytes.length > maxBytes)) return undefined;
      const label = labelOf(bytes);
      const text = label === undefined ? undefined : read(label, bytes);
      if (label === undefined || text === undefined) return isPinned ? streamBroken(self, bytes.length) : undefined;
      const layer = { stage: "transport", name: self.name, what: label, from: 0, to: bytes.length, problem: undefined } as const;
      return carry(self, context, frame, ENCODER.encode(text), { layer, isText: true });
    },
  };
}
