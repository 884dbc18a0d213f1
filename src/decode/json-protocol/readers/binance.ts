import { NO_NODE } from "../../../model/value-document.ts";
import type { JsonReader } from "../json-protocol.ts";
import { Recent } from "../recent.ts";

/** What a Binance message says. */
export const reader: JsonReader = () => {
  const asked = new Recent<string>();
  return (message) => {
    if (message.isArrayAt(0)) {
      const first = message.entries(0, 1)[0] ?? NO_NODE;
      const event = message.textOf(message.in(first, "e"));
      return event === undefined ? undefined : { label: event, kind: "event", id: undefined, answers: undefined, topic: undefined, what: "event" };
    }
    const none = { id: undefined, answers: undefined, topic: undefined } as const;
    const id = message.id("id");
    const method = message.text("method");
    const params = message.at("params");
    if (method !== undefined) {
      if (id !== undefined) asked.set(id, method);
      return { ...none, label: method, kind: id === undefined ? "event" : "request", id, topic: message.textOf(message.entries(params, 1)[0] ?? message.in(params, "symbol")), what: id === undefined ? method : `request #${id}`, body: params };
    }
    const stream = message.text("stream");
    const inner = stream === undefined ? 0 : message.at("data");
    const event = message.textOf(message.in(inner, "e"));
    if (stream !== undefined || event !== undefined) {
      return { ...none, label: event ?? stream?.split("@")[1] ?? "event", kind: "event", topic: stream ?? message.textOf(message.in(inner, "s")), what: "event", body: inner };
    }
    const error = message.at("error");
    const result = message.at("result");
    const hasFailed = error !== NO_NODE || (message.number("status") ?? 200) >= 400 || (message.has("code") && message.has("msg"));
    if (result === NO_NODE && !hasFailed) return undefined;
    return { ...none, label: hasFailed ? "error" : "result", kind: hasFailed ? "error" : id === undefined ? "event" : "answer", answers: id, topic: asked.get(id), what: id === undefined ? "result" : `result #${id}`, body: error === NO_NODE ? (result === NO_NODE ? 0 : result) : error };
  };
};
