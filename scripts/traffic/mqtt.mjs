import { Aedes } from "aedes";
import mqtt from "mqtt";
import { createWebSocketStream, WebSocketServer } from "ws";
import { listen, versions } from "./recorder.mjs";

/** MQTT: aedes is the broker, MQTT.js the client. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordMqtt({ WebSocket }) {
  const broker = await Aedes.createBroker();
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket, request) => broker.handle(createWebSocketStream(socket), request));
  const client = mqtt.connect(`${url}/mqtt`, { clientId: "desk-1", reconnectPeriod: 0, createWebsocket: (address, protocols) => new WebSocket(address, protocols) });
  const happens = (/** @type {"connect" | "message" | "packetreceive"} */ event) =>
    new Promise((resolve) => {
      client.once(event, resolve);
    });
  await happens("connect");
  await client.subscribeAsync(["orders/+", "prices/#"], { qos: 1 });
  const heard = happens("message");
  await client.publishAsync("orders/new", JSON.stringify({ type: "order", sym: "BTC-USD", qty: 2 }), { qos: 1 });
  await heard;
  await client.publishAsync("prices/BTC-USD", "64012.5", { qos: 0 });
  await client.publishAsync("orders/bytes", Buffer.from([0, 1, 0xff, 0xfe]), { qos: 2 });
  client.sendPing();
  await happens("packetreceive");
  await client.unsubscribeAsync("prices/#");
  await client.endAsync();
  sockets.close();
  broker.close();
  server.close();
  return versions("aedes", "mqtt");
}
