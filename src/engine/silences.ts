import type { Span } from "../contract/timeline.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { directionOf } from "../model/frame.ts";
import { frameIndex, milliseconds } from "../model/units.ts";
import { SpreadCounter } from "./spread.ts";
import type { FoundRows } from "./time-blocks.ts";

const SLICE_ROWS = 20_000;
/** Pauses between messages that tell what is usual. */
const LEAST_PAUSES = 20;
/** Shorter ones nobody waits for, in milliseconds. */
const SHORTEST_MS = 1000;
/** So many times as long as all but one in twenty. */
const TIMES_USUAL = 5;
const MOST_KEPT = 200;
/** The habit is counted anew as there is so much more of it. */
const GROWN = 1.2;

/** Stretches without a message that are far longer than the rows' habit. */
export class Silences {
  readonly #log: FrameLog;
  readonly #rows: FoundRows;
  readonly #pauses = new SpreadCounter();
  /** The longest so far. */
  #longest: Span[] = [];
  #count = 0;
  #taken = 0;
  #last: number | undefined;
  #habit = { of: 0, longest: Infinity };

  constructor(log: FrameLog, rows: FoundRows) {
    this.#log = log;
    this.#rows = rows;
  }

  /** Takes rows in that came since; answers whether there are more. */
  advance(): boolean {
    const end = Math.min(this.#rows.length, this.#taken + SLICE_ROWS);
    for (; this.#taken < end; this.#taken++) {
      const row = frameIndex(this.#rows.at(this.#taken));
      if (directionOf(this.#log.bitsAt(row)) === undefined) continue;
      const time = (this.#log.timeAt(row) - this.#log.timeAt(frameIndex(0))) * 1000;
      if (this.#last !== undefined && time > this.#last) this.#add(this.#last, time);
      // Targets have their own pace: what comes a little early is no new silence.
      this.#last = Math.max(this.#last ?? time, time);
    }
    return end < this.#rows.length;
  }

  /** Those that reach into a stretch of time, in their order. */
  within({ from, to }: Span): readonly Span[] {
    if (this.#count < LEAST_PAUSES) return [];
    if (this.#count > this.#habit.of * GROWN) this.#habit = { of: this.#count, longest: Math.max(SHORTEST_MS, (this.#pauses.spread()?.p95 ?? Infinity) * TIMES_USUAL) };
    return this.#longest.filter((one) => one.to - one.from >= this.#habit.longest && one.to > from && one.from < to).toSorted((a, b) => a.from - b.from);
  }

  #add(from: number, to: number): void {
    this.#count++;
    this.#pauses.add(to - from);
    if (to - from < SHORTEST_MS) return;
    this.#longest.push({ from: milliseconds(from), to: milliseconds(to) });
    if (this.#longest.length >= 2 * MOST_KEPT) this.#longest = this.#longest.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MOST_KEPT);
  }
}
