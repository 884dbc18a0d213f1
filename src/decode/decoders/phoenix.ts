import { OPCODE_BINARY } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { NO_NODE } from "../../model/value-document.ts";
import type { DecodeContext, Decoder, DecodeSession } from "../decoder.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import type { JsonMessage } from "../json-protocol/json-message.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";
import type { RecordFields } from "../records/record-message.ts";

const binary = lazily(() => import("../phoenix/binary-message.ts"));

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
  load: async () => {
    await Promise.all([inJson.load(), binary.load()]);
  },
  open: (context: DecodeContext): DecodeSession => {
    const text = inJson.open(context);
    return { decode: (frame) => (frame.opcode === OPCODE_BINARY ? binary.get().readBinary(frame) : undefined) ?? text.decode(frame) };
  },
  encode: (value, like) => (like.frame.opcode === OPCODE_BINARY ? binary.get().writeBinary(value, like.frame) : inJson.encode(value)),
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
