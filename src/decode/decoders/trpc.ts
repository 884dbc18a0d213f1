import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

/**
 * tRPC over WebSocket (trpc.io/docs/rpc, "WebSockets RPC Specification"), alone or several calls in an array.
 *
 * Versions: that of tRPC 11.
 *
 * Sure from a query, mutation or subscription with a path. It is the request, named by its path; the first result or error
 * of its id answers it, later ones are events. The path is the topic of all.
 */
export const trpc = jsonProtocol({
  id: "trpc",
  name: "tRPC",
  suits: ({ url }) => /[/.]trpc(?:[/?#]|$)/i.test(url),
  sure: headPattern(String.raw`\[?\{(?=…"params":\{…"path":")…"method":"(?:query|mutation|subscription)"`),
  several: "batch",
  streams: true,
  heartbeats: ["PING", "PONG"],
  reader: lazily(() => import("../json-protocol/readers/trpc.ts")),
});
