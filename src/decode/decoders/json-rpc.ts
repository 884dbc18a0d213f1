import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { lazily } from "../lazily.ts";

/**
 * JSON-RPC 2.0 (jsonrpc.org/specification) with its batches, as language servers (LSP), Model Context Protocol and Ethereum
 * speak it.
 *
 * Versions: 2.0.
 *
 * Sure from a `"jsonrpc":"2.0"` at the head of an object or of an array's first one. A call with an id is a request, either
 * way; a result or an error of that id answers it, and has the method as its topic. Topics of calls: an open document, a
 * tool, a subscription.
 */
export const jsonRpc = jsonProtocol({
  id: "json-rpc",
  name: "JSON-RPC",
  sure: headPattern(String.raw`(?:\[ ?)?\{…"jsonrpc":"2\.0"`),
  several: "batch",
  reader: lazily(() => import("../json-protocol/readers/json-rpc.ts")),
});
