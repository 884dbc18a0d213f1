import { OPCODE_BINARY } from "../../model/frame.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import { bytesAt } from "../bytes-of-value.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { EncodedMessage, FrameToDecode } from "../decoder.ts";
import { phoenix } from "../decoders/phoenix.ts";
import { bytesDocument } from "../lone-value.ts";
import { bytesSaid } from "../summary.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";

/** The kinds of binary messages, which their first byte says: how many lengths stand behind it, and of what. */
const PUSH = 0;
const REPLY = 1;
const BROADCAST = 2;

interface BinaryParts {
  readonly kind: number;
  readonly ref: string | undefined;
  readonly topic: string;
  readonly event: string;
  /** Where the payload begins. */
  readonly body: number;
}

/** phoenix/assets/js/phoenix/serializer.js: what the server pushes has no ref. */
function binaryParts({ bytes, direction }: FrameToDecode): BinaryParts | undefined {
  const [kind = BROADCAST + 1] = bytes;
  if (kind > BROADCAST) return undefined;
  const lengths = kind === BROADCAST ? 2 : kind === PUSH && direction === "received" ? 3 : 4;
  const texts: string[] = [];
  let at = 1 + lengths;
  for (let i = 1; i <= lengths; i++) {
    const to = at + (bytes[i] ?? bytes.length);
    if (to > bytes.length || !isUtf8(bytes, at, to)) return undefined;
    texts.push(utf8Between(bytes, at, to));
    at = to;
  }
  const [event = "", topic = "", ref = ""] = texts.toReversed();
  return { kind, ref: lengths === 4 && ref !== "" ? ref : undefined, topic, event, body: at };
}

/** Undefined where the bytes are none. */
export function readBinary(frame: FrameToDecode): DecodedMessage | undefined {
  const { bytes } = frame;
  const parts = binaryParts(frame);
  if (parts === undefined) return undefined;
  const { kind, ref, topic, event, body } = parts;
  const data = bytes.subarray(body);
  const asks = kind === PUSH && ref !== undefined;
  return new DecodedMessage({
    decoder: phoenix.id,
    label: kind === REPLY ? "phx_reply" : event,
    kind: kind !== REPLY ? (asks ? "request" : "event") : event === "error" ? "error" : "answer",
    id: asks ? ref : undefined,
    answers: kind === REPLY ? ref : undefined,
    topic,
    value: () => bytesDocument(data),
    summary: bytesSaid(data.length),
    // Its value is no JSON text, as that of other messages is: it is kept beside the log.
    derives: "value",
    layers: [{ stage: "envelope", name: phoenix.name, what: event, from: 0, to: body, problem: undefined }, { stage: "body", name: phoenix.name, what: bytesSaid(data.length), from: body, to: bytes.length, problem: undefined }],
  });
}

/** With other bytes in the place of its payload. */
export function writeBinary(value: ValueDocument, frame: FrameToDecode): readonly EncodedMessage[] {
  const body = binaryParts(frame)?.body;
  const data = bytesAt(value, 0);
  if (body === undefined || data === undefined) throw new Refusal(say("decode.cannot-encode-frame", { format: "Phoenix" }));
  const bytes = new Uint8Array(body + data.length);
  bytes.set(frame.bytes.subarray(0, body));
  bytes.set(data, body);
  return [{ opcode: OPCODE_BINARY, bytes }];
}
