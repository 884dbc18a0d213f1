import type { MessageKind } from "../../model/message-kind.ts";
import { NO_NODE } from "../../model/value-document.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { smallObject } from "../json-protocol/small-json.ts";

/**
 * Pusher Channels (pusher.com/docs, "Pusher Channels Protocol"), which Soketi and Laravel Reverb speak, too. Data is JSON
 * within a string.
 *
 * Sure from the URL's `/app/<key>?protocol=`; else from an event of `pusher:`. A subscribe is a request, the channel's
 * `subscription_succeeded` or `subscription_error` the answer.
 */
export const pusher = jsonProtocol({
  id: "pusher",
  name: "Pusher",
  suits: ({ url }) => /\/app\/[^/?#]+\?(?:[^#]*&)?protocol=\d/.test(url),
  sure: headPattern('\\{…"event":"pusher(?:_internal)?:'),
  reader: () => (message) => {
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
  },
});

const KINDS: ReadonlyMap<string, MessageKind> = new Map([
  ["ping", "heartbeat"],
  ["pong", "heartbeat"],
  ["error", "error"],
  ["member_added", "event"],
  ["member_removed", "event"],
]);
