/**
 * Services at addresses that their own clients have fixed: these clients, and a server here that answers as the services'
 * documents say. What a client sends is its own; what it receives is ours.
 */
import module, { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";
import zlib, { brotliCompressSync, constants, createDeflate, gzipSync } from "node:zlib";
import { WebSocketServer } from "ws";
import { library } from "./libraries/library.mjs";
import { clientVersions, listen, textOf } from "./recorder.mjs";

/** @typedef {import("./recorder.mjs").Recorder} Recorder */

/** What `require` asks, so that a library is given another `ws` than its own. */
const loader = /** @type {{ _load: (request: string, ...rest: unknown[]) => unknown }} */ (/** @type {unknown} */ (module));
const require = createRequire(new URL("libraries/library.mjs", import.meta.url));

/**
 * A server, and the library that opens its sockets to it; the recording has the address that it asked for.
 * @param {Recorder} recorder
 * @param {string} name The library, in CommonJS, which requires `ws`.
 * @param {(say: (message: string | Uint8Array) => void, hear: (answer: (data: Buffer, text: string) => void) => void, asked: string) => void} serve
 */
async function atItsAddress(recorder, name, serve) {
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket, { url: asked }) => serve((message) => socket.send(message), (answer) => socket.on("message", (data) => answer(/** @type {Buffer} */ (data), textOf(data))), asked ?? ""));
  class Redirected extends recorder.WebSocket {
    static WebSocket = Redirected;

    /** @param {string | URL} asked */
    constructor(asked) {
      const { pathname, search } = new URL(asked);
      super(`${url}${pathname}${search}`);
      const connection = recorder.connections.at(-1);
      if (connection !== undefined) connection.url = new URL(asked).href;
    }

    /** Texts as texts, as older versions of `ws` told them. @override @param {any} event @param {any[]} told */
    emit(event, ...told) {
      return event === "message" && told[1] === false ? super.emit(event, String(told[0]), false) : super.emit(event, ...told);
    }
  }
  const load = loader._load;
  loader._load = (request, ...rest) => (request === "ws" || request === "isomorphic-ws" ? Redirected : load(request, ...rest));
  const client = require(name);
  loader._load = load;
  return { client, close: () => { sockets.close(); server.closeAllConnections(); server.close(); } };
}

/** @param {string} text */
const framed = (text) => `~m~${text.length}~m~${text}`;

/** @param {Recorder} recorder */
export async function recordTradingView(recorder) {
  const { client: { Client }, close } = await atItsAddress(recorder, "@mathieuc/tradingview", (say, hear) => {
    say(framed(JSON.stringify({ session_id: "<0.1.2>_chart", timestamp: 1767323045, release: "release_210-1", studies_metadata_hash: "x", protocol: "json", javastudies: "3.64", auth_scheme_vsn: 2, via: "127.0.0.1" })));
    hear((_, text) => {
      if (text.includes('"create_series"')) {
        const [chart, series] = /** @type {[string, string]} */ (JSON.parse(text.slice(text.indexOf("{", text.lastIndexOf("~m~")))).p);
        say(framed(JSON.stringify({ m: "series_loading", p: [chart, series, "s1"] })) + framed(JSON.stringify({ m: "timescale_update", p: [chart, { [series]: { node: "x", s: [{ i: 0, v: [1767322800, 64000, 64100, 63900, 64012.5, 12.5] }], ns: { d: "", indexes: "nochange" }, t: "s1" } }, { index: 0, zoffset: 0, changes: [1767322800], marks: [], index_diff: [] }] })) + framed(JSON.stringify({ m: "series_completed", p: [chart, series, "streaming", "s1"] })));
        say(framed("~h~1"));
      }
    });
  });
  const client = new Client();
  const chart = new client.Session.Chart();
  const heard = new Promise((resolve) => chart.onUpdate(() => resolve(undefined)));
  const beat = new Promise((resolve) => client.onPing(() => resolve(undefined)));
  chart.setMarket("BINANCE:BTCUSDT", { timeframe: "60", range: 1 });
  await heard;
  await beat;
  chart.delete();
  await setTimeout(100);
  await client.end();
  close();
  return clientVersions("@mathieuc/tradingview");
}

/** @param {number} operation @param {string | Uint8Array} body @param {number} version */
function packet(operation, body, version = 0) {
  const content = Buffer.from(body);
  const head = Buffer.alloc(16);
  head.writeUInt32BE(16 + content.length, 0);
  head.writeUInt16BE(16, 4);
  head.writeUInt16BE(version, 6);
  head.writeUInt32BE(operation, 8);
  head.writeUInt32BE(1, 12);
  return Buffer.concat([head, content]);
}

