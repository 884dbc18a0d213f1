import { createServer } from "node:http";
import { Client } from "@stomp/stompjs";
import { answerAsBroker } from "./stomp.mjs";
import { library } from "./libraries/library.mjs";
import { listen, versions } from "./recorder.mjs";

/** SockJS: its own server and client, with STOMP inside and without. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordSockJs(recorder) {
  const { default: sockjs } = await library("sockjs");
  const { default: SockJS } = await library("sockjs-client");
  const { server, url } = await listen(createServer());
  const talk = sockjs.createServer({ log: () => {}, heartbeat_delay: 60 });
  talk.on("connection", (/** @type {any} */ socket) =>
    socket.on("data", (/** @type {string} */ text) => {
      if (text.startsWith("{")) {
        socket.write(JSON.stringify({ type: "welcome", id: JSON.parse(text).id }));
        socket.write(JSON.stringify({ type: "tick", px: 64000.5 }));
      } else answerAsBroker(text, (frame) => socket.write(frame));
    }),
  );
  talk.installHandlers(server, { prefix: "/ws" });
  const between = await recorder.between(url);
  const open = () => new SockJS(`${between.url.replace("ws", "http")}/ws`, null, { transports: ["websocket"] });

  const plain = open();
  await new Promise((resolve) => { plain.onopen = resolve; });
  const heard = new Promise((resolve) => { plain.onmessage = resolve; });
  plain.send(JSON.stringify({ type: "hello", id: 1 }));
  await heard;
  await new Promise((resolve) => setTimeout(resolve, 100));
  plain.close();

  const client = new Client({ webSocketFactory: open, reconnectDelay: 0, heartbeatIncoming: 0, heartbeatOutgoing: 0 });
  await new Promise((resolve) => { client.onConnect = resolve; client.activate(); });
  const order = new Promise((resolve) => client.subscribe("/topic/orders", resolve));
  client.publish({ destination: "/app/orders", body: JSON.stringify({ type: "order", qty: 2 }) });
  await order;
  await client.deactivate();
  await between.close();
  server.close();
  return versions("sockjs", "sockjs-client", "@stomp/stompjs");
}
