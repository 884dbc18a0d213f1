import type { MessageKind } from "../../../model/message-kind.ts";
import { NO_NODE } from "../../../model/value-document.ts";
import type { JsonReader } from "../json-protocol.ts";
import { smallObject } from "../small-json.ts";

const CONFIRMATION = /^(?:confirm|reject)_subscription$/;
const TYPES: ReadonlyMap<string, MessageKind> = new Map([
  ["welcome", "control"],
  ["ping", "heartbeat"],
  ["disconnect", "control"],
]);

/** What an Action Cable message says. */
export const reader: JsonReader = () => (message) => {
  const identifier = message.text("identifier");
  const type = message.text("type");
  const command = message.text("command");
  const parameters = smallObject(identifier);
  const channel = parameters?.["channel"];
  const topic = typeof channel === "string" ? channel : identifier;
  const none = { topic, id: undefined, answers: undefined } as const;
  if (command !== undefined && identifier !== undefined) {
    const data = message.at("data");
    const action = smallObject(message.textOf(data))?.["action"];
    const label = command === "message" && typeof action === "string" ? action : command;
    if (command === "subscribe") return { ...none, label, kind: "request", id: identifier, what: command, body: message.at("identifier") };
    return { ...none, label, kind: command === "message" ? "event" : "control", what: command, body: data === NO_NODE ? message.at("identifier") : data };
  }
  if (type !== undefined) {
    const answers = CONFIRMATION.test(type) ? identifier : undefined;
    return { ...none, label: type, kind: type === "reject_subscription" ? "error" : answers === undefined ? (TYPES.get(type) ?? "event") : "answer", answers, what: type };
  }
  const body = message.at("message");
  if (identifier === undefined || body === NO_NODE) return undefined;
  const named = ["type", "action", "event"].map((key) => message.textOf(message.in(body, key))).find((text) => text !== undefined);
  return { ...none, label: named ?? "message", kind: "event", what: "message", body };
};
