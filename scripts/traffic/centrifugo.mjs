import { Centrifuge } from "centrifuge";
import { WebSocketServer } from "ws";
import { listen, textOf, versions } from "./recorder.mjs";

/** Centrifugo: its own client; the server here answers as Centrifugo does. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordCentrifugo({ WebSocket }) {
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) =>
    socket.on("message", (data) => {
      const replies = textOf(data).split("\n").filter((line) => line !== "").flatMap(/** @returns {object[]} */ (line) => {
        const { id, connect, subscribe, publish, rpc } = JSON.parse(line);
        if (connect !== undefined) return [{ id, connect: { client: "c-1", version: "6.2.1", ping: 1, pong: true } }, {}];
        if (subscribe !== undefined) return [{ id, subscribe: { epoch: "e", offset: 1 } }];
        if (publish !== undefined) return [{ id, publish: {} }, { push: { channel: publish.channel, pub: { data: publish.data } } }];
        return rpc === undefined ? [] : [{ id, error: { code: 108, message: "method not found" } }];
      });
      if (replies.length > 0) socket.send(replies.map((reply) => JSON.stringify(reply)).join("\n"));
    }),
  );
  const client = new Centrifuge(`${url}/connection/websocket`, { websocket: WebSocket });
  const subscription = client.newSubscription("news");
  const heard = new Promise((resolve) => {
    subscription.on("publication", resolve);
  });
  subscription.subscribe();
  client.connect();
  await subscription.ready();
  await subscription.publish({ title: "hi" });
  await heard;
  await client.rpc("sum", [1, 2]).catch(() => {});
  client.disconnect();
  sockets.close();
  server.close();
  return versions("centrifuge");
}
