import type { Told } from "../model/said.ts";
import type { FrameIndex } from "../model/units.ts";

/** A decoder that broke at so many messages of a connection is not asked there any more: each costs a thread. */
const MOST_STRIKES = 3;

/** A decoder that broke at messages of a connection, or that it needs and that could not be loaded. */
export interface StoppedDecoder {
  readonly connection: number;
  /** Its id; undefined where it is not known which it was. */
  readonly decoder: string | undefined;
  /** Messages at which it broke. */
  readonly messages: number;
  /** It is not asked on this connection any more. */
  readonly isAside: boolean;
  /** It could not be loaded; else it broke. `why`: null where that was a bug. */
  readonly notLoaded: { readonly why: Told | null } | null;
}

/** What is not decoded again, because it broke. */
export interface Stops {
  /** A message at which a thread broke, or of a decoder that is not asked on its connection any more. */
  isStopped(row: FrameIndex): boolean;
  /** A thread broke where somebody looked at this row. */
  stop(row: FrameIndex): void;
}

/** Messages at which decoding broke, and the decoders that broke too often. */
export class SetAside {
  readonly #rows = new Set<number>();
  readonly #stopped = new Map<string, StoppedDecoder>();
  /** Connections that nobody decodes any more. */
  readonly #connections = new Set<number>();

  /** A message that stays undecoded, and is no reason to ask its decoder no more. */
  addRow(row: number): void {
    this.#rows.add(row);
  }

  /** `decoder`: the one that was at work; undefined where that is not known. */
  add(row: number, connection: number, decoder: string | undefined): void {
    this.#rows.add(row);
    const key = `${connection} ${decoder ?? ""}`;
    const messages = (this.#stopped.get(key)?.messages ?? 0) + 1;
    const isAside = messages >= MOST_STRIKES;
    this.#stopped.set(key, { connection, decoder, messages, isAside, notLoaded: null });
    if (isAside && decoder === undefined) this.#connections.add(connection);
  }

  /** One that could not be loaded. Answers whether it is the first connection for which that is told. */
  addNotLoaded(connection: number, decoder: string, why: Told | null): boolean {
    const isFirst = !this.stopped.some((one) => one.decoder === decoder && one.notLoaded !== null);
    this.#stopped.set(`${connection} ${decoder}`, { connection, decoder, messages: 0, isAside: true, notLoaded: { why } });
    return isFirst;
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
