import { NO_NODE } from "../../model/value-document.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { Recent } from "../json-protocol/recent.ts";

/**
 * Binance's market streams and its WebSocket API (developers.binance.com).
 *
 * Sure from the host; else from a `SUBSCRIBE`, or a combined stream's event. A call with an id is a request, a result or an
 * error of that id the answer. An event is named by its `e`; the topic is its stream, else its symbol.
 */
export const binance = jsonProtocol({
  id: "binance",
  name: "Binance",
  suits: ({ url }) => /^wss?:\/\/[^/]*\bbinance(?:future)?\.(?:com|us|vision|cloud)(?::\d+)?\//.test(url),
  sure: headPattern(
    String.raw`\{(?=…"params":\["[a-z\d!_]+@)…"method":"(?:UN)?SUBSCRIBE"`,
    String.raw`\{"stream":"[a-z\d!_]+@[^"]+","data":[[{]`,
  ),
  reader: () => {
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
  },
});
