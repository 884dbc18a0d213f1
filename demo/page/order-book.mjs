/** Draws the order book that the worker receives and decodes. */
import { listConnection } from "./connection-list.mjs";
import { byId, drawnSoon, make } from "./dom.mjs";
import { formatPrice, formatQuantity } from "./format.mjs";

/** @typedef {[price: number, quantity: number]} Level */
/** @typedef {{ sym: string, bids: Level[], asks: Level[] }} Book */
/** @typedef {{ report: import("./reconnecting-socket.mjs").Report } | { book: Book }} FromBookWorker */

const LEVELS = 9;

export class OrderBook {
  #worker = new Worker("book-worker.mjs", { type: "module", name: "order book" });
  /** @type {Book | undefined} */
  #book;

  constructor() {
    const report = listConnection("Order book", "/book · in a worker");
    const drawSoon = drawnSoon(() => this.#book !== undefined && draw(this.#book));
    this.#worker.addEventListener("message", (/** @type {MessageEvent<FromBookWorker>} */ { data }) => {
      if ("report" in data) return report(data.report);
      this.#book = data.book;
      drawSoon();
    });
  }

  /** @param {string} symbol */
  watch(symbol) {
    this.#worker.postMessage({ watch: symbol });
  }
}

/** @param {Book} book */
function draw({ sym, bids, asks }) {
  const shownAsks = asks.slice(0, LEVELS).toReversed();
  const shownBids = bids.slice(0, LEVELS);
  const most = Math.max(...[...shownAsks, ...shownBids].map(([, quantity]) => quantity));
  const row = (/** @type {Level} */ [price, quantity]) => {
    const element = make("div", {}, [make("span", { textContent: formatPrice(price) }), make("span", { textContent: formatQuantity(quantity) })]);
    element.style.setProperty("--depth", `${((quantity / most) * 100).toFixed(1)}%`);
    return element;
  };
  byId("book-asks", HTMLElement).replaceChildren(...shownAsks.map(row));
  byId("book-bids", HTMLElement).replaceChildren(...shownBids.map(row));
  byId("book-symbol", HTMLElement).textContent = sym;
  const [ask, bid] = [asks[0]?.[0] ?? 0, bids[0]?.[0] ?? 0];
  byId("book-mid", HTMLElement).textContent = formatPrice((ask + bid) / 2);
  byId("book-spread", HTMLElement).textContent = `spread ${formatPrice(ask - bid, ask)}`;
}
