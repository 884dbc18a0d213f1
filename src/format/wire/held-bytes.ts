/**
 * How much the readers of a file hold back until more of it is read: heads that are not whole, what waits for an answer or for
 * segments before it, messages under way. Each has a bound of its own; this one is for all of them, however many they are.
 */
export class HeldBytes {
  readonly most: number;
  #held = 0;

  constructor(most = MOST) {
    this.most = most;
  }

  /** Who holds the last of it gives up, and frees it. */
  get isFull(): boolean {
    return this.#held > this.most;
  }

  /** Less than none: that they are freed. */
  add(bytes: number): void {
    this.#held += bytes;
  }
}

/** Twice the longest message. */
const MOST = 2 ** 29;
