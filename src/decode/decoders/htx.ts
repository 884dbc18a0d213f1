import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

/**
 * HTX (Huobi; htx.com, "WebSocket market data"): questions in text, answers in gzip, which is a layer of its own below.
 *
 * Versions: it has no number.
 *
 * Sure from the host; else from a ping with a time, a `sub` or `req` of a market, or a push of one. A `sub` or `req` with an
 * id is a request; a ping and its pong are paired by their time.
 */
export const htx = jsonProtocol({
  id: "htx",
  name: "HTX",
  suits: ({ url }) => /^wss?:\/\/[^/]*\b(?:huobi|htx|hbdm|huobipro)\.(?:com|pro|vn|br\.com)(?::\d+)?\//.test(url),
  sure: headPattern(String.raw`\{"p[io]ng":\d{13}\}`, String.raw`\{(?:"id":"[^"]*",)?"(?:sub|req|unsub)":"market\.`, String.raw`\{"ch":"market\.`),
  reader: lazily(() => import("../json-protocol/readers/htx.ts")),
});
