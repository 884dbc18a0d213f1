import { epochMilliseconds, isMoment, LAST_DATE, monotonicSeconds, type EpochMilliseconds, type MonotonicSeconds } from "./units.ts";

/** A moment of which both clocks are known. */
export interface ClockAnchor {
  readonly monotonic: MonotonicSeconds;
  /** Seconds since 1970, as CDP's `wallTime`. */
  readonly wallTime: number;
}

/**
 * Turns CDP's monotonic seconds into wall time.
 *
 * Only `Network.webSocketWillSendHandshakeRequest` carries both clocks, so each handshake can anchor. The monotonic
 * clock stands still while a machine sleeps: a moment is therefore read from the last anchor at or before it, and a
 * new anchor is kept only where it differs from the one in force by more than `DRIFT_SECONDS`.
 */
export class WallClock {
  readonly #anchors: ClockAnchor[] = [];

  get anchors(): readonly ClockAnchor[] {
    return this.#anchors;
  }

  /** One that can be none, as a file may have it, is none. */
  anchor(next: ClockAnchor): void {
    if (!isMoment(next.monotonic) || !isMoment(next.wallTime)) return;
    const last = this.#anchors.at(-1);
    if (last !== undefined) {
      if (next.monotonic < last.monotonic) return;
      const drift = next.wallTime - next.monotonic - (last.wallTime - last.monotonic);
      if (Math.abs(drift) <= DRIFT_SECONDS) return;
    }
    this.#anchors.push(next);
  }

  /** Undefined until the first anchor, and where that is no date. Cost: the number of anchors, one or a few. */
  toEpoch(time: MonotonicSeconds): EpochMilliseconds | undefined {
    let found = this.#anchors[0];
    for (const anchor of this.#anchors) {
      if (anchor.monotonic > time) break;
      found = anchor;
    }
    const epoch = found === undefined ? NaN : (found.wallTime + (time - found.monotonic)) * 1000;
    return epoch >= 0 && epoch <= LAST_DATE ? epochMilliseconds(epoch) : undefined;
  }

  /** The monotonic time of a wall time, by the last anchor; undefined until the first. */
  toMonotonic(epoch: number): MonotonicSeconds | undefined {
    const last = this.#anchors.at(-1);
    return last === undefined ? undefined : monotonicSeconds(last.monotonic + (epoch / 1000 - last.wallTime));
  }
}

/** Two anchors of one unchanged clock differ by under a millisecond; a step of the system's clock is rarely as small. */
const DRIFT_SECONDS = 0.05;
