/** What a client of Centrifugo and a server that answers as Centrifugo does say to each other, in either form of its messages. */
import { WebSocketServer } from "ws";
import { listen } from "./recorder.mjs";

/**
 * @typedef {{ id?: number, connect?: object | null, subscribe?: object | null, publish?: { channel: string, data: unknown } | null, rpc?: object | null }} Command
 * @typedef {object} Form
 * @property {(data: import("ws").RawData) => Command[]} commandsIn
 * @property {(replies: object[]) => string | Buffer} join
 * @property {(value: unknown) => any} data A value as the client takes it.
 */

/**
 * @param {(url: string) => import("centrifuge").Centrifuge} connect Makes the client.
 * @param {Form} form
 */
export async function talkAsCentrifugo(connect, { commandsIn, join, data }) {
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) =>
    socket.on("message", (received) => {
      const replies = commandsIn(received).flatMap(answer);
      if (replies.length > 0) socket.send(join(replies));
    }),
  );
  const client = connect(`${url}/connection/websocket`);
  const subscription = client.newSubscription("news");
  const heard = new Promise((resolve) => {
    subscription.on("publication", resolve);
  });
  subscription.subscribe();
  client.connect();
  await subscription.ready();
  await subscription.publish(data({ title: "hi" }));
  await heard;
  await client.rpc("sum", data([1, 2])).catch(() => {});
  client.disconnect();
  sockets.close();
  server.close();
}

/** @param {Command} command @returns {object[]} */
function answer({ id, connect, subscribe, publish, rpc }) {
  if (connect) return [{ id, connect: { client: "c-1", version: "6.2.1", ping: 1, pong: true } }, {}];
  if (subscribe) return [{ id, subscribe: { epoch: "e", offset: 1 } }];
  if (publish) return [{ id, publish: {} }, { push: { channel: publish.channel, pub: { data: publish.data } } }];
  return rpc ? [{ id, error: { code: 108, message: "method not found" } }] : [];
}
