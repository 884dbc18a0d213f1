import type { Timers } from "./timers.ts";

/** A timer that comes so much too late tells that this thread was busy, or the machine slept: it proves nothing of others. */
const LATE_MS = 500;
/** Where it was this thread that was busy, the answer waits already: it gets its turn first. */
const GRACE_MS = 100;

/** Bounds the wait for another thread's answer, and blames nobody for the time in which this one could not listen. */
export class Deadline {
  readonly #after: number;
  readonly #passed: () => void;
  readonly #timers: Timers;
  #callOff = (): void => {};

  /** `passed` is called `after` milliseconds and a moment of grace behind `start`, unless `stop` comes before. */
  constructor({ after, passed, timers }: { readonly after: number; readonly passed: () => void; readonly timers: Timers }) {
    this.#after = after - GRACE_MS;
    this.#passed = passed;
    this.#timers = timers;
  }

  /** From now on; also where it runs already. */
  start(): void {
    this.#wait(false);
  }

  stop(): void {
    this.#callOff();
  }

  #wait(wasLate: boolean): void {
    this.stop();
    const { now, later } = this.#timers;
    const due = now() + this.#after;
    this.#callOff = later(() => {
      // Late twice, an answer had time enough: a throttled timer is always late.
      if (!wasLate && now() - due > LATE_MS) this.#wait(true);
      else this.#callOff = later(this.#passed, GRACE_MS);
    }, this.#after);
  }
}
