import { createServer } from "node:http";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { library } from "./libraries/library.mjs";
import { listen, versions } from "./recorder.mjs";

/** Socket.IO: its own server, and clients of two generations; the last one begins over HTTP. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordSocketIo(recorder) {
  const { default: older } = await library("socket.io-client-2");
  await recordTalk(recorder, io, { transports: ["websocket"] });
  await recordTalk(recorder, io, {}, async ({ io: { engine } }) => {
    if (engine.transport.name !== "websocket") await new Promise((resolve) => engine.once("upgrade", resolve));
  });
  await recordTalk(recorder, older, { transports: ["websocket"] });
  const { default: parser } = await library("socket.io-msgpack-parser");
  await recordTalk(recorder, io, { transports: ["websocket"], parser });
  return versions("socket.io", "socket.io-client", "socket.io-client-2", "socket.io-msgpack-parser");
}

/**
 * @param {import("./recorder.mjs").Recorder} recorder
 * @param {(url: string, options: object) => any} connect
 * @param {{ transports?: readonly string[], parser?: object }} options
 * @param {(client: any) => Promise<void>} ready
 */
async function recordTalk(recorder, connect, options, ready = async () => {}) {
  const { server, url } = await listen(createServer());
  const sockets = new Server(server, { allowEIO3: true, serveClient: false, pingInterval: 120, ...(options.parser !== undefined && { parser: options.parser }) });
  sockets.of("/orders").on("connection", (socket) => {
    socket.on("order:place", (order, acknowledge) => {
      acknowledge({ ok: true, order: 7, sym: order.sym });
      socket.emit("order:ticket", { order: 7 }, Buffer.from("TKT1"));
    });
    socket.on("order:sign", (signature, acknowledge) => acknowledge({ bytes: signature.length }));
  });
  const between = await recorder.between(url);
  const client = connect(`${between.url.replace("ws", "http")}/orders`, { reconnection: false, forceNew: true, ...options });
  await new Promise((resolve) => client.once("connect", resolve));
  await ready(client);
  const ticket = new Promise((resolve) => client.once("order:ticket", resolve));
  await new Promise((resolve) => client.emit("order:place", { sym: "BTC-USD", qty: 2 }, resolve));
  await ticket;
  await new Promise((resolve) => client.emit("order:sign", Buffer.from([1, 2, 255]), resolve));
  // A heartbeat.
  await new Promise((resolve) => setTimeout(resolve, 200));
  client.disconnect();
  await between.close();
  await sockets.close();
}
