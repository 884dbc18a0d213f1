import { OPCODE_BINARY } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { NO_NODE, type ValueDocument } from "../../model/value-document.ts";
import { bytesAt } from "../bytes-of-value.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoder, DecodeSession, EncodedMessage, FrameToDecode } from "../decoder.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import type { JsonMessage } from "../json-protocol/json-message.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { bytesDocument } from "../lone-value.ts";
import type { RecordFields } from "../records/record-message.ts";
import { bytesSaid } from "../summary.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";

const inJson = jsonProtocol({
  id: "phoenix",
  name: "Phoenix Channels",
  suits: ({ url }) => /\/websocket\?(?:[^#]*&)?vsn=[12]\.\d/.test(url),
  sure: headPattern(
    String.raw`\[(?:null|"\d+"),(?:null|"\d+"),"[^"]+","phx_`,
    String.raw`\[(?:null|"\d+"),(?:null|"\d+"),"phoenix","heartbeat"`,
    String.raw`\{(?=…"topic":")…"event":"phx_(?:join|reply|close|error|leave)"`,
    String.raw`\{(?=…"topic":"phoenix")…"event":"heartbeat"`,
  ),
  reader: () => (message) => {
    const parts = partsOf(message);
    return parts && read(message, parts);
  },
});

/**
 * Phoenix channels (hexdocs.pm/phoenix, "Writing a Channels Client"), serializers 1 and 2 in JSON, and the binary messages of
 * serializer 2; LiveView and Supabase Realtime speak it.
 *
 * Sure from `vsn=1.0.0` or `vsn=2.0.0` in the URL; else from a join, a reply or a heartbeat. What the page sends with a ref
 * is a request, the `phx_reply` of that ref the answer. A LiveView event is named by itself, and so is a broadcast. The value
 * of a binary message is its bytes.
 */
export const phoenix = {
  ...inJson,
  open: (context: DecodeContext): DecodeSession => {
    const text = inJson.open(context);
    return { decode: (frame) => (frame.opcode === OPCODE_BINARY ? readBinary(frame) : undefined) ?? text.decode(frame) };
  },
  encode: (value, like) => (like.frame.opcode === OPCODE_BINARY ? writeBinary(value, like.frame) : inJson.encode(value)),
} as const satisfies Decoder;

interface Parts {
  readonly topic: string;
  readonly event: string;
  readonly ref: string | undefined;
  readonly payload: number;
}

/** `[join_ref, ref, topic, event, payload]`, or an object of these. */
function partsOf(message: JsonMessage): Parts | undefined {
  const isList = message.isArrayAt(0);
  if (isList ? message.size !== 5 : !message.isObject) return undefined;
  const [, ref, topicNode, eventNode, payload = NO_NODE] = isList ? message.entries(0, 5) : [0, message.at("ref"), message.at("topic"), message.at("event"), message.at("payload")];
  const topic = message.textOf(topicNode ?? NO_NODE);
  const event = message.textOf(eventNode ?? NO_NODE);
  if (topic === undefined || event === undefined || payload === NO_NODE) return undefined;
  return { topic, event, ref: message.idOf(ref ?? NO_NODE), payload };
}

function read(message: JsonMessage, { topic, event, ref, payload }: Parts): RecordFields {
  const within = (key: string): number => message.in(payload, key);
  const base = { topic, id: undefined, answers: undefined, what: event, body: payload };
  const isBeat = topic === "phoenix";
  if (event === "phx_reply") {
    const hasFailed = message.textOf(within("status")) === "error";
    const response = within("response");
    return { ...base, label: event, kind: hasFailed ? "error" : isBeat ? "heartbeat" : "answer", answers: ref, body: response === NO_NODE ? payload : response };
  }
  const named = event === "event" || event === "broadcast" ? message.textOf(within("event")) : undefined;
  const asks = message.isSent && ref !== undefined;
  const kind: MessageKind = isBeat ? "heartbeat" : event === "phx_error" ? "error" : asks ? "request" : event === "phx_close" ? "control" : "event";
  return { ...base, label: named ?? event, kind, id: asks ? ref : undefined };
}

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

function readBinary(frame: FrameToDecode): DecodedMessage | undefined {
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

function writeBinary(value: ValueDocument, frame: FrameToDecode): readonly EncodedMessage[] {
  const body = binaryParts(frame)?.body;
  const data = bytesAt(value, 0);
  if (body === undefined || data === undefined) throw new Refusal(say("decode.cannot-encode-frame", { format: "Phoenix" }));
  const bytes = new Uint8Array(body + data.length);
  bytes.set(frame.bytes.subarray(0, body));
  bytes.set(data, body);
  return [{ opcode: OPCODE_BINARY, bytes }];
}
