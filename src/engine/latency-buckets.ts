import type { LatencyBucket } from "../contract/connection-page.ts";
import { milliseconds, type Milliseconds } from "../model/units.ts";

/** Where buckets begin in each tenfold: what is next to each other differs by a half at most. */
const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8];
const FIRST_POWER = -1;
const LAST_POWER = 5;

/** Where each bucket begins, in milliseconds; the last, from 800 s on, has no end. */
const STARTS: readonly number[] = [0, ...Array.from({ length: LAST_POWER - FIRST_POWER + 1 }, (_, i) => STEPS.map((step) => startOf(step, FIRST_POWER + i))).flat()];

/** Divided where the power is negative: a product of 0.1 is not quite what is written. */
function startOf(step: number, power: number): number {
  return power < 0 ? step / 10 ** -power : step * 10 ** power;
}

/** Counts how long answers took, in buckets that grow with the time. */
export class LatencyBuckets {
  readonly #counts = new Uint32Array(STARTS.length);

  add(latency: Milliseconds): void {
    let place = 0;
    while (place + 1 < STARTS.length && latency >= (STARTS[place + 1] as number)) place++;
    this.#counts[place] = (this.#counts[place] as number) + 1;
  }

  /** From the fastest to the slowest that has an answer, with those between that have none; empty where there was none. */
  buckets(): LatencyBucket[] {
    const first = this.#counts.findIndex((count) => count > 0);
    const last = this.#counts.findLastIndex((count) => count > 0);
    if (first < 0) return [];
    return Array.from(this.#counts.subarray(first, last + 1), (count, i) => {
      const end = STARTS[first + i + 1];
      return { from: milliseconds(STARTS[first + i] as number), to: end === undefined ? null : milliseconds(end), count };
    });
  }
}
