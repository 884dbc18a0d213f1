/** The market feed: JSON over plain `ws`. Every request has an `id`, and its answer carries the same one. */
import { INSTRUMENTS } from "../exchange.mjs";
import { parseJsonMessage } from "./json-message.mjs";

/** @typedef {import("ws").WebSocket} WebSocket */
/** @typedef {import("../exchange.mjs").Exchange} Exchange */
/** @typedef {import("../exchange.mjs").Side} Side */

/**
 * What a client may ask:
 * - `subscribe` and `unsubscribe` with `channel`: `ticks.SYMBOL`, `trades.SYMBOL`, or `*` for the symbol;
 * - `rate` with `perSecond`, the messages a second over all channels;
 * - `order` with `sym`, `side` and `qty`, a market order; `ping`.
 * @typedef {{ op?: unknown, id?: unknown, channel?: unknown, perSecond?: unknown, sym?: unknown, side?: unknown, qty?: unknown }} Request
 */

const FIRST_RATE = 20;
const MOST_RATE = 5000;
const INTERVAL_MS = 10;
const HEARTBEAT_MS = 5000;
/** A client that reads slower than this much behind gets no more until it has caught up. */
const MOST_BUFFERED_BYTES = 1 << 20;
/** Of the messages about a symbol whose ticks and trades are both wanted. */
const TRADE_SHARE = 0.3;

/**
 * @param {Exchange} exchange
 * @returns {(socket: WebSocket) => void}
 */
export function marketFeed(exchange) {
  return (socket) => {
    const client = new FeedClient(exchange, (message) => socket.send(JSON.stringify(message)));
    socket.on("message", (data, isBinary) => client.answer(parseJsonMessage(data, isBinary)));
    const flow = setInterval(() => {
      if (socket.bufferedAmount < MOST_BUFFERED_BYTES) client.publish(performance.now());
    }, INTERVAL_MS);
    const heartbeat = setInterval(() => socket.send(JSON.stringify({ type: "heartbeat", ts: Date.now() })), HEARTBEAT_MS);
    socket.on("close", () => {
      clearInterval(flow);
      clearInterval(heartbeat);
    });
  };
}

/** One client's subscriptions and its share of the flow. */
class FeedClient {
  #exchange;
  #send;
  /** @type {Set<string>} */
  #channels = new Set();
  #perSecond = FIRST_RATE;
  #owed = 0;
  #seq = 0;
  #last = performance.now();

  /**
   * @param {Exchange} exchange
   * @param {(message: object) => void} send
   */
  constructor(exchange, send) {
    this.#exchange = exchange;
    this.#send = send;
    send({ type: "welcome", instruments: INSTRUMENTS.map(({ symbol, name, tick }) => ({ sym: symbol, name, tick })) });
  }

  /** Sends what is due. @param {number} now In milliseconds. */
  publish(now) {
    // After a pause (a slow reader, a sleeping machine) the flow goes on; it does not catch up.
    this.#owed += Math.min(now - this.#last, 1000) * (this.#perSecond / 1000);
    this.#last = now;
    const symbols = INSTRUMENTS.map(({ symbol }) => symbol).filter((symbol) => this.#wants("ticks", symbol) || this.#wants("trades", symbol));
    if (symbols.length === 0) this.#owed = 0;
    for (; this.#owed >= 1; this.#owed -= 1) {
      const symbol = symbols[Math.floor(this.#exchange.between(0, symbols.length))];
      if (symbol !== undefined) this.#publishOne(symbol);
    }
  }

  /** @param {Request | null} request Null where the message was no JSON object. */
  answer(request) {
    const id = request?.id ?? null;
    if (request === null) return this.#send({ type: "error", id, message: "A request is a JSON object." });
    const { op, channel, perSecond } = request;
    if ((op === "subscribe" || op === "unsubscribe") && typeof channel === "string") {
      if (op === "subscribe") this.#channels.add(channel);
      else this.#channels.delete(channel);
      return this.#send({ type: `${op}d`, id, channel, channels: [...this.#channels] });
    }
    if (op === "rate" && typeof perSecond === "number" && perSecond >= 0 && perSecond <= MOST_RATE) {
      this.#perSecond = perSecond;
      return this.#send({ type: "rate", id, perSecond });
    }
    if (op === "order") return this.#answerOrder(id, request);
    if (op === "ping") return this.#send({ type: "pong", id, ts: Date.now() });
    return this.#send({ type: "error", id, message: `The feed does not know how to do ${JSON.stringify(op)} with these values.` });
  }

  /** @param {unknown} id @param {Request} request */
  #answerOrder(id, { sym, side, qty }) {
    const isOrder =
      typeof sym === "string" && this.#exchange.has(sym) && (side === "buy" || side === "sell") && typeof qty === "number" && qty > 0;
    if (!isOrder) return this.#send({ type: "error", id, message: "An order names a known sym, a side and a positive qty." });
    const fills = this.#exchange.fill(sym, side, qty);
    return this.#send({ type: "order", id, ok: true, orderId: this.#exchange.nextId(), sym, side, qty, fills });
  }

  /** @param {string} symbol */
  #publishOne(symbol) {
    this.#seq += 1;
    const seq = this.#seq;
    const ts = Date.now();
    if (this.#wants("trades", symbol) && (!this.#wants("ticks", symbol) || this.#exchange.between(0, 1) < TRADE_SHARE)) {
      const side = this.#exchange.between(0, 1) < 0.5 ? "buy" : "sell";
      const { sym, bid, ask, qty } = this.#exchange.quote(symbol);
      return this.#send({ type: "trade", seq, id: this.#exchange.nextId(), sym, side, px: side === "buy" ? ask : bid, qty, ts });
    }
    return this.#send({ type: "tick", seq, ...this.#exchange.tick(symbol), ts });
  }

  /** @param {"ticks" | "trades"} kind @param {string} symbol */
  #wants(kind, symbol) {
    return this.#channels.has(`${kind}.${symbol}`) || this.#channels.has(`${kind}.*`);
  }
}
