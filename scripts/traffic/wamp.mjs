import { decode as unpack, encode as pack } from "@msgpack/msgpack";
import { decode as fromCbor, encode as toCbor } from "cborg";
import { WebSocketServer } from "ws";
import { library } from "./libraries/library.mjs";
import { clientVersions, listen, textOf } from "./recorder.mjs";

/** WAMP in JSON: Wampy is the client; the server here answers as a router does. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordWamp(recorder) {
  const { JsonSerializer } = await library("wampy/JsonSerializer.js");
  await recordTalk(recorder, new JsonSerializer(), (data) => JSON.parse(textOf(data)), JSON.stringify);
  return clientVersions("wampy");
}

/** The same in MessagePack and CBOR. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordPackedWamp(recorder) {
  const { MsgpackSerializer } = await library("wampy/MsgpackSerializer.js");
  const { CborSerializer } = await library("wampy/CborSerializer.js");
  await recordTalk(recorder, new MsgpackSerializer(), (data) => unpack(/** @type {Buffer} */ (data)), pack);
  await recordTalk(recorder, new CborSerializer(), (data) => fromCbor(/** @type {Buffer} */ (data)), toCbor);
  return clientVersions("wampy");
}

/**
 * @param {import("./recorder.mjs").Recorder} recorder
 * @param {object} serializer
 * @param {(data: import("ws").RawData) => any} read
 * @param {(message: unknown) => string | Uint8Array} write
 */
async function recordTalk({ WebSocket }, serializer, read, write) {
  const { Wampy } = await library("wampy");
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server, handleProtocols: (offered) => [...offered][0] ?? false });
  sockets.on("connection", (socket) =>
    socket.on("message", (data) => {
      for (const answer of answers(read(data))) socket.send(write(answer));
    }),
  );
  const client = new Wampy(`${url}/ws`, { realm: "desk", ws: WebSocket, serializer, reconnectInterval: 0, autoReconnect: false });
  await client.connect();
  const heard = new Promise((resolve) => client.subscribe("shop.orders", resolve).then(() => client.publish("shop.orders", { argsList: [{ sym: "BTC-USD", qty: 2 }] }, { exclude_me: false })));
  await heard;
  await client.call("shop.sum", { argsList: [1, 2] });
  await client.call("shop.none").catch(() => {});
  await client.disconnect();
  sockets.close();
  server.close();
}

/** @param {any[]} message @returns {any[][]} */
function answers([code, request, , name, args]) {
  switch (code) {
    case 1:
      return [[2, 7001, { roles: { broker: {}, dealer: {} } }]];
    case 32:
      return [[33, request, 501]];
    case 16:
      return [[17, request, 9001], [36, 501, 9001, {}, args]];
    case 48:
      return [name === "shop.sum" ? [50, request, {}, [3]] : [8, 48, request, {}, "wamp.error.no_such_procedure"]];
    case 6:
      return [[6, {}, "wamp.close.goodbye_and_out"]];
    default:
      return [];
  }
}
