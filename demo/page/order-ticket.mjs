/** The order ticket: Socket.IO with acknowledgements; each row tells how long the answer took. */
import { io } from "socket.io-client";
import { listConnection } from "./connection-list.mjs";
import { byId, make } from "./dom.mjs";
import { formatPrice, formatQuantity } from "./format.mjs";

/** @typedef {{ sym: string, side: "buy" | "sell", qty: number, px: number }} Order */
/** @typedef {{ ok: boolean, orderId?: number, state?: string, error?: string }} Answer */

const MOST_ROWS = 7;

export class OrderTicket {
  #socket;
  #report;
  #symbol = "";
  #lastRef = 0;
  /** @type {Map<number, HTMLElement>} Order → the cell of its state. */
  #states = new Map();

  constructor() {
    this.#report = listConnection("Order desk", "/socket.io/ · namespace /orders");
    this.#report({ state: "connecting", note: "connecting" });
    this.#socket = io("/orders", { transports: ["websocket"] });
    this.#socket.on("connect", () => this.#report({ state: "open", note: "open, Socket.IO" }));
    this.#socket.on("disconnect", (reason) => this.#report({ state: "waiting", note: reason }));
    this.#socket.on("connect_error", (error) => this.#report({ state: "waiting", note: error.message }));
    this.#socket.onAny(() => this.#report({ received: 1 }));
    this.#socket.on("order:update", ({ orderId, state }) => this.#setState(orderId, state));
    this.#socket.on("order:ticket", ({ orderId }, /** @type {ArrayBuffer} */ ticket) => {
      void this.#sign(orderId, ticket);
    });
    byId("ticket", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const side = event.submitter instanceof HTMLButtonElement && event.submitter.value === "sell" ? "sell" : "buy";
      const qty = byId("ticket-quantity", HTMLInputElement).valueAsNumber;
      void this.place({ sym: this.#symbol, side, qty, px: byId("ticket-price", HTMLInputElement).valueAsNumber });
    });
  }

  /** Fills the form. @param {string} symbol @param {{ px: number, qty: number }} quote */
  fillIn(symbol, { px, qty }) {
    this.#symbol = symbol;
    byId("ticket-symbol", HTMLElement).textContent = symbol;
    byId("ticket-price", HTMLInputElement).valueAsNumber = px;
    byId("ticket-quantity", HTMLInputElement).valueAsNumber = qty;
  }

  /** @param {Order} order */
  async place(order) {
    const state = make("td", { className: "quiet", textContent: "sent" });
    const latency = make("td", { className: "number quiet", textContent: "…" });
    const rows = byId("orders", HTMLTableSectionElement);
    rows.prepend(
      make("tr", {}, [
        make("td", {}, [make("span", { className: order.side === "buy" ? "up" : "down", textContent: order.side }), ` ${order.sym}`]),
        make("td", { className: "number", textContent: formatQuantity(order.qty) }),
        make("td", { className: "number", textContent: formatPrice(order.px) }),
        state,
        latency,
      ]),
    );
    while (rows.rows.length > MOST_ROWS) rows.lastElementChild?.remove();

    const start = performance.now();
    const answer = await this.#ask("order:place", { ...order, ref: `desk-${(this.#lastRef += 1)}` });
    latency.textContent = `${(performance.now() - start).toFixed(0)} ms`;
    state.className = answer.ok ? "" : "down";
    state.textContent = answer.ok ? (answer.state ?? "") : (answer.error ?? "refused");
    if (answer.orderId === undefined) return;
    this.#states.set(answer.orderId, state);
    if (answer.state === "resting") state.append(" ", this.#cancelButton(answer.orderId));
  }

  /** Takes back the order that rests longest. */
  cancelOldest() {
    const oldest = [...this.#states].find(([, cell]) => cell.textContent?.startsWith("resting"));
    if (oldest !== undefined) void this.#ask("order:cancel", oldest[0]);
  }

  /** @param {number} orderId */
  #cancelButton(orderId) {
    const button = make("button", { textContent: "Cancel" });
    button.addEventListener("click", () => void this.#ask("order:cancel", orderId));
    return button;
  }

  /** Confirms a ticket with the SHA-256 of its bytes. @param {number} orderId @param {ArrayBuffer} ticket */
  async #sign(orderId, ticket) {
    const signature = await crypto.subtle.digest("SHA-256", ticket);
    const answer = await this.#ask("order:sign", orderId, signature);
    if (answer.ok) this.#setState(orderId, "filled ✓");
  }

  /** @param {number} orderId @param {string} state */
  #setState(orderId, state) {
    const cell = this.#states.get(orderId);
    if (cell !== undefined) cell.textContent = state;
  }

  /** @param {string} event @param {unknown[]} values @returns {Promise<Answer>} */
  async #ask(event, ...values) {
    this.#report({ sent: 1 });
    try {
      /** @type {Answer} */
      const answer = await this.#socket.timeout(5000).emitWithAck(event, ...values);
      this.#report({ received: 1 });
      return answer;
    } catch {
      return { ok: false, error: "no answer" };
    }
  }
}
