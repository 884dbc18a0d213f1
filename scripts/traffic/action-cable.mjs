// @ts-expect-error it has no types
import { adapters, createConsumer } from "@rails/actioncable";
import { WebSocketServer } from "ws";
import { listen, textOf, versions } from "./recorder.mjs";

/** Action Cable: Rails' own client; the server here answers as Rails does. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordActionCable({ WebSocket }) {
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server, handleProtocols: () => "actioncable-v1-json" });
  sockets.on("connection", (socket) => {
    const say = (/** @type {object} */ message) => socket.send(JSON.stringify(message));
    say({ type: "welcome" });
    say({ type: "ping", message: 1_764_358_801 });
    socket.on("message", (data) => {
      const { command, identifier, data: said } = JSON.parse(textOf(data));
      if (command === "subscribe") say({ identifier, type: "confirm_subscription" });
      if (command === "message") say({ identifier, message: { type: "said", text: JSON.parse(said).text } });
    });
  });
  Object.assign(globalThis, { addEventListener: () => {}, removeEventListener: () => {}, document: { visibilityState: "visible" } });
  adapters.WebSocket = /** @type {any} */ (WebSocket);
  const consumer = createConsumer(`${url}/cable`);
  await new Promise((resolve) => {
    const subscription = consumer.subscriptions.create({ channel: "ChatChannel", room: "desk" }, {
      connected: () => subscription.perform("speak", { text: "東京" }),
      received: (/** @type {object} */ message) => {
        subscription.unsubscribe();
        resolve(message);
      },
    });
  });
  consumer.disconnect();
  sockets.close();
  server.close();
  return versions("@rails/actioncable");
}
