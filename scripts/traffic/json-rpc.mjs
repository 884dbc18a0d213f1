import { Client as McpClient } from "@modelcontextprotocol/sdk/client/index.js";
import { WebSocketClientTransport } from "@modelcontextprotocol/sdk/client/websocket.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { WebSocketServer } from "ws";
import { library } from "./libraries/library.mjs";
import { listen, textOf, versions } from "./recorder.mjs";

/** JSON-RPC: a server and a client of its own, and a Model Context Protocol server and client. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordJsonRpc(recorder) {
  const { Client, Server } = await library("rpc-websockets");
  const { server: http, url: address } = await listen();
  const rpc = new Server({ server: http });
  rpc.register("sum", (/** @type {number[]} */ [a = 0, b = 0]) => a + b);
  const between = await recorder.between(address);
  const client = new Client(between.url, { reconnect: false });
  await new Promise((resolve) => client.once("open", resolve));
  await client.call("sum", [1, 2]);
  await client.call("none").catch(() => {});
  await client.notify("seen", [7]);
  client.close();
  await between.close();
  await rpc.close();

  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server, handleProtocols: () => "mcp" });
  sockets.on("connection", (socket) => {
    const tools = new McpServer({ name: "desk", version: "1.0.0" });
    tools.registerTool("price", { description: "The price of an instrument" }, () => ({ content: [{ type: "text", text: "64012.5" }] }));
    /** @type {import("@modelcontextprotocol/sdk/shared/transport.js").Transport} */
    const transport = { start: async () => {}, close: async () => socket.close(), send: async (message) => socket.send(JSON.stringify(message)) };
    socket.on("message", (data) => transport.onmessage?.(JSON.parse(textOf(data))));
    void tools.connect(transport);
  });
  globalThis.WebSocket = /** @type {any} */ (recorder.WebSocket);
  const agent = new McpClient({ name: "agent", version: "1.0.0" });
  await agent.connect(new WebSocketClientTransport(new URL(`${url}/mcp`)));
  await agent.listTools();
  await agent.callTool({ name: "price" });
  await agent.close();
  sockets.close();
  server.close();
  return versions("rpc-websockets", "@modelcontextprotocol/sdk");
}
