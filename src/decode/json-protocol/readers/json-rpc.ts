import { NO_NODE } from "../../../model/value-document.ts";
import type { JsonMessage } from "../json-message.ts";
import type { JsonReader } from "../json-protocol.ts";
import { Recent } from "../recent.ts";

/** What a call is about, where a dialect says it. */
function topicOf(message: JsonMessage, method: string, params: number): string | undefined {
  const textIn = (object: number, key: string): string | undefined => message.textOf(message.in(object, key));
  // LSP, MCP, Ethereum; and what others call it.
  const document = message.in(params, "textDocument");
  const first = method.endsWith("_subscribe") ? message.textOf(message.entries(params, 1)[0] ?? NO_NODE) : undefined;
  return textIn(document, "uri") ?? first ?? textIn(params, "uri") ?? (method === "tools/call" || method === "prompts/get" ? textIn(params, "name") : undefined) ?? message.idOf(message.in(params, "subscription")) ?? textIn(params, "channel") ?? textIn(params, "topic");
}

/** What a JSON-RPC message says. */
export const reader: JsonReader = () => {
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
};
