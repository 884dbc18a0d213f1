/** A WebSocket server for tests and benchmarks: bursts, one huge message, a steady flow, every way to end. */
import { binaryPayload, messagePackPayload, socketIoPayload, textPayload } from "./load-payloads.mjs";
import { closeServer, createLoopbackServer, listenOnLoopback } from "./loopback-server.mjs";
import { ServerRecord } from "./server-record.mjs";
import { requestUrl, UpgradeRouter } from "./upgrade-router.mjs";

/** @typedef {import("ws").WebSocket} WebSocket */
/** @typedef {import("./upgrade-router.mjs").ConnectionHandler} ConnectionHandler */

/** What may wait in a socket before the sender pauses. */
const MOST_BUFFERED_BYTES = 4 << 20;
const STEADY_INTERVAL_MS = 5;

/** A cookie of the page and one of the handshakes, to look for where no secret should be. */
export const PAGE_COOKIE = "page-session=not-for-export-1";
export const HANDSHAKE_COOKIE = "handshake-session=not-for-export-2";

/**
 * A running load server.
 * @typedef {object} LoadServer
 * @property {string} url An empty page, `http://127.0.0.1:port/`, which sets `PAGE_COOKIE` (HttpOnly).
 * @property {string} webSocketUrl `ws://127.0.0.1:port`, without a slash at the end.
 * @property {ServerRecord} record
 * @property {number} holding How many are held.
 * @property {() => number} letGo Lets what is held until now go on: sockets at `/held` close, pages that were asked for are answered. Answers how many.
 * @property {() => Promise<void>} close
 */

/**
 * Paths, each with its query parameters and their defaults:
 * - `/burst?count=1000&size=200&binary=0&close=0`: all messages at once, as fast as the socket takes them; a number
 *   that counts from 0 is in each payload (`load-payloads.mjs`). `close=1` ends with a closing handshake. `as=socket-io`
 *   or `as=message-pack`: the same in that form.
 * - `/steady?rate=1000&size=200&seconds=&stoppable=0`: so many messages a second, for ever where `seconds` is left out;
 *   `stoppable=1`: until a message comes.
 * - `/single?bytes=1000000&binary=0`: one message.
 * - `/fragments?count=10&parts=3&size=300`: messages in several RFC 6455 frames, with a ping between them.
 * - `/echo`: sends back what comes, as text or binary.
 * - `/close?code=1000&reason=&after=0`: closes after so many milliseconds; without `code`, a close frame without one.
 * - `/held`: says nothing, and closes with 1000 when it is let go.
 * - `/drop?after=0`: ends the TCP connection without a close frame.
 * - `/refuse?status=403`: refuses the handshake.
 *
 * On every path but `/refuse`, the first subprotocol asked for is chosen and `HANDSHAKE_COOKIE` is set (HttpOnly).
 * `/echo-deflate` is `/echo` with permessage-deflate (RFC 7692).
 *
 * `pages`: what to answer for some paths instead of the empty page; scripts are those that end with `.js`. `held`:
 * paths that are answered only when they are let go.
 *
 * @param {{ record?: import("./server-record.mjs").RecordMode, pages?: Readonly<Record<string, string>>, held?: readonly string[] }} options
 * @returns {Promise<LoadServer>}
 */
export async function startLoadServer({ record: mode = "payloads", pages = {}, held: heldPaths = [] } = {}) {
  const record = new ServerRecord(mode);
  /** @type {Set<() => void>} */
  const held = new Set();
  const server = createLoopbackServer((request, response) => {
    const { pathname } = requestUrl(request);
    const page = pages[pathname];
    response.setHeader("Set-Cookie", `${PAGE_COOKIE}; HttpOnly; SameSite=Lax`);
    response.setHeader("Content-Type", `text/${pathname.endsWith(".js") ? "javascript" : "html"}; charset=utf-8`);
    const answer = () => response.end(page ?? '<!doctype html><html lang="en"><title>Load server</title><link rel="icon" href="data:,">');
    if (heldPaths.includes(pathname)) held.add(answer);
    else answer();
  });
  const router = new UpgradeRouter(server, record);
  for (const [path, handler] of Object.entries(HANDLERS)) setHandshakeCookie(router.serve(path, handler));
  setHandshakeCookie(router.serve("/echo-deflate", echo, { perMessageDeflate: { threshold: 0 } }));
  setHandshakeCookie(router.serve("/held", (socket) => void held.add(() => socket.close(1000))));
  router.refuse("/refuse", (url) => numberOf(url, "status", 403));

  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    webSocketUrl: `ws://127.0.0.1:${port}`,
    record,
    get holding() {
      return held.size;
    },
    letGo: () => {
      const waiting = [...held];
      held.clear();
      for (const go of waiting) go();
      return waiting.length;
    },
    close: async () => {
      router.close();
      await closeServer(server);
    },
  };
}

