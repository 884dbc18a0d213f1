import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

/**
 * OKX's WebSocket API (okx.com/docs-v5); Bitget and others are alike.
 *
 * Versions: 5.
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
  reader: lazily(() => import("../json-protocol/readers/okx.ts")),
});
