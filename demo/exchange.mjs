/** The little exchange behind all the demo's servers: prices that wander, a book round each price, one account. */

/** @typedef {{ symbol: string, name: string, price: number, tick: number, lot: number }} Instrument */
/** @typedef {{ sym: string, px: number, qty: number, bid: number, ask: number, chg: number }} Quote `chg` is the change since the start in per cent. */
/** @typedef {"buy" | "sell"} Side */
/** @typedef {{ id: number, qty: number, px: number, ts: number }} Fill */
/** @typedef {{ bids: [number, number][], asks: [number, number][] }} Book Price and quantity a level, the best first. */
/** @typedef {{ symbol: string, quantity: number, averagePrice: number, value: number, profit: number }} Position */

/** @type {readonly Instrument[]} */
export const INSTRUMENTS = [
  { symbol: "BTC-USD", name: "Bitcoin", price: 64012.5, tick: 0.5, lot: 0.01 },
  { symbol: "ETH-USD", name: "Ether", price: 3120.04, tick: 0.01, lot: 0.1 },
  { symbol: "SOL-USD", name: "Solana", price: 148.32, tick: 0.01, lot: 1 },
  { symbol: "XAU-USD", name: "Gold", price: 2391.6, tick: 0.1, lot: 0.1 },
  { symbol: "EUR-USD", name: "Euro", price: 1.0874, tick: 0.0001, lot: 1000 },
  { symbol: "GBP-USD", name: "Pound sterling", price: 1.2719, tick: 0.0001, lot: 1000 },
];

/** The most by which one tick moves a price. */
const TICK_MOVE = 0.0004;
const BOOK_LEVELS = 24;
/** The distance of two levels as a share of the price. */
const BOOK_STEP = 0.00005;
/** The share of levels whose quantity is another one in the next book. */
const BOOK_CHANGE = 0.1;
const FIRST_CASH = 250_000;

/** One market and one account. Time and randomness come from outside. */
export class Exchange {
  #random;
  #now;
  /** @type {Map<string, Instrument & { last: number }>} */
  #instruments = new Map(INSTRUMENTS.map((instrument) => [instrument.symbol, { ...instrument, last: instrument.price }]));
  /** @type {Map<string, { quantity: number, cost: number }>} */
  #positions = new Map();
  /** @type {Map<string, Map<number, number>>} Symbol → price → quantity, as the last book had it. */
  #quantities = new Map();
  #cash = FIRST_CASH;
  #lastId = 8_123_376;

  /**
   * @param {() => number} random
   * @param {() => number} now Milliseconds since 1970.
   */
  constructor(random, now) {
    this.#random = random;
    this.#now = now;
  }

  /** @param {string} symbol */
  has(symbol) {
    return this.#instruments.has(symbol);
  }

  /** A number that no order, fill or trade had before. */
  nextId() {
    return (this.#lastId += 1);
  }

  /** From `low` up to `high`. @param {number} low @param {number} high */
  between(low, high) {
    return low + this.#random() * (high - low);
  }

  /** Moves the price a little. @param {string} symbol @returns {Quote} */
  tick(symbol) {
    const instrument = this.#instrument(symbol);
    const pull = (instrument.price - instrument.last) / instrument.price / 200;
    instrument.last = toTick(instrument.last * (1 + pull + this.between(-TICK_MOVE, TICK_MOVE)), instrument.tick);
    return this.quote(symbol);
  }

  /** @param {string} symbol @returns {Quote} */
  quote(symbol) {
    const { price, last, tick, lot } = this.#instrument(symbol);
    return {
      sym: symbol,
      px: last,
      qty: toTick(lot * (1 + Math.floor(this.#random() * 40)), lot),
      bid: toTick(last - tick, tick),
      ask: toTick(last + tick, tick),
      chg: toTick((last / price - 1) * 100, 0.001),
    };
  }

  /** The levels round the last price; from call to call a few quantities change. @param {string} symbol @returns {Book} */
  book(symbol) {
    const { price, last, tick, lot } = this.#instrument(symbol);
    const before = this.#quantities.get(symbol) ?? new Map();
    /** @type {Map<number, number>} */
    const quantities = new Map();
    const step = Math.max(tick, toTick(price * BOOK_STEP, tick));
    const best = Math.floor(last / step);
    const level = (/** @type {number} */ place) => {
      const levelPrice = toTick(place * step, tick);
      const stays = this.#random() > BOOK_CHANGE;
      const quantity = (stays ? before.get(levelPrice) : undefined) ?? toTick(lot * this.between(1, 40), lot);
      quantities.set(levelPrice, quantity);
      /** @type {[number, number]} */
      const pair = [levelPrice, quantity];
      return pair;
    };
    this.#quantities.set(symbol, quantities);
    const places = Array.from({ length: BOOK_LEVELS }, (_, place) => place);
    return { bids: places.map((place) => level(best - place)), asks: places.map((place) => level(best + 1 + place)) };
  }

  /**
   * Fills an order in one to three parts and books it on the account.
   * @param {string} symbol @param {Side} side @param {number} quantity
   * @returns {Fill[]}
   */
  fill(symbol, side, quantity) {
    const { tick, lot } = this.#instrument(symbol);
    const parts = Math.min(1 + Math.floor(this.#random() * 3), Math.max(1, Math.floor(quantity / lot)));
    const { bid, ask } = this.quote(symbol);
    const each = toTick(quantity / parts, lot);
    return Array.from({ length: parts }, (_, part) => {
      const qty = part === parts - 1 ? toTick(quantity - each * (parts - 1), lot / 100) : each;
      const px = toTick(side === "buy" ? ask + part * tick : bid - part * tick, tick);
      this.#book(symbol, side === "buy" ? qty : -qty, px);
      return { id: this.nextId(), qty, px, ts: this.#now() };
    });
  }

  /** @returns {{ cash: number, value: number, profit: number, positions: Position[] }} */
  portfolio() {
    const positions = [...this.#positions].map(([symbol, { quantity, cost }]) => {
      const value = quantity * this.#instrument(symbol).last;
      return { symbol, quantity: toTick(quantity, 1e-6), averagePrice: cost / quantity, value, profit: value - cost };
    });
    const value = this.#cash + positions.reduce((sum, position) => sum + position.value, 0);
    return { cash: this.#cash, value, profit: value - FIRST_CASH, positions };
  }

  /** @param {string} symbol @param {number} quantity @param {number} px */
  #book(symbol, quantity, px) {
    const position = this.#positions.get(symbol) ?? { quantity: 0, cost: 0 };
    position.quantity += quantity;
    position.cost += quantity * px;
    this.#cash -= quantity * px;
    if (Math.abs(position.quantity) < 1e-9) this.#positions.delete(symbol);
    else this.#positions.set(symbol, position);
  }

  /** @param {string} symbol */
  #instrument(symbol) {
    const instrument = this.#instruments.get(symbol);
    if (instrument === undefined) throw new RangeError(`There is no instrument ${symbol}.`);
    return instrument;
  }
}

/** The nearest multiple of `tick`, without the dust of binary fractions. @param {number} value @param {number} tick */
function toTick(value, tick) {
  return Number((Math.round(value / tick) * tick).toFixed(8));
}
