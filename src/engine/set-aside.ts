/** A connection with so many messages that break the decoder is not decoded any further: each costs a thread. */
const MOST_STRIKES = 3;

/** Messages that decoding broke at, and connections that had too many of them. */
export class SetAside {
  readonly #rows = new Set<number>();
  readonly #strikes = new Map<number, number>();

  add(row: number, connection: number): void {
    this.#rows.add(row);
    this.#strikes.set(connection, (this.#strikes.get(connection) ?? 0) + 1);
  }

  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  has(row: number, connection: number): boolean {
    return this.#rows.has(row) || (this.#strikes.get(connection) ?? 0) >= MOST_STRIKES;
  }
}
