import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

/**
 * Binance's market streams and its WebSocket API (developers.binance.com).
 *
 * Versions: 3 of the API; streams have no number.
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
  reader: lazily(() => import("../json-protocol/readers/binance.ts")),
});
