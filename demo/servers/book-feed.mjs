/** The order book: MessagePack in binary messages, a snapshot first, then what changed. */
import { decode, encode } from "@msgpack/msgpack";

/** @typedef {import("ws").WebSocket} WebSocket */
/** @typedef {import("../exchange.mjs").Exchange} Exchange */

const INTERVAL_MS = 100;
const SNAPSHOT_EVERY = 100;
const DELTA_LEVELS = 10;
const MOST_BUFFERED_BYTES = 1 << 20;

/**
 * Server: `{t: "snapshot" | "delta", seq, sym, bids, asks, ts}`, a level being `[price, quantity]`. A delta holds the
 * best levels only. Client: `{op: "watch", id, sym}`, answered with
 * `{t: "watching", id, sym}`.
 * @param {Exchange} exchange
 * @param {string} firstSymbol
 * @returns {(socket: WebSocket) => void}
 */
export function bookFeed(exchange, firstSymbol) {
  return (socket) => {
    let symbol = firstSymbol;
    let seq = 0;
    let sinceSnapshot = 0;
    const send = (/** @type {object} */ message) => socket.send(encode(message));
    const publish = () => {
      if (socket.bufferedAmount > MOST_BUFFERED_BYTES) return;
      const { bids, asks } = exchange.book(symbol);
      const isSnapshot = sinceSnapshot % SNAPSHOT_EVERY === 0;
      const depth = isSnapshot ? bids.length : DELTA_LEVELS;
      seq += 1;
      sinceSnapshot += 1;
      send({ t: isSnapshot ? "snapshot" : "delta", seq, sym: symbol, bids: bids.slice(0, depth), asks: asks.slice(0, depth), ts: Date.now() });
    };
    socket.on("message", (data, isBinary) => {
      const wanted = isBinary && Buffer.isBuffer(data) ? toWatch(data) : null;
      if (wanted === null || !exchange.has(wanted.sym)) return send({ t: "error", message: "Send {op: \"watch\", id, sym} as MessagePack." });
      symbol = wanted.sym;
      sinceSnapshot = 0;
      return send({ t: "watching", id: wanted.id, sym: symbol });
    });
    const flow = setInterval(publish, INTERVAL_MS);
    socket.on("close", () => clearInterval(flow));
  };
}

/**
 * @param {Buffer} bytes
 * @returns {{ id: unknown, sym: string } | null}
 */
function toWatch(bytes) {
  try {
    const value = decode(bytes);
    if (typeof value !== "object" || value === null) return null;
    /** @type {{ op?: unknown, id?: unknown, sym?: unknown }} */
    const { op, id, sym } = value;
    return op === "watch" && typeof sym === "string" ? { id, sym } : null;
  } catch {
    return null;
  }
}
