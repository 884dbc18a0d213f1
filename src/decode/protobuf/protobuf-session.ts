import { OPCODE_BINARY } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import { brokenBody } from "../body-message.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { protobuf } from "../decoders/protobuf.ts";
import { abbreviate, bytesSaid } from "../summary.ts";
import { mayBeProtobuf, readProtobuf } from "./read-protobuf.ts";

export const openProtobuf = (context: DecodeContext): DecodeSession => new ProtobufSession(context);

/** So many likely messages make what is merely whole likely, too. */
const EXPECTED_AFTER = 2;
const HEAD_BYTES = 4096;

class ProtobufSession implements DecodeSession {
  readonly #context: DecodeContext;
  #likely = 0;

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode({ bytes, opcode }: FrameToDecode): Decoded | undefined {
    const { isPinned, maxBytes } = this.#context;
    if (!isPinned && (opcode !== OPCODE_BINARY || bytes.length < 2)) return undefined;
    const isPartial = bytes.length > maxBytes;
    if (isPartial && !isPinned && this.#likely < EXPECTED_AFTER) return undefined;
    if (!isPinned && this.#likely < EXPECTED_AFTER && !mayBeProtobuf(bytes)) return undefined;
    const { document, end, isWhole, isLikely } = readProtobuf(isPartial ? bytes.subarray(0, HEAD_BYTES) : bytes);
    if (!isPinned && !isPartial && !(isWhole && (isLikely || this.#likely >= EXPECTED_AFTER))) return undefined;
    if (isLikely && this.#likely < EXPECTED_AFTER) this.#likely++;
    if (!isWhole && !isPartial) {
      const problem = { said: say("decode.protobuf-none"), offset: end };
      return brokenBody(protobuf, { to: end, problem, value: document, summary: document === undefined || end === 0 ? bytesSaid(bytes.length) : () => abbreviate(document) });
    }
    return new DecodedMessage({
      decoder: protobuf.id,
      label: protobuf.name,
      kind: "event",
      value: isPartial ? undefined : document,
      summary: () => (document === undefined ? bytesSaid(bytes.length) : abbreviate(document)),
      layers: [{ stage: "body", name: protobuf.name, what: isPartial ? say("decode.too-long") : say("decode.protobuf-guessed", { n: document?.childrenOf(0) ?? 0 }), from: 0, to: bytes.length, problem: undefined }],
      isPartial,
    });
  }
}