/** @param {Recorder} recorder */
export async function recordBilibili(recorder) {
  const { client: { LiveWS }, close } = await atItsAddress(recorder, "bilibili-live-ws", (say, hear) => {
    hear((data) => {
      const operation = data.readUInt32BE(8);
      if (operation === 7) say(packet(8, '{"code":0}', 1));
      if (operation !== 2) return;
      say(packet(3, Uint8Array.of(0, 0, 0x12, 0x34), 1));
      const messages = [{ cmd: "DANMU_MSG", info: [[0, 1, 25], "弹幕", [1, "东京"]] }, { cmd: "INTERACT_WORD", data: { uname: "东京", roomid: 12235923 } }];
      say(packet(5, brotliCompressSync(Buffer.concat(messages.map((message) => packet(5, JSON.stringify(message))))), 3));
      say(packet(5, JSON.stringify({ cmd: "ONLINE_RANK_COUNT", data: { count: 7 } })));
    });
  });
  const live = new LiveWS(12_235_923, { protover: 3, uid: 0, key: "token" });
  await new Promise((resolve) => live.on("ONLINE_RANK_COUNT", resolve));
  live.close();
  await setTimeout(100);
  close();
  return clientVersions("bilibili-live-ws");
}

/**
 * Each message flushed, in one stream.
 * @param {import("node:stream").Transform & { flush: (kind: number, done: () => void) => void }} stream
 * @param {number} kind
 * @returns {(text: string) => Promise<Buffer>}
 */
function flushing(stream, kind) {
  return (text) => {
    /** @type {Buffer[]} */
    const pieces = [];
    stream.removeAllListeners("data");
    stream.on("data", (piece) => pieces.push(piece));
    stream.write(text);
    return new Promise((resolve) => { stream.flush(kind, () => resolve(Buffer.concat(pieces))); });
  };
}

/** How the gateway packs messages, by what was asked for. @type {Readonly<Record<string, () => (text: string) => Promise<string | Buffer>>>} */
const DISCORD_PACKINGS = {
  "zlib-stream": () => flushing(createDeflate(), constants.Z_SYNC_FLUSH),
  // Of Node from 22.15 on, whose types are not those of the Node that the rest runs on.
  "zstd-stream": () => flushing(/** @type {any} */ (zlib).createZstdCompress(), /** @type {any} */ (constants).ZSTD_e_flush),
};

/** @param {Recorder} recorder */
export async function recordDiscord(recorder) {
  const { client: { CompressionMethod, WebSocketManager, WebSocketShardEvents }, close } = await atItsAddress(recorder, "@discordjs/ws", (say, hear, asked) => {
    const pack = DISCORD_PACKINGS[new URLSearchParams(asked.split("?")[1]).get("compress") ?? ""]?.() ?? (async (/** @type {string} */ text) => text);
    let last = Promise.resolve();
    const tell = (/** @type {object} */ message) => { last = last.then(async () => say(await pack(JSON.stringify(message)))); };
    tell({ t: null, s: null, op: 10, d: { heartbeat_interval: 300, _trace: ["gateway"] } });
    hear((_, text) => {
      const { op } = JSON.parse(text);
      if (op === 1) tell({ t: null, s: null, op: 11, d: null });
      if (op === 2) {
        tell({ t: "READY", s: 1, op: 0, d: { v: 10, user: { id: "1", username: "desk", bot: true }, session_id: "s", resume_gateway_url: "wss://gateway.discord.gg", guilds: [{ id: "7", unavailable: true }], application: { id: "1", flags: 0 } } });
        tell({ t: "MESSAGE_CREATE", s: 2, op: 0, d: { id: "9", channel_id: "8", guild_id: "7", content: "東京", author: { id: "1", username: "desk" } } });
      }
    });
  });
  for (const compression of [null, CompressionMethod.ZlibNative, CompressionMethod.ZstdNative]) {
    const information = { url: "wss://gateway.discord.gg", shards: 1, session_start_limit: { total: 1000, remaining: 1000, reset_after: 1000, max_concurrency: 1 } };
    const manager = new WebSocketManager({ token: "token", intents: 512, compression, rest: { get: async () => information }, fetchGatewayInformation: async () => information });
    const beaten = new Promise((resolve) => manager.on(WebSocketShardEvents.HeartbeatComplete, resolve));
    await manager.connect();
    await beaten;
    await manager.destroy({ code: 1000 });
    await setTimeout(100);
  }
  close();
  return clientVersions("@discordjs/ws");
}

