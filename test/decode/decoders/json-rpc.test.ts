import { describe, expect, it } from "vitest";
import { decodeAll, received, sent } from "../messages.ts";
import { told } from "../told.ts";

describe("JSON-RPC", () => {
  it("pairs calls with their answers, either way, and tells what an answer is about", () => {
    expect(
      told("json-rpc", [
        sent({ jsonrpc: "2.0", id: 1, method: "initialize", params: {} }),
        received({ jsonrpc: "2.0", id: 1, result: { capabilities: {} } }),
        received({ jsonrpc: "2.0", id: 1, method: "workspace/configuration", params: { items: [] } }),
        sent({ jsonrpc: "2.0", id: 1, result: [] }),
        sent({ jsonrpc: "2.0", method: "textDocument/didOpen", params: { textDocument: { uri: "file:///a.ts" } } }),
        sent({ method: "tools/call", params: { name: "search", arguments: {} }, id: "a", jsonrpc: "2.0" }),
        received({ jsonrpc: "2.0", id: "a", error: { code: -32602, message: "Unknown tool" } }),
        sent({ jsonrpc: "2.0", id: 9, method: "eth_subscribe", params: ["newHeads"] }),
        received({ jsonrpc: "2.0", method: "eth_subscription", params: { subscription: "0x1", result: {} } }),
      ]),
    ).toEqual([
      "request initialize #1",
      "answer result ←1 @initialize",
      "request workspace/configuration #1",
      "answer result ←1 @workspace/configuration",
      "event textDocument/didOpen @file:///a.ts",
      "request tools/call #a @search",
      "error error ←a @tools/call",
      "request eth_subscribe #9 @newHeads",
      "event eth_subscription @0x1",
    ]);
  });

  it("tells the messages of a batch apart, each with its place in the frame", () => {
    const batch = sent([{ jsonrpc: "2.0", id: 1, method: "a" }, { jsonrpc: "2.0", id: 2, method: "b", params: [1] }]);
    expect(told("json-rpc", [batch, received([{ jsonrpc: "2.0", id: 2, result: 1 }, { jsonrpc: "2.0", id: 1, result: 2 }])])).toEqual(["request a #1", "request b #2", "answer result ←2 @b", "answer result ←1 @a"]);
    const [, second] = decodeAll([batch])[0]?.messages ?? [];
    expect(new TextDecoder().decode(batch.bytes.subarray(second?.from, second?.to))).toBe('{"jsonrpc":"2.0","id":2,"method":"b","params":[1]}');
  });

  it("leaves a message without its version to JSON, also on its connection", () => {
    expect(told("json-rpc", [sent({ jsonrpc: "2.0", id: 1, method: "a" }), received({ id: 1, result: 1 }), received({ text: '"jsonrpc":"2.0"' })])).toEqual(["request a #1", "json: answer result ←1", "json: event JSON"]);
  });
});
