import { NO_NODE } from "../../../model/value-document.ts";
import type { JsonReader } from "../json-protocol.ts";

/** What a HTX message says. */
export const reader: JsonReader = () => (message) => {
  if (!message.isObject) return undefined;
  const id = message.id("id");
  const none = { id: undefined, answers: undefined, topic: undefined } as const;
  const key = message.firstKey();
  if (key === "ping" || key === "pong") {
    const time = message.id(key);
    return { ...none, label: key, kind: "heartbeat", id: key === "ping" ? time : undefined, answers: key === "pong" ? time : undefined, namespace: "ping", what: key };
  }
  const action = message.text("action");
  if (action !== undefined) {
    const isBeat = action === "ping" || action === "pong";
    const failed = (message.number("code") ?? 200) !== 200;
    const channel = message.text("ch");
    const isAsked = message.isSent && (action === "sub" || action === "req" || action === "unsub");
    const pair = `${action} ${channel ?? ""}`;
    const isReply = !message.isSent && !isBeat && action !== "push";
    return { ...none, label: action, kind: isBeat ? "heartbeat" : failed ? "error" : isAsked ? "request" : isReply ? "answer" : "event", id: isAsked ? pair : undefined, answers: isReply ? pair : undefined, topic: channel, what: action, body: message.at("data") };
  }
  const asks = ["sub", "req", "unsub"].find((name) => message.text(name) !== undefined && message.isSent);
  if (asks !== undefined) return { ...none, label: asks, kind: id === undefined ? "event" : "request", id, topic: message.text(asks), what: asks };
  if (message.text("status") === "error" || message.has("err-msg")) return { ...none, label: "error", kind: "error", answers: id, what: "error", body: message.at("err-msg") };
  const answered = ["subbed", "unsubbed", "rep"].find((name) => message.text(name) !== undefined);
  if (answered !== undefined) return { ...none, label: answered, kind: id === undefined ? "event" : "answer", answers: id, topic: message.text(answered), what: answered, body: answered === "rep" ? message.at("data") : 0 };
  const channel = message.text("ch");
  const tick = message.at("tick");
  if (channel === undefined) return undefined;
  return { ...none, label: channel.split(".")[2] ?? channel, kind: "event", topic: channel, what: "push", body: tick === NO_NODE ? message.at("data") : tick };
};