/** @param {Recorder} recorder */
export async function recordOkx(recorder) {
  const { client: { WebsocketClient }, close } = await atItsAddress(recorder, "okx-api", (say, hear) => {
    const tell = (/** @type {object} */ message) => say(JSON.stringify(message));
    hear((_, text) => {
      if (text === "ping") return say("pong");
      const { op, id, args } = JSON.parse(text);
      for (const arg of args) {
        if (arg.channel === "nothing") tell({ ...(id && { id }), event: "error", code: "60018", msg: "Wrong URL or channel:nothing,instId:BTC-USDT doesn't exist. Please use the correct URL, channel and parameters referring to API document.", connId: "a4d3ae55" });
        else tell({ ...(id && { id }), event: op, arg, connId: "a4d3ae55" });
        if (op === "subscribe" && arg.channel === "tickers") tell({ arg, data: [{ instType: "SPOT", instId: arg.instId, last: "64012.5", lastSz: "0.1", askPx: "64012.6", askSz: "11", bidPx: "64012.5", bidSz: "5", ts: "1767323045678" }] });
      }
    });
  });
  const quiet = { trace: () => {}, info: () => {}, error: () => {} };
  const client = new WebsocketClient({ pingInterval: 200, pongTimeout: 2000 }, quiet);
  client.on("exception", () => {});
  const heard = new Promise((resolve) => client.on("update", resolve));
  client.subscribe({ channel: "tickers", instId: "BTC-USDT" });
  await heard;
  client.subscribe({ channel: "nothing", instId: "BTC-USDT" });
  await setTimeout(300);
  client.unsubscribe({ channel: "tickers", instId: "BTC-USDT" });
  await setTimeout(100);
  client.closeAll(true);
  close();
  return clientVersions("okx-api");
}

/** @param {Recorder} recorder */
export async function recordBinance(recorder) {
  const { client: { WebsocketClient }, close } = await atItsAddress(recorder, "binance", (say, hear) => {
    const tell = (/** @type {object} */ message) => say(JSON.stringify(message));
    hear((_, text) => {
      const { method, params, id } = JSON.parse(text);
      if (method === "time") tell({ id, status: 200, result: { serverTime: 1_767_323_045_678 }, rateLimits: [{ rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1, limit: 6000, count: 1 }] });
      else if (method === "ticker.price") tell({ id, status: 400, error: { code: -1121, msg: "Invalid symbol." }, rateLimits: [] });
      else tell({ result: null, id });
      if (method === "SUBSCRIBE") for (const stream of params) tell({ stream, data: { e: "trade", E: 1_767_323_045_678, s: "BTCUSDT", t: 12345, p: "64012.50", q: "0.100", T: 1_767_323_045_677, m: true, M: true } });
    });
  });
  const quiet = { trace: () => {}, info: () => {}, error: () => {} };
  const client = new WebsocketClient({ beautify: false }, quiet);
  client.on("exception", () => {});
  const heard = new Promise((resolve) => client.on("message", resolve));
  void client.subscribe(["btcusdt@trade"], "main");
  await heard;
  await client.sendWSAPIRequest("mainWSAPI", "time", undefined, { authIsOptional: true });
  await client.sendWSAPIRequest("mainWSAPI", "ticker.price", { symbol: "NOTHING" }, { authIsOptional: true }).catch(() => {});
  void client.unsubscribe(["btcusdt@trade"], "main");
  await setTimeout(200);
  client.closeAll(true);
  close();
  return clientVersions("binance");
}

/** @param {Recorder} recorder */
export async function recordHtx(recorder) {
  const { default: ccxt } = await library("ccxt");
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    const tell = (/** @type {object} */ message) => socket.send(gzipSync(JSON.stringify(message)));
    socket.on("message", (data) => {
      const { sub, unsub, id, pong } = JSON.parse(textOf(data));
      if (pong !== undefined) return;
      if (unsub !== undefined) return tell({ id, unsubbed: unsub, status: "ok", ts: 1_767_323_045_900 });
      if (sub.includes("nothing")) return tell({ id, status: "error", "err-code": "bad-request", "err-msg": `invalid topic ${sub}`, ts: 1_767_323_045_678 });
      tell({ id, status: "ok", subbed: sub, ts: 1_767_323_045_678 });
      tell({ ping: 1_767_323_045_700 });
      tell({ ch: sub, ts: 1_767_323_045_800, tick: { id: 1, open: 63_900, close: 64_012.5, low: 63_800, high: 64_100, amount: 12.5, vol: 800_000, count: 99 } });
    });
  });
  const between = await recorder.between(url);
  const exchange = new ccxt.pro.htx();
  const market = (/** @type {string} */ id, /** @type {string} */ base) => exchange.safeMarketStructure({ id, lowercaseId: id, symbol: `${base}/USDT`, base, quote: "USDT", baseId: base.toLowerCase(), quoteId: "usdt", type: "spot", spot: true, active: true });
  exchange.setMarkets([market("btcusdt", "BTC"), market("nothing", "NOTHING")]);
  exchange.urls.api.ws.api.spot.public = `${between.url}/ws`;
  await exchange.loadHttpProxyAgent();
  await exchange.watchTicker("BTC/USDT");
  await exchange.watchTicker("NOTHING/USDT").catch(() => {});
  await exchange.unWatchTicker("BTC/USDT").catch(() => {});
  await setTimeout(100);
  await exchange.close();
  await between.close();
  sockets.close();
  server.close();
  return clientVersions("ccxt");
}
