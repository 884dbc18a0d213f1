import { NO_NODE } from "../../model/value-document.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import type { JsonMessage } from "../json-protocol/json-message.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";
import { Recent } from "../json-protocol/recent.ts";

/**
 * JSON-RPC 2.0 (jsonrpc.org/specification) with its batches, as language servers (LSP), Model Context Protocol and Ethereum
 * speak it.
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
  reader: () => {
    const methods = { sent: new Recent<string>(), received: new Recent<string>() };
    return (message) => {
      if (message.text("jsonrpc") !== "2.0") return undefined;
      const method = message.text("method");
      const id = message.id("id");
      if (method !== undefined) {
        if (id !== undefined) methods[message.direction].set(id, method);
        const params = message.at("params");
        const kind = method === "ping" || method === "$/alive" ? "heartbeat" : id === undefined ? "event" : "request";
        return { label: method, kind, id, answers: undefined, topic: topicOf(message, method, params), what: id === undefined ? "notification" : `request #${id}`, body: params };
      }
      const error = message.at("error");
      const result = message.at("result");
      if (error === NO_NODE && result === NO_NODE) return undefined;
      const hasFailed = !message.isNull(error);
      const topic = methods[message.isSent ? "received" : "sent"].get(id);
      return { label: hasFailed ? "error" : "result", kind: hasFailed ? "error" : "answer", id: undefined, answers: id, topic, what: id === undefined ? "response" : `response #${id}`, body: hasFailed ? error : result };
    };
  },
});

/** What a call is about, where a dialect says it. */
function topicOf(message: JsonMessage, method: string, params: number): string | undefined {
  const textIn = (object: number, key: string): string | undefined => message.textOf(message.in(object, key));
  // LSP, MCP, Ethereum; and what others call it.
  const document = message.in(params, "textDocument");
  const first = method.endsWith("_subscribe") ? message.textOf(message.entries(params, 1)[0] ?? NO_NODE) : undefined;
  return textIn(document, "uri") ?? first ?? textIn(params, "uri") ?? (method === "tools/call" || method === "prompts/get" ? textIn(params, "name") : undefined) ?? message.idOf(message.in(params, "subscription")) ?? textIn(params, "channel") ?? textIn(params, "topic");
}
