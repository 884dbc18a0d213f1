import type { TimelineView } from "../../contract/timeline.ts";
import { WallClock } from "../../model/clock.ts";
import { monotonicSeconds } from "../../model/units.ts";

/** The time of day on a timeline. All moments in milliseconds: `at` since the log's first row, `epoch` since 1970. */
export class TimelineClock {
  readonly #clock = new WallClock();
  readonly #origin: number;

  constructor({ origin, anchors }: Pick<TimelineView, "origin" | "anchors">) {
    this.#origin = origin;
    for (const anchor of anchors) this.#clock.anchor(anchor);
  }

  /** Undefined where the capture has not heard of the time of day yet. */
  epochOf(at: number): number | undefined {
    return this.#clock.toEpoch(monotonicSeconds(this.#origin + at / 1000));
  }

  /**
   * The moments between two others at which a clock on the wall shows a multiple of `step`, `ahead` milliseconds ahead of
   * UTC. After a sleep or a change of the clock it goes on as that says.
   */
  ticks(from: number, to: number, step: number, ahead: number): readonly { readonly at: number; readonly epoch: number }[] {
    const found: { at: number; epoch: number }[] = [];
    const turns = this.#clock.anchors.map(({ monotonic }) => (monotonic - this.#origin) * 1000).filter((at) => at > from && at < to);
    for (const [i, start] of [from, ...turns].entries()) {
      const end = turns[i] ?? to;
      const epoch = this.epochOf(start);
      if (epoch === undefined) return [];
      for (let next = Math.ceil((epoch + ahead) / step) * step - ahead; start + (next - epoch) <= end && found.length < MOST_TICKS; next += step) {
        found.push({ at: start + (next - epoch), epoch: next });
      }
    }
    return found;
  }
}

const MOST_TICKS = 200;
