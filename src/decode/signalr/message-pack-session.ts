import { OPCODE_TEXT } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import { ARRAY, NO_NODE, NUMBER, STRING, type ValueDocument } from "../../model/value-document.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { signalRMessagePack } from "../decoders/signalr-message-pack.ts";
import { lendMessagePack, readMessagePack } from "../message-pack/read-message-pack.ts";
import { writeMessagePack } from "../message-pack/write-message-pack.ts";
import type { RecordRange } from "../records/record-range.ts";
import { RecordSession } from "../records/record-session.ts";
import { RECORD_SEPARATOR } from "../records/record-separator.ts";
import { splitRecords } from "../records/split-records.ts";
import { StreamSession, streamBroken, type Found, type WholePacket } from "../stream/stream-session.ts";
import { abbreviate } from "../summary.ts";
import { HUB_TYPES, hubFields, type HubFields } from "./hub-message.ts";
import { readHubMessage } from "./read-hub-message.ts";

export const openSignalRMessagePack = (context: DecodeContext): DecodeSession => new SignalRMessagePackSession(context);

/** Each value as a hub message, behind its length. Throws a `Refusal` as `writeMessagePack` does. */
export function packHubMessages(value: ValueDocument): Uint8Array<ArrayBuffer> {
  const packed: number[] = [];
  for (let root = 0; root < value.count; root = value.endOf(root)) {
    const message = writeMessagePack(value.part(root));
    for (let length = message.length; ; length = Math.floor(length / 128)) {
      packed.push(length < 128 ? length : 0x80 | (length % 128));
      if (length < 128) break;
    }
    for (const byte of message) packed.push(byte);
  }
  return Uint8Array.from(packed);
}

class SignalRMessagePackSession implements DecodeSession {
  readonly #handshake: DecodeSession;
  readonly #stream = new StreamSession<PackedPlace>({ decoder: signalRMessagePack, find: findPacked, describe });

  constructor(context: DecodeContext) {
    this.#handshake = new RecordSession(context, { decoder: signalRMessagePack, split: splitRecords, read: readHubMessage });
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode } = frame;
    // The handshake is text, and the answer to it stands in binary.
    const isText = opcode === OPCODE_TEXT || (bytes[0] === BRACE && bytes[bytes.length - 1] === RECORD_SEPARATOR);
    return isText ? this.#handshake.decode({ ...frame, opcode: OPCODE_TEXT }) : this.#stream.decode(frame);
  }
}

const BRACE = 0x7b;

interface PackedPlace extends RecordRange {
  readonly body: number;
}

/** A length of up to 31 bits, seven a byte, then so many bytes. */
function findPacked(bytes: Uint8Array, from: number): Found<PackedPlace> {
  let length = 0;
  for (let i = 0; i < 5; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) return "cut";
    length += (byte & 0x7f) * 128 ** i;
    if (byte >= 0x80) continue;
    const body = from + i + 1;
    return body + length > bytes.length ? "cut" : { from, body, to: body + length };
  }
  return "broken";
}

/** Where in its array a message has its parts. */
interface Parts {
  readonly id: number;
  readonly target?: number;
  readonly body?: number;
}

const PARTS: Readonly<Partial<Record<number, Parts>>> = {
  1: { id: 2, target: 3, body: 4 },
  2: { id: 2, body: 3 },
  3: { id: 2, body: 4 },
  4: { id: 2, target: 3, body: 4 },
  5: { id: 2 },
  7: { id: -1, body: 1 },
};
/** A completion's third part: 1 is an error, 2 nothing, 3 a result. */
const COMPLETION = 3;
const FAILED = "1";

function describe({ bytes, place: { body, to: end }, from, to }: WholePacket<PackedPlace>): Decoded {
  const packed = bytes.subarray(body, end);
  const { document, problem } = lendMessagePack(packed);
  const read = document === undefined || problem?.reason === "cut" || problem?.reason === "broken" ? undefined : readPacked(document);
  if (read === undefined) return streamBroken(signalRMessagePack, to - from, problem?.said, from);
  const { fields, bodyNode } = read;
  return new DecodedMessage({
    decoder: signalRMessagePack.id,
    ...fields,
    value: () => readMessagePack(packed).document,
    summary: () => {
      const whole = readMessagePack(packed).document;
      return whole === undefined || bodyNode === NO_NODE ? fields.what : abbreviate(whole.part(bodyNode));
    },
    layers: [
      { stage: "envelope", name: signalRMessagePack.name, what: fields.what, from, to, problem: undefined },
      { stage: "body", name: "MessagePack", what: say("decode.array-of", { n: document?.childrenOf(0) ?? 0 }), from, to, problem: undefined },
    ],
  });
}

function readPacked(document: ValueDocument): { readonly fields: HubFields; readonly bodyNode: number } | undefined {
  if (document.kindOf(0) !== ARRAY || document.childrenOf(0) === 0) return undefined;
  const entries: number[] = [];
  for (let node = 1; node < document.endOf(0) && entries.length < 6; node = document.endOf(node)) entries.push(node);
  const [first = NO_NODE] = entries;
  const number = document.kindOf(first) === NUMBER ? Number(document.textOf(first)) : 0;
  const type = HUB_TYPES[number];
  if (type === undefined || type === "") return undefined;
  const parts = PARTS[number];
  const textAt = (place: number | undefined): string | undefined => {
    const node = place === undefined ? undefined : entries[place];
    return node !== undefined && document.kindOf(node) === STRING ? document.textOf(node) : undefined;
  };
  const result = entries[COMPLETION];
  const hasError = (number === COMPLETION && result !== undefined && document.textOf(result) === FAILED) || (type === "Close" && textAt(1) !== undefined);
  const bodyNode = (parts?.body === undefined ? undefined : entries[parts.body]) ?? NO_NODE;
  return { fields: hubFields(type, { target: textAt(parts?.target), id: textAt(parts?.id), hasError }), bodyNode };
}
