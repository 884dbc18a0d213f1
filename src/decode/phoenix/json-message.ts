import type { MessageKind } from "../../model/message-kind.ts";
import { NO_NODE } from "../../model/value-document.ts";
import type { JsonMessage } from "../json-protocol/json-message.ts";
import type { RecordFields } from "../records/record-message.ts";

/** Undefined where it is none of Phoenix. */
export function readJsonMessage(message: JsonMessage): RecordFields | undefined {
  const parts = partsOf(message);
  return parts && read(message, parts);
}

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
