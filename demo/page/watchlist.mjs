/** The market feed in the watchlist: subscriptions, quotes, and trades at the market. */
import { listConnection } from "./connection-list.mjs";
import { byId, drawnSoon, make } from "./dom.mjs";
import { formatChange, formatPrice, formatQuantity, signClass } from "./format.mjs";
import { parseJson, ReconnectingSocket, socketUrl } from "./reconnecting-socket.mjs";

/** @typedef {{ sym: string, px: number, bid: number, ask: number, chg: number, qty: number }} Quote */
/** @typedef {{ sym: string, side: "buy" | "sell", px: number, qty: number, ts: number }} Trade */

const MOST_TRADES = 4;
const COURSE_LENGTH = 60;
const PING_MS = 5000;
/** Quotes move faster than a course should. */
const COURSE_STEP_MS = 250;

export class Watchlist {
  /** @type {Map<string, Row>} */
  #rows = new Map();
  /** @type {Trade[]} The newest first. */
  #trades = [];
  /** @type {Map<string, Quote>} */
  #changed = new Map();
  #lastRequest = 0;
  #drawSoon = drawnSoon(() => this.#draw());
  #onSelect;
  #socket;

  /** @param {(symbol: string, quote: Quote) => void} onSelect */
  constructor(onSelect) {
    this.#onSelect = onSelect;
    this.#socket = new ReconnectingSocket(socketUrl("feed"), {
      report: listConnection("Market data", "/feed"),
      onMessage: (data) => this.#take(parseJson(data)),
      onOpen: () => {
        this.#request({ op: "subscribe", channel: "ticks.*" });
        this.#request({ op: "subscribe", channel: "trades.*" });
        this.setRate(Number(byId("rate", HTMLSelectElement).value));
      },
    }).connect();
    setInterval(() => this.#request({ op: "ping" }), PING_MS);
  }

  /** @param {number} perSecond */
  setRate(perSecond) {
    this.#request({ op: "rate", perSecond });
  }

  /** @returns {Quote[]} */
  get quotes() {
    return [...this.#rows.values()].flatMap((row) => row.quote ?? []);
  }

  /** @param {object} request */
  #request(request) {
    this.#socket.send(JSON.stringify({ ...request, id: (this.#lastRequest += 1) }));
  }

  /** @param {unknown} message */
  #take(message) {
    if (typeof message !== "object" || message === null || !("type" in message)) return;
    /** @type {Partial<Quote> & { type: unknown, instruments?: { sym: string, name: string }[], message?: string, side?: string, fills?: { px: number }[] }} */
    const { type, instruments = [], fills, ...values } = message;
    if (type === "welcome") for (const { sym, name } of instruments) this.#addRow(sym, name);
    if (type === "tick") this.#show(/** @type {Quote} */ (values));
    if (type === "trade") this.#print(/** @type {Trade} */ (values));
    if (type === "order") {
      const prices = fills?.map(({ px }) => formatPrice(px)).join(", ") ?? "";
      byId("feed-answer", HTMLElement).textContent =
        `${values.side === "buy" ? "Bought" : "Sold"} ${formatQuantity(values.qty ?? 0)} ${values.sym} at ${prices}.`;
    }
    if (type === "error") byId("feed-answer", HTMLElement).textContent = values.message ?? "The feed refused.";
  }

  /** @param {string} symbol @param {string} name */
  #addRow(symbol, name) {
    if (this.#rows.has(symbol)) return;
    const row = new Row(symbol, name, {
      select: () => this.#select(symbol),
      trade: (side, qty) => this.#request({ op: "order", sym: symbol, side, qty }),
    });
    this.#rows.set(symbol, row);
    byId("quotes", HTMLTableSectionElement).append(row.element);
  }

  /** @param {string} symbol */
  #select(symbol) {
    for (const [key, { element }] of this.#rows) element.ariaSelected = String(key === symbol);
    const quote = this.#rows.get(symbol)?.quote;
    if (quote !== undefined) this.#onSelect(symbol, quote);
  }

  /** @param {Trade} trade */
  #print(trade) {
    this.#trades.unshift(trade);
    this.#trades.length = Math.min(this.#trades.length, MOST_TRADES);
    this.#drawSoon();
  }

  /** @param {Quote} quote */
  #show(quote) {
    this.#changed.set(quote.sym, quote);
    this.#drawSoon();
  }

  #draw() {
    for (const [symbol, quote] of this.#changed) {
      this.#rows.get(symbol)?.show(quote);
      if (![...this.#rows.values()].some(({ element }) => element.ariaSelected === "true")) this.#select(symbol);
    }
    this.#changed.clear();
    byId("trades", HTMLOListElement).replaceChildren(...this.#trades.map(drawTrade));
  }
}

/** @param {Trade} trade */
function drawTrade({ sym, side, px, qty, ts }) {
  return make("li", {}, [
    make("span", { className: "quiet", textContent: new Date(ts).toLocaleTimeString("en", { hour12: false }) }),
    make("span", { className: side === "buy" ? "up" : "down", textContent: side }),
    `${formatQuantity(qty)} ${sym}`,
    make("span", { textContent: formatPrice(px) }),
  ]);
}

/** One instrument. */
class Row {
  /** @type {Quote | undefined} */
  quote;
  /** @type {number[]} */
  #course = [];
  #courseAt = 0;
  #line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
  #last = make("td", { className: "number last" });
  #change = make("td", { className: "number" });
  #bid = make("td", { className: "number" });
  #ask = make("td", { className: "number" });
  element;

  /**
   * @param {string} symbol
   * @param {string} name
   * @param {{ select: () => void, trade: (side: "buy" | "sell", qty: number) => void }} actions
   */
  constructor(symbol, name, actions) {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawing.setAttribute("viewBox", "0 0 72 22");
    drawing.append(this.#line);
    const head = make("th", {}, [symbol, make("small", { textContent: name })]);
    head.scope = "row";
    const buttons = /** @type {const} */ (["buy", "sell"]).map((side) => {
      const button = make("button", { className: side, textContent: side === "buy" ? "Buy" : "Sell", title: `${side} ${symbol} at the market` });
      button.addEventListener("click", (event) => {
        event.stopPropagation();
        actions.trade(side, this.quote?.qty ?? 1);
      });
      return button;
    });
    const cells = [this.#last, this.#change, this.#bid, this.#ask];
    this.element = make("tr", {}, [head, make("td", {}, [drawing]), ...cells, make("td", {}, [buttons[0] ?? "", " ", buttons[1] ?? ""])]);
    this.element.tabIndex = 0;
    this.element.addEventListener("click", actions.select);
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === this.element) actions.select();
    });
  }

  /** @param {Quote} quote */
  show(quote) {
    const before = this.quote?.px ?? quote.px;
    this.quote = quote;
    this.#last.textContent = formatPrice(quote.px);
    this.#last.className = `number last ${quote.px === before ? "" : signClass(quote.px - before)}`;
    this.#change.textContent = formatChange(quote.chg);
    this.#change.className = `number ${signClass(quote.chg)}`;
    this.#bid.textContent = formatPrice(quote.bid);
    this.#ask.textContent = formatPrice(quote.ask);
    this.#drawCourse(quote);
  }

  /** @param {Quote} quote */
  #drawCourse({ px, chg }) {
    const now = performance.now();
    if (now - this.#courseAt < COURSE_STEP_MS) return;
    this.#courseAt = now;
    this.#course.push(px);
    if (this.#course.length > COURSE_LENGTH) this.#course.shift();
    const low = Math.min(...this.#course);
    const span = Math.max(...this.#course) - low || 1;
    const step = 72 / Math.max(1, this.#course.length - 1);
    this.#line.setAttribute("points", this.#course.map((value, place) => `${(place * step).toFixed(1)},${(21 - ((value - low) / span) * 20).toFixed(1)}`).join(" "));
    this.#line.setAttribute("class", signClass(chg));
  }
}
