import { Client } from "@stomp/stompjs";
import { WebSocketServer } from "ws";
import { listen, textOf, versions } from "./recorder.mjs";

/** STOMP: stompjs is the client; the server here answers what a broker would. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordStomp({ WebSocket }) {
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server, handleProtocols: (offered) => [...offered][0] ?? false });
  sockets.on("connection", (socket) =>
    socket.on("message", (data) =>
      answerAsBroker(textOf(data), (frame) => {
        // Brokers cut what is long.
        socket.send(frame.slice(0, 60));
        if (frame.length > 60) socket.send(frame.slice(60));
      }),
    ),
  );
  const client = new Client({ webSocketFactory: () => /** @type {any} */ (new WebSocket(`${url}/ws`, ["v12.stomp", "v11.stomp"])), reconnectDelay: 0, heartbeatIncoming: 0, heartbeatOutgoing: 0 });
  await new Promise((resolve) => {
    client.onConnect = resolve;
    client.activate();
  });
  const receipt = (/** @type {string} */ id, /** @type {(headers: object) => void} */ act) =>
    new Promise((resolve) => {
      client.watchForReceipt(id, resolve);
      act({ receipt: id });
    });
  const heard = new Promise((resolve) => {
    client.subscribe("/topic/orders", resolve);
  });
  await receipt("r-1", (headers) => client.publish({ destination: "/app/orders", body: JSON.stringify({ type: "order", qty: 2 }), headers: /** @type {any} */ (headers) }));
  await heard;
  await client.deactivate();
  sockets.close();
  server.close();
  return versions("@stomp/stompjs");
}

/**
 * What a broker answers, of which a client is subscribed to its orders.
 * @param {string} text
 * @param {(frame: string) => void} say
 */
export function answerAsBroker(text, say) {
  const header = (/** @type {string} */ name) => new RegExp(`^${name}:(.*)$`, "m").exec(text)?.[1];
  if (text.startsWith("CONNECT")) say("CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0");
  if (header("receipt") !== undefined) say(`RECEIPT\nreceipt-id:${header("receipt")}\n\n\0`);
  if (text.startsWith("SEND")) say(`MESSAGE\nsubscription:sub-0\nmessage-id:1\ndestination:/topic/orders\ncontent-type:application/json\n\n${text.slice(text.indexOf("\n\n") + 2)}`);
  if (text === "\n") say("\n");
}
