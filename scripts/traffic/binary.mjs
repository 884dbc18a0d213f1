/** Binary protocols, each with its own server and client. */
import { WebSocketServer } from "ws";
import { library } from "./libraries/library.mjs";
import { listen, versions } from "./recorder.mjs";

/** @typedef {import("./recorder.mjs").Recorder} Recorder */

/** @param {Recorder} recorder */
export async function recordRSocket(recorder) {
  const { RSocketClient, RSocketServer, BufferEncoders } = await library("rsocket-core");
  const { Flowable, Single } = await library("rsocket-flowable");
  const { default: Transport } = await library("rsocket-websocket-client");
  const { default: Listener } = await library("rsocket-websocket-server");
  const { server: held, url: free } = await listen();
  const port = Number(new URL(free).port);
  held.close();
  const json = (/** @type {unknown} */ value) => ({ data: Buffer.from(JSON.stringify(value)), metadata: undefined });
  const service = new RSocketServer({
    getRequestHandler: () => ({
      requestResponse: (/** @type {any} */ { data }) => (JSON.parse(data.toString()).qty > 0 ? Single.of(json({ ok: true })) : Single.error(new Error("no quantity"))),
      requestStream: () => Flowable.just(json({ px: 1.5 }), json({ px: 2.5 })),
      fireAndForget: () => {},
    }),
    transport: new (Listener.default ?? Listener)({ host: "127.0.0.1", port }, BufferEncoders),
  });
  service.start();
  const client = new RSocketClient({
    setup: { dataMimeType: "application/json", metadataMimeType: "message/x.rsocket.routing.v0", keepAlive: 60, lifetime: 10_000 },
    transport: new (Transport.default ?? Transport)({ url: `ws://127.0.0.1:${port}/rsocket`, wsCreator: (/** @type {string} */ url) => new recorder.WebSocket(url) }, BufferEncoders),
  });
  const ask = (/** @type {string} */ route, /** @type {unknown} */ value) => ({ data: Buffer.from(JSON.stringify(value)), metadata: Buffer.from(String.fromCharCode(route.length) + route) });
  const socket = await client.connect();
  const settled = (/** @type {any} */ single) => new Promise((resolve) => single.subscribe({ onComplete: resolve, onError: resolve, onSubscribe: (/** @type {any} */ subscription) => subscription?.request?.(10), onNext: () => {} }));
  await settled(socket.requestResponse(ask("orders.place", { sym: "BTC-USD", qty: 2 })));
  await settled(socket.requestResponse(ask("orders.place", { sym: "BTC-USD", qty: 0 })));
  await settled(socket.requestStream(ask("prices", { sym: "BTC-USD" })));
  socket.fireAndForget(ask("seen", { order: 7 }));
  await new Promise((resolve) => setTimeout(resolve, 150));
  client.close();
  service.stop();
  await recordFragments(recorder);
  return versions("rsocket-core", "rsocket-core-1");
}

/** What the client's next version sends in frames of 32 bytes; its server sends whole ones. @param {Recorder} recorder */
async function recordFragments(recorder) {
  const { RSocketConnector, RSocketServer } = await library("rsocket-core-1");
  const { WebsocketClientTransport } = await library("rsocket-websocket-client-1");
  const { WebsocketServerTransport } = await library("rsocket-websocket-server-1");
  const { server: http, url } = await listen();
  const server = new RSocketServer({
    transport: new WebsocketServerTransport({
      wsCreator: () => {
        const sockets = new WebSocketServer({ server: http });
        // Its HTTP server listens already.
        queueMicrotask(() => sockets.emit("listening"));
        return sockets;
      },
    }),
    acceptor: {
      accept: async () => ({
        requestResponse: (/** @type {any} */ { data }, /** @type {any} */ responder) => {
          responder.onNext({ data: Buffer.from(JSON.stringify({ ok: true, items: JSON.parse(data.toString()).items.length })) }, true);
          return { cancel: () => {}, onExtension: () => {} };
        },
      }),
    },
  });
  await server.bind();
  const connector = new RSocketConnector({
    setup: { dataMimeType: "application/json", metadataMimeType: "message/x.rsocket.routing.v0", keepAlive: 60_000, lifetime: 300_000 },
    fragmentation: { maxOutboundFragmentSize: 32 },
    transport: new WebsocketClientTransport({ url: `${url}/rsocket`, wsCreator: (/** @type {string} */ address) => new recorder.WebSocket(address) }),
  });
  const client = await connector.connect();
  const ask = (/** @type {string} */ route, /** @type {unknown} */ value) =>
    new Promise((resolve, reject) => {
      client.requestResponse({ data: Buffer.from(JSON.stringify(value)), metadata: Buffer.from(String.fromCharCode(route.length) + route) }, { onError: reject, onNext: resolve, onComplete: () => {}, onExtension: () => {} });
    });
  const basket = (/** @type {number} */ length) => ({ sym: "BTC-USD", items: Array.from({ length }, (_, i) => ({ qty: i + 1 })) });
  // The second has a route that is longer than a frame.
  await Promise.all([ask("orders.place", basket(6)), ask("orders.place.with-a-name-that-takes-more-than-one-frame", basket(2))]);
  client.close();
  http.close();
}

/** @param {Recorder} recorder */
export async function recordYjs({ WebSocket }) {
  const { Doc } = await library("yjs");
  const { WebsocketProvider } = await library("y-websocket");
  const { setupWSConnection } = (await library("y-websocket/bin/utils")).default;
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", setupWSConnection);
  const provider = new WebsocketProvider(url, "notes", new Doc(), { WebSocketPolyfill: WebSocket, disableBc: true });
  provider.awareness.setLocalStateField("user", { name: "desk", color: "#30bced" });
  await new Promise((resolve) => provider.once("synced", resolve));
  provider.doc.getMap("order").set("sym", "BTC-USD");
  await new Promise((resolve) => setTimeout(resolve, 100));
  provider.destroy();
  sockets.close();
  server.close();
  return versions("yjs", "y-websocket");
}

/** @param {Recorder} recorder */
export async function recordHocuspocus({ WebSocket }) {
  const { Doc } = await library("yjs");
  const { Server } = await library("@hocuspocus/server");
  const { HocuspocusProvider, HocuspocusProviderWebsocket } = await library("@hocuspocus/provider");
  const { server: held, url } = await listen();
  const port = Number(new URL(url).port);
  await new Promise((resolve) => held.close(resolve));
  const server = new Server({ port, address: "127.0.0.1", quiet: true, stopOnSignals: false, onStateless: async (/** @type {any} */ { payload, document }) => document.broadcastStateless(`heard ${payload}`), onAuthenticate: async () => {} });
  await server.listen();
  const websocketProvider = new HocuspocusProviderWebsocket({ url: `ws://127.0.0.1:${port}`, WebSocketPolyfill: WebSocket });
  const provider = new HocuspocusProvider({ websocketProvider, name: "notes", document: new Doc(), token: "secret" });
  provider.attach();
  await new Promise((resolve) => provider.on("synced", resolve));
  provider.setAwarenessField("user", { name: "desk" });
  provider.document.getMap("order").set("sym", "BTC-USD");
  const heard = new Promise((resolve) => provider.on("stateless", resolve));
  provider.sendStateless("hello");
  await heard;
  await new Promise((resolve) => setTimeout(resolve, 100));
  provider.destroy();
  websocketProvider.destroy();
  await server.destroy();
  return versions("@hocuspocus/server", "@hocuspocus/provider");
}
