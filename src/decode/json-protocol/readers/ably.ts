import type { MessageKind } from "../../../model/message-kind.ts";
import { NO_NODE } from "../../../model/value-document.ts";
import type { JsonReader } from "../json-protocol.ts";

/** By their numbers (ably.com/docs, "Realtime protocol", `ProtocolMessage.Action`). */
const ACTIONS = [
  "heartbeat", "ack", "nack", "connect", "connected", "disconnect", "disconnected", "close", "closed", "error", "attach", "attached", "detach",
  "detached", "presence", "message", "sync", "auth", "activate", "object", "object_sync", "annotation",
] as const;
const KINDS: Readonly<Partial<Record<string, MessageKind>>> = { heartbeat: "heartbeat", nack: "error", error: "error", message: "event", presence: "event", sync: "event", object: "event", object_sync: "event", annotation: "event" };

/** What an Ably message says. */
export const reader: JsonReader = () => (message) => {
  const number = message.number("action");
  const action = number === undefined ? undefined : ACTIONS[number];
  if (action === undefined) return undefined;
  const channel = message.text("channel");
  const serial = message.id("msgSerial");
  const list = ["messages", "presence", "state"].map((key) => message.at(key)).find((node) => node !== NO_NODE) ?? message.at("error");
  const first = message.entries(list, 1)[0] ?? NO_NODE;
  const named = action === "message" ? message.textOf(message.in(first, "name")) : undefined;
  const data = message.in(first, "data");
  const isOne = list !== NO_NODE && message.isArrayAt(list) && message.document.childrenOf(list) === 1;
  const base = { label: named ?? action, topic: channel, what: action, body: isOne && data !== NO_NODE ? data : list, id: undefined, answers: undefined, namespace: "serial" };
  if (action === "ack" || action === "nack") return { ...base, kind: action === "ack" ? "answer" : "error", answers: serial };
  if (message.isSent && serial !== undefined && (action === "message" || action === "presence")) return { ...base, kind: "request", id: serial };
  if (action === "attach" || action === "detach") return { ...base, kind: "request", id: `${action}ed ${channel ?? ""}`, namespace: "channel" };
  if (action === "attached" || action === "detached") return { ...base, kind: "answer", answers: `${action} ${channel ?? ""}`, namespace: "channel" };
  return { ...base, kind: KINDS[action] ?? "control" };
};
