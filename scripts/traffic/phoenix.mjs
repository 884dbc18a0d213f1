import { once } from "node:events";
// @ts-expect-error it has no types
import { Socket } from "phoenix";
import { WebSocketServer } from "ws";
import { clientVersions, listen, textOf } from "./recorder.mjs";

/** Phoenix channels: its own client; the server here speaks its serializer 2. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordPhoenix({ WebSocket }) {
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) =>
    socket.on("message", (data, isBinary) => {
      if (isBinary) return socket.send(answerOf(/** @type {Buffer} */ (data)));
      const [join, ref, topic, event, payload] = JSON.parse(textOf(data));
      const say = (/** @type {unknown[]} */ message) => socket.send(JSON.stringify(message));
      const status = event === "fail" ? "error" : "ok";
      say([join, ref, topic, "phx_reply", { status, response: event === "fail" ? { reason: "no" } : {} }]);
      if (event === "shout") say([null, null, topic, "shout", payload]);
    }),
  );
  const client = new Socket(`${url}/socket`, { transport: /** @type {any} */ (WebSocket), heartbeatIntervalMs: 20, timeout: 2000 });
  client.connect();
  const channel = client.channel("room:desk", { nick: "Zoë" });
  const done = (/** @type {any} */ push) =>
    new Promise((resolve) => {
      push.receive("ok", resolve).receive("error", resolve);
    });
  await done(channel.join());
  const shout = new Promise((resolve) => {
    channel.on("shout", resolve);
  });
  await done(channel.push("shout", { text: "東京" }));
  await shout;
  await done(channel.push("fail", {}));
  await done(channel.push("upload", Uint8Array.of(1, 2, 3).buffer));
  await new Promise((resolve) => {
    setTimeout(resolve, 60);
  });
  await done(channel.leave());
  client.disconnect();
  sockets.close();
  server.close();
  await once(server, "close").catch(() => {});
  return clientVersions("phoenix");
}

/**
 * The binary answer to a binary push, whose lengths stand before its texts: of join reference, reference, topic and event.
 * @param {Buffer} push
 */
function answerOf(push) {
  const [, join = 0, ref = 0, topic = 0] = push;
  const status = Buffer.from("ok");
  return Buffer.concat([Buffer.of(1, join, ref, topic, status.length), push.subarray(5, 5 + join + ref + topic), status, Buffer.from("stored")]);
}
