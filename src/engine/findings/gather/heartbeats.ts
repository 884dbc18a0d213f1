import type { Direction } from "../../../model/frame.ts";
import type { FrameIndex, MonotonicSeconds } from "../../../model/units.ts";
import { SpreadCounter } from "../../spread.ts";
import type { SeenRow } from "../seen-row.ts";

const MOST_MISSED = 20;

/** Heartbeats: from which side they come, how far apart, and which the other side did not answer before the next. */
export class Heartbeats {
  /** Who begins. */
  asks: Direction | undefined;
  answered = 0;
  missed = 0;
  /** The first of those missed. */
  readonly missedRows: FrameIndex[] = [];
  /** Milliseconds between one and the next, and from one to its answer. */
  readonly intervals = new SpreadCounter();
  readonly delays = new SpreadCounter();
  #open: { readonly index: FrameIndex; readonly time: MonotonicSeconds } | undefined;
  #lastTime: MonotonicSeconds | undefined;

  add({ index, time, direction }: SeenRow): void {
    this.asks ??= direction;
    if (direction !== this.asks) {
      if (this.#open === undefined) return;
      this.answered++;
      this.delays.add((time - this.#open.time) * 1000);
      this.#open = undefined;
      return;
    }
    if (this.#lastTime !== undefined) this.intervals.add((time - this.#lastTime) * 1000);
    if (this.#open !== undefined) {
      this.missed++;
      if (this.missedRows.length < MOST_MISSED) this.missedRows.push(this.#open.index);
    }
    this.#open = { index, time };
    this.#lastTime = time;
  }

  /** Messages were not captured, an answer perhaps among them. */
  interrupt(): void {
    this.#open = undefined;
    this.#lastTime = undefined;
  }

  /** The last one, while it is not answered. */
  get waiting(): { readonly index: FrameIndex; readonly time: MonotonicSeconds } | undefined {
    return this.#open;
  }
}
