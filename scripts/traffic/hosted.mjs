/** Services that only their owners run: their own clients, and a server here that answers as the service's documents say. */
import { WebSocketServer } from "ws";
import { library } from "./libraries/library.mjs";
import { clientVersions, listen, textOf } from "./recorder.mjs";

/** @typedef {import("./recorder.mjs").Recorder} Recorder */

/**
 * A server that hears JSON and says JSON.
 * @param {Recorder} recorder
 * @param {(message: any, say: (...messages: object[]) => void) => void} answer
 * @param {(say: (...messages: object[]) => void) => void} [greet]
 */
async function answering(recorder, answer, greet = () => {}) {
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    const say = (/** @type {object[]} */ ...messages) => { for (const message of messages) socket.send(JSON.stringify(message)); };
    greet(say);
    socket.on("message", (data) => answer(JSON.parse(textOf(data)), say));
  });
  const between = await recorder.between(url);
  return { url: between.url, port: Number(new URL(between.url).port), close: async () => { await between.close(); sockets.close(); server.close(); } };
}

/** @param {Recorder} recorder */
export async function recordPusher(recorder) {
  const { default: Pusher } = await library("pusher-js");
  const service = await answering(
    recorder,
    ({ event, data }, say) => {
      if (event === "pusher:subscribe") say({ event: "pusher_internal:subscription_succeeded", channel: data.channel, data: "{}" }, { event: "price", channel: data.channel, data: JSON.stringify({ px: 64012.5 }) });
      if (event === "pusher:ping") say({ event: "pusher:pong", data: "{}" });
      if (event === "client-typing") say({ event: "pusher:error", data: { code: 4301, message: "Client events are not enabled" } });
    },
    (say) => say({ event: "pusher:connection_established", data: JSON.stringify({ socket_id: "1.7", activity_timeout: 120 }) }),
  );
  const client = new Pusher("key", { wsHost: "127.0.0.1", wsPort: service.port, forceTLS: false, enabledTransports: ["ws"], cluster: "mt1", activityTimeout: 80, channelAuthorization: { customHandler: (/** @type {unknown} */ _, /** @type {any} */ done) => done(null, { auth: "key:signature" }) } });
  const channel = client.subscribe("private-orders");
  await new Promise((resolve) => channel.bind("price", resolve));
  const refused = new Promise((resolve) => client.connection.bind("error", resolve));
  channel.trigger("client-typing", { who: "desk" });
  await refused;
  await new Promise((resolve) => setTimeout(resolve, 150));
  client.unsubscribe("private-orders");
  client.disconnect();
  await service.close();
  return clientVersions("pusher-js");
}

/** @param {Recorder} recorder */
export async function recordAbly(recorder) {
  const { Realtime } = await library("ably");
  const service = await answering(
    recorder,
    ({ action, id, channel, msgSerial, messages }, say) => {
      if (action === 10) say({ action: 11, channel, flags: 983040, channelSerial: "c1" });
      if (action === 15) say({ action: 1, msgSerial, count: 1, res: [{ serials: ["s1"] }] }, { action: 15, channel, id: "x:0", connectionId: "x", timestamp: 1_767_323_045_678, messages });
      if (action === 12) say({ action: 13, channel });
      if (action === 0) say({ action: 0, id });
      if (action === 7) say({ action: 8 });
    },
    (say) => say({ action: 4, connectionId: "x", connectionDetails: { clientId: "desk", connectionKey: "x!k", maxMessageSize: 65536, maxInboundRate: 250, connectionStateTtl: 120000, maxIdleInterval: 15000 } }),
  );
  const client = new Realtime({ token: "t.t:t", endpoint: "127.0.0.1", logLevel: 0, port: service.port, tls: false, useBinaryProtocol: false, transports: ["web_socket"] });
  const channel = client.channels.get("orders");
  const heard = new Promise((resolve) => channel.subscribe("placed", resolve));
  await channel.attach();
  await channel.publish("placed", { sym: "BTC-USD", qty: 2 });
  await heard;
  await client.connection.ping();
  await channel.detach();
  client.close();
  await new Promise((resolve) => setTimeout(resolve, 100));
  await service.close();
  return clientVersions("ably");
}

