import { setTimeout } from "node:timers/promises";
import { Client } from "@stomp/stompjs";
import { versions } from "./recorder.mjs";
import { rabbit } from "./running.mjs";

/** STOMP: stompjs is the client, RabbitMQ the broker. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordStomp({ WebSocket }) {
  const version = await rabbit("rabbitmq_web_stomp", (port) => `listeners.tcp = none\nstomp.listeners.tcp = none\nweb_stomp.tcp.ip = 127.0.0.1\nweb_stomp.tcp.port = ${port}\n`, async (port) => {
    const client = new Client({ webSocketFactory: () => /** @type {any} */ (new WebSocket(`ws://127.0.0.1:${port}/ws`, ["v12.stomp", "v11.stomp"])), connectHeaders: { login: "guest", passcode: "guest" }, reconnectDelay: 0, heartbeatIncoming: 1000, heartbeatOutgoing: 1000 });
    await new Promise((resolve) => {
      client.onConnect = resolve;
      client.activate();
    });
    const heard = new Promise((resolve) => {
      client.subscribe("/topic/orders", resolve);
    });
    const received = new Promise((resolve) => client.watchForReceipt("r-1", resolve));
    client.publish({ destination: "/topic/orders", body: JSON.stringify({ type: "order", qty: 2, note: "東京" }), headers: { receipt: "r-1", "content-type": "application/json" } });
    await Promise.all([heard, received]);
    // Heart-beats of both sides.
    await setTimeout(1500);
    const failed = new Promise((resolve) => {
      client.onStompError = resolve;
    });
    client.publish({ destination: "/nowhere/orders", body: "" });
    await failed;
    await client.deactivate();
  });
  return `${version}, ${versions("@stomp/stompjs")}`;
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
