import type { Spread } from "../contract/connection-page.ts";

/** Values that are kept; of more, every second, fourth … one. */
const MOST_KEPT = 1 << 17;

/** How many values lie: the least and the most of all, the middle and the tail of as many as are kept. */
export class SpreadCounter {
  #kept: number[] = [];
  #every = 1;
  #count = 0;
  #least = Infinity;
  #most = -Infinity;

  add(value: number): void {
    this.#least = Math.min(this.#least, value);
    this.#most = Math.max(this.#most, value);
    if (this.#count++ % this.#every !== 0) return;
    this.#kept.push(value);
    if (this.#kept.length < MOST_KEPT) return;
    this.#kept = this.#kept.filter((_, place) => place % 2 === 0);
    this.#every *= 2;
  }

  /** Null without any. */
  spread(): Spread | null {
    if (this.#count === 0) return null;
    const sorted = Float64Array.from(this.#kept).toSorted();
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return { count: this.#count, least: this.#least, median: at(0.5), p95: at(0.95), most: this.#most };
  }
}
