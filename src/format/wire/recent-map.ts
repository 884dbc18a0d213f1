/** A map of a bounded number of entries: the one that nobody asked for longest makes room. */
export class RecentMap<Key, Value> {
  readonly #most: number;
  readonly #forgotten: (value: Value) => void;
  readonly #entries = new Map<Key, Value>();

  constructor(most: number, forgotten: (value: Value) => void) {
    this.#most = most;
    this.#forgotten = forgotten;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#most) return;
    const [oldest] = this.#entries;
    if (oldest === undefined) return;
    this.#entries.delete(oldest[0]);
    this.#forgotten(oldest[1]);
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }

  values(): Iterable<Value> {
    return this.#entries.values();
  }
}
