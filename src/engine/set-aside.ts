/** A decoder that broke at so many messages of a connection is not asked there any more: each costs a thread. */
const MOST_STRIKES = 3;

/** A decoder that broke at messages of a connection. */
export interface StoppedDecoder {
  readonly connection: number;
  /** Its id; undefined where it is not known which it was. */
  readonly decoder: string | undefined;
  /** Messages at which it broke. */
  readonly messages: number;
  /** It is not asked on this connection any more. */
  readonly isAside: boolean;
}

/** Messages at which decoding broke, and the decoders that broke too often. */
export class SetAside {
  readonly #rows = new Set<number>();
  readonly #stopped = new Map<string, StoppedDecoder>();
  /** Connections that nobody decodes any more. */
  readonly #connections = new Set<number>();

  /** `decoder`: the one that was at work; undefined where that is not known. */
  add(row: number, connection: number, decoder: string | undefined): void {
    this.#rows.add(row);
    const key = `${connection} ${decoder ?? ""}`;
    const messages = (this.#stopped.get(key)?.messages ?? 0) + 1;
    const isAside = messages >= MOST_STRIKES;
    this.#stopped.set(key, { connection, decoder, messages, isAside });
    if (isAside && decoder === undefined) this.#connections.add(connection);
  }

  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  /** Whether a message is not to be decoded at all. */
  has(row: number, connection: number): boolean {
    return this.#rows.has(row) || this.#connections.has(connection);
  }

  /** In the order in which they broke first. */
  get stopped(): readonly StoppedDecoder[] {
    return [...this.#stopped.values()];
  }

  /** The decoders that are not asked on a connection. */
  decodersOf(connection: number): readonly string[] {
    return this.stopped.flatMap((one) => (one.connection === connection && one.isAside && one.decoder !== undefined ? one.decoder : []));
  }
}
