import { OPCODE_BINARY } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { Decoded, DecodeSession } from "../decoder.ts";
import type { DecodeContext } from "../decoder.ts";
import { amqp } from "../decoders/amqp.ts";
import { bytesDocument } from "../lone-value.ts";
import type { RecordRange } from "../records/record-range.ts";
import { StreamSession, type Found, type WholePacket } from "../stream/stream-session.ts";
import { bytesSaid } from "../summary.ts";
import { isHeader } from "./protocol-header.ts";

/** By their codes (AMQP 1.0, 2.7 and 5.3.3). */
const PERFORMATIVES: Readonly<Partial<Record<number, string>>> = {
  0x10: "open", 0x11: "begin", 0x12: "attach", 0x13: "flow", 0x14: "transfer", 0x15: "disposition", 0x16: "detach", 0x17: "end", 0x18: "close",
  0x40: "sasl-mechanisms", 0x41: "sasl-init", 0x42: "sasl-challenge", 0x43: "sasl-response", 0x44: "sasl-outcome",
};

export const openAmqp = ({ isPinned }: DecodeContext): DecodeSession => {
  const stream = new StreamSession<AmqpPlace>({ decoder: amqp, find: findAmqp, describe });
  return { decode: (frame) => (isPinned || frame.opcode === OPCODE_BINARY ? stream.decode(frame) : undefined) };
};

const HEADER_BYTES = 8;
const LEAST_FRAME = 8;
const MOST_FRAME = 8 << 20;

interface AmqpPlace extends RecordRange {
  readonly name: string;
  readonly channel: number;
  readonly body: number;
}

function findAmqp(bytes: Uint8Array, from: number): Found<AmqpPlace> {
  if (bytes.length - from < LEAST_FRAME) return "cut";
  if (isHeader(bytes, from)) return { from, to: from + HEADER_BYTES, name: "header", channel: 0, body: from + HEADER_BYTES };
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, LEAST_FRAME);
  const size = view.getUint32(0);
  const body = from + view.getUint8(4) * 4;
  if (size < LEAST_FRAME || size > MOST_FRAME || body < from + LEAST_FRAME || body > from + size || view.getUint8(5) > 1) return "broken";
  if (from + size > bytes.length) return "cut";
  const to = from + size;
  if (body === to) return { from, to, name: "empty", channel: view.getUint16(6), body };
  // A described value whose descriptor is a small ulong.
  if (bytes[body] !== 0 || bytes[body + 1] !== 0x53) return "broken";
  return { from, to, name: PERFORMATIVES[bytes[body + 2] ?? 0] ?? "unknown", channel: view.getUint16(6), body: body + 3 };
}

function describe({ bytes, place: { name, channel, body, to: end }, from, to }: WholePacket<AmqpPlace>): Decoded {
  const data = bytes.subarray(body, end);
  return new DecodedMessage({
    decoder: amqp.id,
    label: name,
    kind: KINDS[name] ?? "control",
    value: data.length === 0 ? undefined : () => bytesDocument(data),
    summary: bytesSaid(data.length),
    layers: [{ stage: "envelope", name: amqp.name, what: name === "header" ? name : `${name} #${channel}`, from, to, problem: undefined }],
  });
}

const KINDS: Readonly<Partial<Record<string, MessageKind>>> = { transfer: "event", empty: "heartbeat" };
