/**
 * Starts the demo's servers, lets real clients talk to them, and prints what passed as JSON: one entry a connection,
 * payloads in base64. A process of its own, because a test's module loader gives graphql-ws another graphql than ours.
 */
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { encode } from "@msgpack/msgpack";
import { createClient } from "graphql-ws";
import { io } from "socket.io-client";
import { WebSocket } from "ws";
import { startDemo } from "../../demo/demo-server.mjs";

/** @param {string} url @param {string[]} [protocols] */
async function open(url, protocols = []) {
  const socket = new WebSocket(url, protocols);
  await once(socket, "open");
  return socket;
}

/** @param {string} url */
async function useFeed(url) {
  const socket = await open(`${url}feed`);
  const ask = async (/** @type {object} */ request) => {
    socket.send(JSON.stringify(request));
    await wait(20);
  };
  await ask({ op: "rate", id: 1, perSecond: 500 });
  await ask({ op: "subscribe", id: 2, channel: "ticks.*" });
  await ask({ op: "subscribe", id: 3, channel: "trades.*" });
  await ask({ op: "ping", id: 4 });
  await ask({ op: "order", id: 5, sym: "BTC-USD", side: "buy", qty: 1 });
  await ask({ op: "order", id: 6, sym: "none" });
  await wait(100);
  socket.close();
}

/** @param {string} url */
async function useBook(url) {
  const socket = await open(`${url}book`);
  await wait(150);
  socket.send(encode({ op: "watch", id: 7, sym: "ETH-USD" }));
  await wait(250);
  socket.close();
}

/** @param {string} url */
async function useChat(url) {
  const socket = await open(`${url}chat`, ["chat.v1"]);
  socket.send(JSON.stringify({ type: "join", room: "desk", nick: "Zoë" }));
  socket.send(JSON.stringify({ type: "message", text: "東京 says ping" }));
  await wait(50);
  socket.close();
}

/** @param {string} url */
async function useOrders(url) {
  const socket = io(`${url}orders`, { transports: ["websocket"], reconnection: false });
  const ticket = new Promise((resolve) => {
    socket.on("order:ticket", ({ orderId }) => resolve(orderId));
  });
  await socket.emitWithAck("order:place", { sym: "BTC-USD", side: "buy", px: 1e9, qty: 1, ref: "desk-1" });
  await socket.emitWithAck("order:sign", await ticket, new Uint8Array(32).fill(7));
  // The same connection, another namespace, which the server does not have.
  const stranger = io(`${url}nowhere`, { transports: ["websocket"], reconnection: false });
  await new Promise((resolve) => {
    stranger.on("connect_error", resolve);
  });
  socket.disconnect();
  stranger.disconnect();
  await wait(20);
}

/** @param {string} url */
async function usePortfolio(url) {
  const client = createClient({ url: `${url}graphql`, webSocketImpl: WebSocket, lazy: false, retryAttempts: 0 });
  const run = async (/** @type {string} */ query, most = Infinity) => {
    let count = 0;
    for await (const _ of client.iterate({ query })) if ((count += 1) === most) break;
  };
  await run("query Portfolio { portfolio { cash positions { symbol } } }");
  await run("{ instruments { symbol } }");
  await run("subscription Watch { portfolio(everyMs: 50) { profit } }", 3);
  await run("query Wrong { nothing }").catch(() => {});
  await client.dispose();
  await wait(20);
}

const demo = await startDemo({ record: "payloads" });
const url = demo.url.replace("http", "ws");
await Promise.all([useFeed(url), useBook(url), useChat(url), useOrders(demo.url), usePortfolio(url)]);
const connections = demo.record.connections.map(({ path, subprotocol, frames }) => ({
  connection: { subprotocol, url: url.slice(0, -1) + path },
  frames: frames.map(({ direction, opcode, payload }) => ({ direction, opcode, base64: payload?.toString("base64") ?? "" })),
}));
process.stdout.write(JSON.stringify(connections), () => {
  void demo.close();
});
