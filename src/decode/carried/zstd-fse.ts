/** A decoding table of finite state entropy (RFC 8878 §4.1): of each state its symbol, how many bits the next one takes, and what they are added to. */
export interface FseTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly bits: Uint8Array;
  readonly bases: Uint16Array;
}

const LEAST_LOG = 5;
const MOST_SYMBOLS = 256;

/** The table that is described from `from` on, and where its description ends; undefined where it is none, or goes beyond `to`. Cost: its states. */
export function readFseTable(bytes: Uint8Array, from: number, to: number, mostLog: number): { readonly table: FseTable; readonly end: number } | undefined {
  const log = ((bytes[from] ?? 0) & 15) + LEAST_LOG;
  if (log > mostLog) return undefined;
  let at = from * 8 + 4;
  let left = 1 << log;
  const counts: number[] = [];
  while (left > 0) {
    if (counts.length >= MOST_SYMBOLS || at > to * 8) return undefined;
    // Of so many values the lowest ones take a bit less (§4.1.1).
    const width = 32 - Math.clz32(left + 1);
    const short = (1 << width) - 2 - left;
    const low = bitsAt(bytes, at, width - 1);
    const whole = bitsAt(bytes, at, width);
    at += low < short ? width - 1 : width;
    const count = (low < short ? low : whole >= 1 << (width - 1) ? whole - short : whole) - 1;
    counts.push(count);
    left -= Math.abs(count);
    if (count !== 0) continue;
    let more: number;
    do {
      more = bitsAt(bytes, at, 2);
      at += 2;
      for (let i = 0; i < more; i++) counts.push(0);
    } while (more === 3 && counts.length < MOST_SYMBOLS);
  }
  const end = Math.ceil(at / 8);
  return left < 0 || counts.length > MOST_SYMBOLS || end > to ? undefined : { table: fseTable(log, counts), end };
}

/** `counts`: how many of the `1 << log` states each symbol has; -1 is one that takes all bits. */
export function fseTable(log: number, counts: readonly number[]): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const next = counts.map((count) => Math.abs(count));
  let high = size;
  for (const [symbol, count] of counts.entries()) if (count < 0) symbols[--high] = symbol;
  let place = 0;
  const step = (size >> 1) + (size >> 3) + 3;
  for (const [symbol, count] of counts.entries()) {
    for (let i = 0; i < count; i++) {
      symbols[place] = symbol;
      do place = (place + step) & (size - 1);
      while (place >= high);
    }
  }
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  for (const [state, symbol] of symbols.entries()) {
    const rank = next[symbol] ?? 0;
    next[symbol] = rank + 1;
    const width = log - (31 - Math.clz32(rank));
    bits[state] = width;
    bases[state] = (rank << width) - size;
  }
  return { log, symbols, bits, bases };
}

/** Of one symbol alone. */
export const oneSymbol = (symbol: number): FseTable => ({ log: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), bases: new Uint16Array(1) });

/** At most 16 bits from a place in bits on; beyond the bytes they are 0. */
export const bitsAt = (bytes: Uint8Array, at: number, count: number): number =>
  (((bytes[at >> 3] ?? 0) | ((bytes[(at >> 3) + 1] ?? 0) << 8) | ((bytes[(at >> 3) + 2] ?? 0) << 16)) >>> (at & 7)) & ((1 << count) - 1);

/** Where bits begin that are read from their end on (§4.1): before the highest one that is set. Undefined where there are none. */
export function lastBit(bytes: Uint8Array, from: number, to: number): number | undefined {
  const last = to > from ? (bytes[to - 1] ?? 0) : 0;
  return last === 0 ? undefined : to * 8 - 1 - (Math.clz32(last) - 24);
}
