import { decode, encode } from "@msgpack/msgpack";
import * as signalR from "@microsoft/signalr";
import { WebSocketServer } from "ws";
import { library } from "./libraries/library.mjs";
import { clientVersions, listen, textOf } from "./recorder.mjs";

const END = "\u001e";

/** SignalR in JSON: its own client; the server here answers as a hub does. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordSignalR(recorder) {
  await recordHub(recorder, undefined, {
    read: (data) => textOf(data).split(END).slice(0, -1).map((record) => JSON.parse(record)),
    write: (...messages) => messages.map((message) => JSON.stringify(message) + END).join(""),
    push: { type: 1, target: "price", arguments: [{ sym: "BTC-USD", px: 64012.5 }] },
    result: (invocationId, result) => ({ type: 3, invocationId, result }),
    failure: (invocationId, error) => ({ type: 3, invocationId, error }),
    item: (invocationId, item) => ({ type: 2, invocationId, item }),
    end: (invocationId) => ({ type: 3, invocationId }),
    ping: { type: 6 },
  });
  return clientVersions("@microsoft/signalr");
}

/** The same in MessagePack. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordSignalRMessagePack(recorder) {
  const { MessagePackHubProtocol } = await library("@microsoft/signalr-protocol-msgpack");
  await recordHub(recorder, new MessagePackHubProtocol(), {
    read: (data) => packets(/** @type {Buffer} */ (data)).map(([type, , invocationId, target]) => ({ type, invocationId, target })),
    write: (...messages) => Buffer.concat(messages.map((message) => { const bytes = encode(message); return Buffer.concat([Buffer.from([bytes.length]), bytes]); })),
    push: [1, {}, null, "price", [{ sym: "BTC-USD", px: 64012.5 }]],
    result: (invocationId, result) => [3, {}, invocationId, 3, result],
    failure: (invocationId, error) => [3, {}, invocationId, 1, error],
    item: (invocationId, item) => [2, {}, invocationId, item],
    end: (invocationId) => [3, {}, invocationId, 2],
    ping: [6],
  });
  return clientVersions("@microsoft/signalr", "@microsoft/signalr-protocol-msgpack");
}

/** Each behind its length, which is one byte here. @param {Buffer} data @returns {any[][]} */
function packets(data) {
  const found = [];
  for (let at = 0; at < data.length; at += 1 + (data[at] ?? 0)) found.push(/** @type {any[]} */ (decode(data.subarray(at + 1, at + 1 + (data[at] ?? 0)))));
  return found;
}

/**
 * @typedef {object} Form How a hub's messages are said.
 * @property {(data: import("ws").RawData) => { type?: number, invocationId?: string, target?: string }[]} read
 * @property {(...messages: any[]) => string | Buffer} write
 * @property {object} push
 * @property {(invocationId: string, result: unknown) => object} result
 * @property {(invocationId: string, error: string) => object} failure
 * @property {(invocationId: string, item: unknown) => object} item
 * @property {(invocationId: string) => object} end
 * @property {object} ping
 */

/**
 * @param {import("./recorder.mjs").Recorder} recorder
 * @param {any} protocol
 * @param {Form} form
 */
async function recordHub(recorder, protocol, { read, write, push, result, failure, item, end, ping }) {
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) =>
    socket.once("message", () => {
      socket.send(`{}${END}`);
      socket.on("message", (data) => {
        for (const { type, invocationId, target } of read(data)) {
          if (invocationId === undefined || invocationId === null) continue;
          if (type === 4) socket.send(write(item(invocationId, 1), item(invocationId, 2), end(invocationId)));
          else if (target === "Fail") socket.send(write(failure(invocationId, "no such order")));
          else socket.send(write(push, result(invocationId, { ok: true }), ping));
        }
      });
    }),
  );
  const between = await recorder.between(url);
  const builder = new signalR.HubConnectionBuilder().withUrl(`${between.url.replace("ws", "http")}/hub`, { transport: signalR.HttpTransportType.WebSockets, skipNegotiation: true }).configureLogging(signalR.LogLevel.None);
  const connection = (protocol === undefined ? builder : builder.withHubProtocol(protocol)).build();
  connection.keepAliveIntervalInMilliseconds = 60;
  connection.on("price", () => {});
  await connection.start();
  await connection.invoke("PlaceOrder", { sym: "BTC-USD", qty: 2 });
  await connection.invoke("Fail").catch(() => {});
  await new Promise((resolve) => connection.stream("Prices", "BTC-USD").subscribe({ next: () => {}, error: resolve, complete: () => resolve(undefined) }));
  await connection.send("Seen", 7);
  await new Promise((resolve) => setTimeout(resolve, 150));
  await connection.stop();
  await between.close();
  sockets.close();
  server.close();
}
