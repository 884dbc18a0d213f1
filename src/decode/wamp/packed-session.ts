import { OPCODE_BINARY } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import { readCbor } from "../cbor/read-cbor.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { MOST_MESSAGES, type DecodeContext, type Decoded, type DecodeProblem, type DecodeSession, type FrameMessage, type FrameToDecode } from "../decoder.ts";
import { JsonMessage } from "../json-protocol/json-message.ts";
import { readMessagePack } from "../message-pack/read-message-pack.ts";
import { frameOf } from "../records/record-message.ts";
import type { RecordRange } from "../records/record-range.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { abbreviate } from "../summary.ts";
import { wampPacked } from "../decoders/wamp-packed.ts";
import { PACKED } from "./packed.ts";
import { wampReader } from "./wamp-reader.ts";

export const openPacked = (context: DecodeContext): DecodeSession => new PackedSession(context);

const LENGTH_BYTES = 4;

class PackedSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #read = wampReader();
  readonly #isMessagePack: boolean;
  readonly #isBatched: boolean;

  constructor(context: DecodeContext) {
    this.#context = context;
    const [, isMessagePack, isBatched] = PACKED.exec(context.connection.subprotocol) ?? ["", "msgpack"];
    this.#isMessagePack = isMessagePack !== undefined;
    this.#isBatched = isBatched !== undefined;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode } = frame;
    const { isPinned, maxBytes } = this.#context;
    if (opcode !== OPCODE_BINARY && !isPinned) return undefined;
    if (bytes.length > maxBytes) return isPinned ? streamBroken(wampPacked, bytes.length) : undefined;
    if (!this.#isBatched) return this.#message(frame, { from: 0, to: bytes.length }, 0) ?? (isPinned ? this.#broken(bytes) : undefined);
    const messages: FrameMessage[] = [];
    for (const { from, to } of batchOf(bytes)) {
      const decoded = this.#message(frame, { from, to }, from + LENGTH_BYTES);
      if (decoded === undefined) break;
      messages.push({ from, to, decoded });
    }
    return messages.length === 0 ? (isPinned ? this.#broken(bytes) : undefined) : frameOf(wampPacked, messages, { length: bytes.length, value: undefined });
  }

  /** `body`: where its value begins. */
  #message({ bytes, direction }: FrameToDecode, { from, to }: RecordRange, body: number): Decoded | undefined {
    const packed = bytes.subarray(body, to);
    const { document, problem } = this.#value(packed);
    const fields = document === undefined || problem !== undefined ? undefined : this.#read(new JsonMessage(document, direction));
    if (document === undefined || fields === undefined) return undefined;
    const { what = "", body: node = -1, ...columns } = fields;
    return new DecodedMessage({
      decoder: wampPacked.id,
      ...columns,
      label: columns.label ?? wampPacked.name,
      value: () => this.#value(packed).document,
      summary: () => abbreviate(node < 0 ? document : document.part(node)),
      layers: [
        { stage: "envelope", name: wampPacked.name, what, from, to, problem: undefined },
        { stage: "body", name: this.#isMessagePack ? "MessagePack" : "CBOR", what: say("decode.array-of", { n: document.childrenOf(0) }), from: body, to, problem: undefined },
      ],
    });
  }

  #value(packed: Uint8Array): { readonly document: ValueDocument | undefined; readonly problem: DecodeProblem | undefined } {
    return this.#isMessagePack ? readMessagePack(packed) : readCbor(packed);
  }

  #broken(bytes: Uint8Array): Decoded {
    const { problem } = this.#value(bytes.subarray(this.#isBatched ? LENGTH_BYTES : 0));
    return streamBroken(wampPacked, bytes.length, problem?.said);
  }
}

/** Messages behind a length of 32 bits each (wamp-proto.org, "Batched Transport"); what does not fit is left out, and of very many the rest. */
function batchOf(bytes: Uint8Array): readonly RecordRange[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ranges: RecordRange[] = [];
  for (let from = 0; from + LENGTH_BYTES < bytes.length && ranges.length < MOST_MESSAGES; ) {
    const to = from + LENGTH_BYTES + view.getUint32(from);
    if (to > bytes.length) break;
    ranges.push({ from, to });
    from = to;
  }
  return ranges;
}
