/** A timer that comes so much too late tells that this thread was busy, or the machine slept: it proves nothing of others. */
const LATE_MS = 500;
/** Where it was this thread that was busy, the answer waits already: it gets its turn first. */
const GRACE_MS = 100;

/** Bounds the wait for another thread's answer, and blames nobody for the time in which this one could not listen. */
export class Deadline {
  readonly #after: number;
  readonly #passed: () => void;
  readonly #now: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `passed` is called `after` milliseconds and a moment of grace behind `start`, unless `stop` comes before. */
  constructor({ after, passed, now }: { readonly after: number; readonly passed: () => void; readonly now: () => number }) {
    this.#after = after - GRACE_MS;
    this.#passed = passed;
    this.#now = now;
  }

  /** From now on; also where it runs already. */
  start(): void {
    this.#wait(false);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(wasLate: boolean): void {
    this.stop();
    const due = this.#now() + this.#after;
    this.#timer = setTimeout(() => {
      // Late twice, an answer had time enough: a throttled timer is always late.
      if (!wasLate && this.#now() - due > LATE_MS) this.#wait(true);
      else this.#timer = setTimeout(this.#passed, GRACE_MS);
    }, this.#after);
  }
}
