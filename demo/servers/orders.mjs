/** The order desk: Socket.IO, namespace `/orders`, with acknowledgements and binary attachments. */
import { Server } from "socket.io";
import { RecordedWebSocketServer } from "../upgrade-router.mjs";

/** @typedef {import("../exchange.mjs").Exchange} Exchange */
/** @typedef {import("../exchange.mjs").Side} Side */
/** @typedef {import("../server-record.mjs").ServerRecord} ServerRecord */

/** @typedef {{ sym: string, side: Side, px: number, qty: number, ref: string }} Order `ref` is the client's own name for it. */
/** @typedef {{ ok: true, orderId: number, state: "filled" | "resting", fills: import("../exchange.mjs").Fill[] }} Accepted */
/** @typedef {{ ok: false, error: string }} Rejected */

export const SOCKET_IO_PATH = "/socket.io/";
/** What the desk takes to answer. */
const ANSWER_MS = /** @type {const} */ ([6, 70]);
/** A limit this far from the market does not fill at once. */
const NEAR = 0.0015;

/**
 * Events from the client, each acknowledged: `order:place` (Order), `order:cancel` (orderId), `order:sign` (orderId and
 * 32 bytes of signature). Events to the client: `order:update`, and `order:ticket` with the ticket as bytes.
 *
 * @param {import("node:http").Server} httpServer
 * @param {Exchange} exchange
 * @param {ServerRecord} record
 * @returns {Server}
 */
export function serveOrders(httpServer, exchange, record) {
  class Engine extends RecordedWebSocketServer {
    /** @param {import("ws").ServerOptions} options */
    constructor(options) {
      super(options, record);
    }
  }
  const io = new Server(httpServer, {
    path: SOCKET_IO_PATH,
    serveClient: false,
    transports: ["websocket"],
    wsEngine: Engine,
    // Without compression Socket.IO writes broadcasts past the socket's `send`, where no record would see them.
    perMessageDeflate: { threshold: 1024 },
    // Other paths belong to other servers: their upgrades are not this one's to end.
    destroyUpgrade: false,
  });
  io.of("/orders").on("connection", (socket) => {
    const desk = new OrderDesk(exchange, socket);
    socket.on("order:place", (order, acknowledge) => desk.place(order, acknowledge));
    socket.on("order:cancel", (orderId, acknowledge) => desk.cancel(orderId, acknowledge));
    socket.on("order:sign", (orderId, signature, acknowledge) => desk.sign(orderId, signature, acknowledge));
    socket.on("disconnect", () => desk.close());
  });
  return io;
}

/** One client's orders. */
class OrderDesk {
  #exchange;
  #socket;
  /** @type {Set<NodeJS.Timeout>} */
  #timers = new Set();
  /** @type {Map<number, Order>} */
  #resting = new Map();

  /** @param {Exchange} exchange @param {import("socket.io").Socket} socket */
  constructor(exchange, socket) {
    this.#exchange = exchange;
    this.#socket = socket;
  }

  /** @param {unknown} value @param {unknown} acknowledge */
  place(value, acknowledge) {
    const order = toOrder(value, this.#exchange);
    this.#later(() => {
      if (order === null) return reply(acknowledge, { ok: false, error: "An order names a known sym, a side, and a positive px and qty." });
      const orderId = this.#exchange.nextId();
      const { bid, ask } = this.#exchange.quote(order.sym);
      const isFilled = order.side === "buy" ? order.px >= ask * (1 - NEAR) : order.px <= bid * (1 + NEAR);
      if (!isFilled) {
        this.#resting.set(orderId, order);
        return reply(acknowledge, { ok: true, orderId, state: "resting", fills: [] });
      }
      const fills = this.#exchange.fill(order.sym, order.side, order.qty);
      reply(acknowledge, { ok: true, orderId, state: "filled", fills });
      return this.#later(() => this.#socket.emit("order:ticket", { orderId, ref: order.ref, type: "ticket.v1" }, ticket(orderId, fills)));
    });
  }

  /** @param {unknown} orderId @param {unknown} acknowledge */
  cancel(orderId, acknowledge) {
    this.#later(() => {
      if (typeof orderId !== "number" || !this.#resting.delete(orderId)) return reply(acknowledge, { ok: false, error: "No such resting order." });
      reply(acknowledge, { ok: true });
      return this.#socket.emit("order:update", { orderId, state: "cancelled", ts: Date.now() });
    });
  }

  /** @param {unknown} orderId @param {unknown} signature @param {unknown} acknowledge */
  sign(orderId, signature, acknowledge) {
    const isSigned = Buffer.isBuffer(signature) && signature.length === 32;
    this.#later(() => reply(acknowledge, isSigned ? { ok: true, orderId } : { ok: false, error: "A signature has 32 bytes." }));
  }

  close() {
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** @param {() => void} action */
  #later(action) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, this.#exchange.between(...ANSWER_MS));
    this.#timers.add(timer);
  }
}

/** @param {unknown} acknowledge The client may have asked for none. @param {object} answer */
function reply(acknowledge, answer) {
  if (typeof acknowledge === "function") acknowledge(answer);
}

/**
 * @param {unknown} value
 * @param {Exchange} exchange
 * @returns {Order | null}
 */
function toOrder(value, exchange) {
  if (typeof value !== "object" || value === null) return null;
  /** @type {{ sym?: unknown, side?: unknown, px?: unknown, qty?: unknown, ref?: unknown }} */
  const { sym, side, px, qty, ref } = value;
  if (typeof sym !== "string" || !exchange.has(sym) || (side !== "buy" && side !== "sell")) return null;
  if (typeof px !== "number" || typeof qty !== "number" || !(px > 0) || !(qty > 0)) return null;
  return { sym, side, px, qty, ref: String(ref) };
}

/**
 * The ticket of an order: `TKT1`, the order's number (u32), the count of fills (u32), then id (u32), quantity and
 * price (f64) of each, all big-endian.
 * @param {number} orderId
 * @param {readonly import("../exchange.mjs").Fill[]} fills
 */
function ticket(orderId, fills) {
  const bytes = Buffer.alloc(12 + fills.length * 20);
  let at = bytes.write("TKT1", "latin1");
  at = bytes.writeUInt32BE(orderId, at);
  at = bytes.writeUInt32BE(fills.length, at);
  for (const fill of fills) {
    at = bytes.writeUInt32BE(fill.id, at);
    at = bytes.writeDoubleBE(fill.qty, at);
    at = bytes.writeDoubleBE(fill.px, at);
  }
  return bytes;
}
