import { NO_NODE } from "../../model/value-document.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";

/**
 * OKX's WebSocket API (okx.com/docs-v5); Bitget and others are alike.
 *
 * Sure from the host; else from a subscribe or a push with `arg`. A call with an id is a request and its reply the answer;
 * a subscribe is paired by its first channel. A push is named by its channel, its topic is the instrument.
 */
export const okx = jsonProtocol({
  id: "okx",
  name: "OKX",
  suits: ({ url }) => /^wss?:\/\/[^/]*\b(?:okx|okex|bitget)\.com(?::\d+)?\//.test(url),
  sure: headPattern(
    String.raw`\{(?:"id":"[^"]*",)?"op":"(?:un)?subscribe","args":\[\{(?:"instType":"[^"]*",)?"(?:channel|instId)":"`,
    String.raw`\{(?:"event":"(?:un)?subscribe",)?"arg":\{(?:"instType":"[^"]*",)?"(?:channel|instId)":"`,
  ),
  heartbeats: ["ping", "pong"],
  reader: () => (message) => {
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
  },
});
