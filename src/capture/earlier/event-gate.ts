/** What may be held back before the gate opens by itself. */
const MOST_HELD = 10_000;

/**
 * Passes actions on at once, or, while it is held, keeps them in their order for later. Bounded: a full gate calls
 * `full`, whose task it is to open it.
 */
export class EventGate<Held> {
  readonly #pass: (item: Held) => void;
  #held: Held[] | undefined;
  #full: (() => void) | undefined;

  constructor(pass: (item: Held) => void) {
    this.#pass = pass;
  }

  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  get held(): readonly Held[] {
    return this.#held ?? [];
  }

  take(item: Held): void {
    if (this.#held === undefined) {
      this.#pass(item);
      return;
    }
    this.#held.push(item);
    if (this.#held.length >= MOST_HELD) this.#full?.();
  }

  /** Closes the gate, `first` before all that follows. */
  hold(full: () => void, first: readonly Held[] = []): void {
    this.#held = [...first, ...(this.#held ?? [])];
    this.#full = full;
  }

  /** Passes on what was held. An item may close the gate again: what follows it then waits on. */
  open(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    this.#full = undefined;
    for (const item of held) this.take(item);
  }
}
