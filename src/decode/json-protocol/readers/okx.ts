import { NO_NODE } from "../../../model/value-document.ts";
import type { JsonReader } from "../json-protocol.ts";

/** What an OKX message says. */
export const reader: JsonReader = () => (message) => {
  const arg = message.at("arg");
  const args = message.at("args");
  const op = message.text("op");
  const event = message.text("event");
  const place = arg === NO_NODE ? (message.entries(args, 1)[0] ?? NO_NODE) : arg;
  const channel = message.textOf(message.in(place, "channel"));
  const topic = message.textOf(message.in(place, "instId")) ?? message.textOf(message.in(place, "instFamily")) ?? message.textOf(message.in(place, "instType"));
  const id = message.id("id");
  const none = { id: undefined, answers: undefined, topic: topic ?? channel } as const;
  const ofChannel = (name: string): string => `${name} ${channel ?? ""} ${topic ?? ""}`;
  if (message.isSent && op !== undefined) {
    const isChannel = op === "subscribe" || op === "unsubscribe" || op === "login";
    return { ...none, label: op, kind: "request", id: id ?? (isChannel ? ofChannel(op) : undefined), what: op, body: args };
  }
  if (event !== undefined) {
    const isError = event === "error";
    const isAnswer = event === "subscribe" || event === "unsubscribe" || event === "login";
    return { ...none, label: event, kind: isError ? "error" : isAnswer ? "answer" : "control", answers: id ?? (isAnswer ? ofChannel(event) : undefined), what: event, body: isError ? message.at("msg") : place };
  }
  const data = message.at("data");
  if (op !== undefined && data !== NO_NODE) {
    const hasFailed = (message.text("code") ?? "0") !== "0";
    return { ...none, label: op, kind: hasFailed ? "error" : id === undefined ? "event" : "answer", answers: id, what: "reply", body: data };
  }
  return channel === undefined || data === NO_NODE ? undefined : { ...none, label: channel, kind: "event", what: message.text("action") ?? "push", body: data };
};
