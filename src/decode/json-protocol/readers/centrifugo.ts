import { NO_NODE } from "../../../model/value-document.ts";
import type { JsonReader } from "../json-protocol.ts";
import { Recent } from "../recent.ts";

const COMMANDS = ["connect", "subscribe", "unsubscribe", "publish", "presence", "presence_stats", "history", "rpc", "refresh", "sub_refresh", "send", "ping"] as const;
const PUSHES = ["pub", "join", "leave", "subscribe", "unsubscribe", "message", "connect", "disconnect", "refresh"] as const;

/** What a Centrifugo message says. */
export const reader: JsonReader = () => {
  /** What was asked, and of which channel: a reply says neither always. */
  const asked = new Recent<{ readonly name: string; readonly topic: string | undefined }>();
  return (message) => {
    if (!message.isObject) return undefined;
    const id = message.id("id");
    const none = { id: undefined, answers: undefined, topic: undefined } as const;
    if (message.size === 0) return { ...none, label: message.isSent ? "pong" : "ping", kind: "heartbeat", what: "ping" };
    const push = message.at("push");
    if (push !== NO_NODE) {
      const name = PUSHES.find((key) => message.in(push, key) !== NO_NODE);
      if (name === undefined) return undefined;
      const body = message.in(push, name);
      const data = message.in(body, "data");
      return { ...none, label: name, kind: name === "disconnect" ? "control" : "event", topic: message.textOf(message.in(push, "channel")), what: `push ${name}`, body: data === NO_NODE ? body : data };
    }
    const command = COMMANDS.find((key) => message.has(key));
    if (message.isSent) {
      if (command === undefined) return undefined;
      const body = message.at(command);
      const topic = message.textOf(message.in(body, "channel"));
      const label = command === "rpc" ? (message.textOf(message.in(body, "method")) ?? command) : command;
      if (id !== undefined) asked.set(id, { name: label, topic });
      return { ...none, label, kind: id === undefined ? "event" : "request", id, topic, what: command, body };
    }
    const request = asked.get(id);
    const error = message.at("error");
    if (id === undefined || (command === undefined && error === NO_NODE && message.size > 1)) return undefined;
    const label = request?.name ?? command ?? "reply";
    return { ...none, label, kind: error === NO_NODE ? "answer" : "error", answers: id, topic: request?.topic, what: "reply", body: error === NO_NODE ? (command === undefined ? 0 : message.at(command)) : error };
  };
};
