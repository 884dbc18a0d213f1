import type { MessageKind } from "../../../model/message-kind.ts";
import { NO_NODE } from "../../../model/value-document.ts";
import type { JsonReader } from "../json-protocol.ts";
import { smallObject } from "../small-json.ts";

const KINDS: ReadonlyMap<string, MessageKind> = new Map([
  ["ping", "heartbeat"],
  ["pong", "heartbeat"],
  ["error", "error"],
  ["member_added", "event"],
  ["member_removed", "event"],
]);

/** What a Pusher message says. */
export const reader: JsonReader = () => (message) => {
  const event = message.text("event");
  if (event === undefined) return undefined;
  const data = message.at("data");
  const inner = message.textOf(message.in(data, "channel")) ?? smallObject(message.textOf(data))?.["channel"];
  const topic = message.text("channel") ?? (typeof inner === "string" ? inner : undefined);
  const name = event.replace(/^pusher(?:_internal)?:/, "");
  const isOwn = name !== event;
  const base = { label: event, topic, what: isOwn ? name : "event", id: undefined, answers: undefined, body: data === NO_NODE ? 0 : data };
  if (!isOwn) return { ...base, kind: "event" };
  if (name === "subscribe") return { ...base, kind: "request", id: topic };
  if (name.startsWith("subscription_")) return { ...base, kind: name === "subscription_error" ? "error" : name === "subscription_succeeded" ? "answer" : "event", answers: name === "subscription_count" ? undefined : topic };
  return { ...base, kind: KINDS.get(name) ?? "control" };
};