/** @type {Record<string, ConnectionHandler>} */
const HANDLERS = {
  "/burst": (socket, url) => void burst(socket, url),
  "/steady": steady,
  "/single": (socket, url) => void send(socket, payloadMaker(url), 0, numberOf(url, "bytes", 1_000_000)),
  "/fragments": sendFragments,
  "/echo": echo,
  "/close": closeAfter,
  "/drop": (_socket, url, request) => {
    setTimeout(() => request.socket.destroy(), numberOf(url, "after", 0));
  },
};

/** @param {WebSocket} socket @param {URL} url */
async function burst(socket, url) {
  const make = payloadMaker(url);
  const size = numberOf(url, "size", 200);
  const count = numberOf(url, "count", 1000);
  for (let sequence = 0; sequence < count && socket.readyState === socket.OPEN; sequence += 1) {
    const written = send(socket, make, sequence, size);
    if (socket.bufferedAmount > MOST_BUFFERED_BYTES) await written;
  }
  if (url.searchParams.get("close") === "1") socket.close(1000);
}

/** @param {WebSocket} socket @param {URL} url */
function steady(socket, url) {
  const make = payloadMaker(url);
  const size = numberOf(url, "size", 200);
  const rate = numberOf(url, "rate", 1000);
  const most = rate * numberOf(url, "seconds", Infinity);
  const start = performance.now();
  let sequence = 0;
  const timer = setInterval(() => {
    const due = Math.min(most, ((performance.now() - start) / 1000) * rate);
    for (; sequence < due && socket.bufferedAmount < MOST_BUFFERED_BYTES; sequence += 1) void send(socket, make, sequence, size);
    if (sequence >= most) clearInterval(timer);
  }, STEADY_INTERVAL_MS);
  socket.on("close", () => clearInterval(timer));
  if (url.searchParams.get("stoppable") === "1") socket.once("message", () => clearInterval(timer));
}

/** @param {WebSocket} socket @param {URL} url */
function sendFragments(socket, url) {
  const size = numberOf(url, "size", 300);
  const parts = numberOf(url, "parts", 3);
  for (let sequence = 0; sequence < numberOf(url, "count", 10); sequence += 1) {
    const payload = textPayload(sequence, size);
    for (let part = 0; part < parts; part += 1) {
      const piece = payload.subarray(Math.floor((part * size) / parts), Math.floor(((part + 1) * size) / parts));
      socket.send(piece, { binary: false, fin: part === parts - 1 });
      socket.ping();
    }
  }
}

/** @param {WebSocket} socket */
function echo(socket) {
  socket.on("message", (data, isBinary) => socket.send(data, { binary: isBinary }));
}

/** @param {WebSocket} socket @param {URL} url */
function closeAfter(socket, url) {
  setTimeout(
    () => {
      if (url.searchParams.has("code")) socket.close(numberOf(url, "code", 1000), url.searchParams.get("reason") ?? "");
      else socket.close();
    },
    numberOf(url, "after", 0),
  );
}

/**
 * @param {URL} url
 * @returns {{ make: (sequence: number, size: number) => Buffer, binary: boolean }}
 */
function payloadMaker(url) {
  const form = FORMS[url.searchParams.get("as") ?? ""];
  const binary = url.searchParams.get("binary") === "1";
  return form ?? { binary, make: binary ? binaryPayload : textPayload };
}

/** @type {Readonly<Record<string, ReturnType<typeof payloadMaker>>>} */
const FORMS = {
  "socket-io": { binary: false, make: socketIoPayload },
  "message-pack": { binary: true, make: messagePackPayload },
};

/**
 * @param {WebSocket} socket
 * @param {ReturnType<typeof payloadMaker>} maker
 * @param {number} sequence
 * @param {number} size
 * @returns {Promise<void>} Done when the socket has written it, or has ended.
 */
function send(socket, { make, binary }, sequence, size) {
  return new Promise((resolve) => {
    socket.send(make(sequence, size), { binary }, () => resolve());
  });
}

/** @param {import("ws").WebSocketServer} server */
function setHandshakeCookie(server) {
  server.on("headers", (headers) => headers.push(`Set-Cookie: ${HANDSHAKE_COOKIE}; HttpOnly`));
}

/**
 * @param {URL} url
 * @param {string} name
 * @param {number} otherwise
 */
function numberOf(url, name, otherwise) {
  const text = url.searchParams.get(name);
  return text === null ? otherwise : Number(text);
}
