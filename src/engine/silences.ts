import type { Span } from "../contract/timeline.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { directionOf } from "../model/frame.ts";
import { frameIndex } from "../model/units.ts";
import { MessageHabit } from "./message-habit.ts";
import type { FoundRows } from "./time-blocks.ts";

const SLICE_ROWS = 20_000;

/** Stretches without a message that are far longer than the habit of rows, all of them together. */
export class Silences {
  readonly #log: FrameLog;
  readonly #rows: FoundRows;
  readonly #habit = new MessageHabit();
  #taken = 0;

  constructor(log: FrameLog, rows: FoundRows) {
    this.#log = log;
    this.#rows = rows;
  }

  /** Takes rows in that came since; answers whether there are more. */
  advance(): boolean {
    const end = Math.min(this.#rows.length, this.#taken + SLICE_ROWS);
    for (; this.#taken < end; this.#taken++) {
      const row = frameIndex(this.#rows.at(this.#taken));
      if (directionOf(this.#log.bitsAt(row)) !== undefined) this.#habit.message((this.#log.timeAt(row) - this.#log.timeAt(frameIndex(0))) * 1000);
    }
    return end < this.#rows.length;
  }

  /** Those that reach into a stretch of time, in their order. */
  within(span: Span): readonly Span[] {
    return this.#habit.within(span);
  }
}