/** @param {Recorder} recorder */
export async function recordDdp(recorder) {
  const { default: Ddp } = await library("simpleddp");
  const service = await answering(recorder, ({ msg, id, method, name }, say) => {
    if (msg === "connect") say({ server_id: "0" }, { msg: "connected", session: "s1" }, { msg: "ping", id: "p1" });
    if (msg === "method") say(method === "orders.place" ? { msg: "result", id, result: { order: 7 } } : { msg: "result", id, error: { isClientSafe: true, error: 404, reason: "Method not found" } }, { msg: "updated", methods: [id] });
    if (msg === "sub") say({ msg: "added", collection: name, id: "o1", fields: { sym: "BTC-USD" } }, { msg: "changed", collection: name, id: "o1", fields: { qty: 2 } }, { msg: "ready", subs: [id] });
    if (msg === "unsub") say({ msg: "removed", collection: "orders", id: "o1" }, { msg: "nosub", id });
  });
  const client = new (Ddp.default ?? Ddp)({ endpoint: `${service.url}/websocket`, SocketConstructor: recorder.Plain, reconnectInterval: 60_000 });
  await client.connect();
  const subscription = client.subscribe("orders");
  await subscription.ready();
  await client.call("orders.place", { sym: "BTC-USD" });
  await client.call("orders.none").catch(() => {});
  subscription.stop();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await client.disconnect();
  await service.close();
  return clientVersions("simpleddp");
}

/** @param {Recorder} recorder */
export async function recordFirebase(recorder) {
  const { initializeApp, deleteApp } = await library("@firebase/app");
  const { getDatabase, connectDatabaseEmulator, ref, set, get, onValue, goOffline, push } = await library("@firebase/database");
  let host = "";
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    const say = (/** @type {object} */ message) => socket.send(JSON.stringify(message));
    say({ t: "c", d: { t: "h", d: { ts: 1_767_323_045_678, v: "5", h: host, s: "s1" } } });
    let text = "";
    let missing = 0;
    socket.on("message", (data) => {
      const piece = textOf(data);
      if (piece === "0") return;
      if (/^\d+$/.test(piece)) { missing = Number(piece); text = ""; return; }
      text += piece;
      if (missing > 0 && --missing > 0) return;
      const { t, d } = JSON.parse(text);
      text = "";
      if (t !== "d") return;
      if (d.a === "q") say({ t: "d", d: { a: "d", b: { p: d.b.p.replace(/^\//, ""), d: { sym: "BTC-USD" } } } });
      say({ t: "d", d: { r: d.r, b: d.a === "p" && d.b.p.includes("denied") ? { s: "permission_denied", d: "Permission denied" } : { s: "ok", d: d.a === "g" ? { qty: 2 } : {} } } });
    });
  });
  const between = await recorder.between(url);
  host = new URL(between.url).host;
  const app = initializeApp({ databaseURL: `http://${host}?ns=demo`, projectId: "demo" });
  const database = getDatabase(app);
  connectDatabaseEmulator(database, "127.0.0.1", Number(new URL(between.url).port));
  await new Promise((resolve) => onValue(ref(database, "orders/1"), resolve));
  await set(ref(database, "orders/2"), { sym: "ETH-USD", qty: 1 });
  // Longer than one frame.
  await set(ref(database, "notes"), "0123456789".repeat(1700));
  await set(ref(database, "denied"), 1).catch(() => {});
  await get(ref(database, "orders/3"));
  await push(ref(database, "log"), 1);
  goOffline(database);
  await deleteApp(app);
  await between.close();
  sockets.close();
  server.close();
  return clientVersions("@firebase/database");
}
