import type { MessageKind } from "../../model/message-kind.ts";
import { NO_NODE } from "../../model/value-document.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { smallObject } from "../json-protocol/small-json.ts";

/**
 * Action Cable of Rails (rails/rails, actioncable/lib/action_cable), whose identifiers and data are JSON within strings.
 *
 * Sure from the subprotocol; else from a command or an answer with an identifier. A subscribe is a request, its
 * confirmation or rejection the answer; the topic is the channel. A message is named by its action, or by its type.
 */
export const actionCable = jsonProtocol({
  id: "action-cable",
  name: "Action Cable",
  suits: ({ subprotocol }) => /^actioncable-v\d/.test(subprotocol),
  sure: headPattern(
    String.raw`\{…"command":"(?:subscribe|unsubscribe|message)",…"identifier":"\{`,
    String.raw`\{…"identifier":"\{\\"channel\\"`,
    String.raw`\{"type":"ping","message":\d{10}\}$`,
  ),
  reader: () => (message) => {
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
  },
});

const CONFIRMATION = /^(?:confirm|reject)_subscription$/;
const TYPES: ReadonlyMap<string, MessageKind> = new Map([
  ["welcome", "control"],
  ["ping", "heartbeat"],
  ["disconnect", "control"],
]);
