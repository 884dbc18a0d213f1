/** Some items of a long list that stands in another thread. */
export interface LoadedRange<T> {
  readonly from: number;
  /** May be fewer than asked for, where the list ended. */
  readonly items: readonly T[];
  readonly askedTo: number;
  readonly version: number;
}

interface Wish {
  readonly from: number;
  readonly to: number;
  readonly version: number;
}

export interface RangeLoaderOptions<T> {
  /** What is known from the beginning, of version 0. */
  readonly first?: Omit<LoadedRange<T>, "version">;
  readonly ask: (from: number, to: number) => Promise<readonly T[]>;
  /** Called after each answer, in the task in which it came. */
  readonly loaded: (range: LoadedRange<T>) => void;
  readonly failed?: (problem: Error) => void;
  /** Called after each question, however it ended. */
  readonly settled?: () => void;
  /** Keeps the old item where the new one draws the same, so that its row is not drawn again. */
  readonly same?: ((a: T, b: T) => boolean) | undefined;
}

/**
 * Holds the one range of a long list that a view draws. At most one request is under way; when it returns, the newest
 * wish is asked for, and those between are never sent. However fast a list grows or scrolls, requests do not pile up.
 */
export class RangeLoader<T> {
  readonly #options: RangeLoaderOptions<T>;
  #range: LoadedRange<T> | null = null;
  #wish: Wish | null = null;
  #isBusy = false;
  /** Answers to questions of an earlier epoch are thrown away. */
  #epoch = 0;

  constructor(options: RangeLoaderOptions<T>) {
    this.#options = options;
    if (options.first !== undefined) this.#range = { ...options.first, version: 0 };
  }

  /** A question is under way. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  get range(): LoadedRange<T> | null {
    return this.#range;
  }

  at(index: number): T | undefined {
    return this.#range === null ? undefined : this.#range.items[index - this.#range.from];
  }

  /** Asks for `from` up to `to`, unless that is held already in this `version` of the list. */
  want(from: number, to: number, version: number): void {
    if (to <= from || this.#holds(from, to, version)) {
      this.#wish = null;
      return;
    }
    this.#wish = { from, to, version };
    if (!this.#isBusy) void this.#next();
  }

  /** Throws away what is held and what is under way: the list is another one. */
  forget(): void {
    this.stay();
    this.#range = null;
  }

  /** Throws away what is under way: what is held stays until more is wanted. */
  stay(): void {
    this.#epoch++;
    this.#wish = null;
  }

  /** Items for places from `from` on, with those that are held where they draw the same. */
  reuse(from: number, items: readonly T[]): readonly T[] {
    const { same } = this.#options;
    if (same === undefined) return items;
    return items.map((item, i) => {
      const old = this.at(from + i);
      return old !== undefined && same(old, item) ? old : item;
    });
  }

  #holds(from: number, to: number, version: number): boolean {
    const range = this.#range;
    return range !== null && range.version === version && range.from <= from && range.askedTo >= to;
  }

  async #next(): Promise<void> {
    this.#isBusy = true;
    while (this.#wish !== null) {
      const { from, to, version } = this.#wish;
      const epoch = this.#epoch;
      this.#wish = null;
      try {
        const items = await this.#options.ask(from, to);
        if (epoch !== this.#epoch) continue;
        this.#range = { from, items: this.reuse(from, items), askedTo: to, version };
        this.#options.loaded(this.#range);
      } catch (problem) {
        if (epoch === this.#epoch) this.#options.failed?.(problem as Error);
      } finally {
        this.#options.settled?.();
      }
    }
    this.#isBusy = false;
  }
}
