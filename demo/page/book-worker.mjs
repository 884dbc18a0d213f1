/** Receives the MessagePack book feed, keeps the whole book, and posts it to the page. */
import { ReconnectingSocket, socketUrl } from "./reconnecting-socket.mjs";

/** @typedef {import("./order-book.mjs").Level} Level */
/** @typedef {import("./order-book.mjs").FromBookWorker} FromBookWorker */

let lastRequest = 0;
let symbol = "";
/** @type {import("./order-book.mjs").Book} */
let book = { sym: "", bids: [], asks: [] };

// A worker does not see the page's import map: the library's address is written out.
/** @type {Promise<typeof import("@msgpack/msgpack")>} */
const msgpack = import(new URL("/modules/@msgpack/msgpack/index.mjs", location.origin).href);

const socket = new ReconnectingSocket(socketUrl("book"), {
  report: (report) => post({ report }),
  onMessage: (data) => void take(data),
  onOpen: () => void watch(),
}).connect();

addEventListener("message", ({ data }) => {
  symbol = data.watch;
  void watch();
});

async function watch() {
  const { encode } = await msgpack;
  if (symbol !== "") socket.send(encode({ op: "watch", id: (lastRequest += 1), sym: symbol }));
}

/** @param {unknown} data */
async function take(data) {
  if (!(data instanceof ArrayBuffer)) return;
  const { decode } = await msgpack;
  const message = decode(data);
  if (typeof message !== "object" || message === null || !("bids" in message)) return;
  const { t, sym, bids, asks } = /** @type {{ t: string, sym: string, bids: Level[], asks: Level[] }} */ (message);
  if (t === "snapshot") book = { sym, bids, asks };
  // A delta holds the best levels: of the old book, only what lies behind them still stands.
  if (t === "delta" && sym === book.sym) book = { sym, bids: replaceBest(book.bids, bids, -1), asks: replaceBest(book.asks, asks, 1) };
  post({ book });
}

/** @param {Level[]} levels @param {Level[]} best @param {1 | -1} away Where worse prices lie. */
function replaceBest(levels, best, away) {
  const edge = best.at(-1)?.[0] ?? 0;
  return [...best, ...levels.filter(([price]) => (price - edge) * away > 0)];
}

/** @param {FromBookWorker} message */
function post(message) {
  postMessage(message);
}
