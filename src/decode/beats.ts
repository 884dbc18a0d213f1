import type { Decoded } from "./decoder.ts";
import type { RowToPair } from "./row-to-pair.ts";

/** What answers a heartbeat that asks for one, where neither has an id. In lower case. */
const ANSWERS: ReadonlyMap<string, string> = new Map([["ping", "pong"], ["pusher:ping", "pusher:pong"], ["heartbeat", "heartbeat ack"]]);
const ASKS: ReadonlyMap<string, string> = new Map([...ANSWERS].map(([ask, answer]) => [answer, ask]));
/** Connections, ways and names of which is kept what waits; the oldest is forgotten. */
const MOST_OPEN = 10_000;

/** Where a message stands. */
type Place = Pick<RowToPair, "index" | "message" | "time">;

interface Open {
  readonly asked: Place;
  /** Asks without an answer. */
  waiting: number;
  /** No other ask came before the answer. */
  isSure: boolean;
}

/**
 * Heartbeats without ids, paired by their order: one asks, and the other side's next answer is its own, where no other ask of
 * that kind waits beside it. Of two that wait nobody can say which was answered, so they have no partner; nor have those after
 * them, until as many answers have come.
 */
export class Beats {
  readonly #open = new Map<string, Open>();

  /** The ask that this message answers for sure. */
  add({ index, message = 0, time, connection, direction, decoded }: RowToPair): Place | undefined {
    const name = decoded.label.toLowerCase();
    if (ANSWERS.has(name)) {
      this.#ask(keyOf(connection, decoded, direction, name), { index, message, time });
      return undefined;
    }
    const ask = ASKS.get(name);
    if (ask === undefined) return undefined;
    const key = keyOf(connection, decoded, direction === "sent" ? "received" : "sent", ask);
    const open = this.#open.get(key);
    if (open === undefined) return undefined;
    open.waiting--;
    if (open.waiting === 0) this.#open.delete(key);
    return open.isSure ? open.asked : undefined;
  }

  /** Messages were not captured, answers perhaps among them. */
  interrupt(): void {
    this.#open.clear();
  }

  #ask(key: string, asked: Place): void {
    const open = this.#open.get(key);
    if (open !== undefined) {
      open.waiting++;
      open.isSure = false;
      return;
    }
    this.#open.set(key, { asked, waiting: 1, isSure: true });
    if (this.#open.size > MOST_OPEN) this.#open.delete(this.#open.keys().next().value as string);
  }
}

const keyOf = (connection: number, { speaks }: Pick<Decoded, "speaks">, direction: string, ask: string): string => `${connection} ${speaks} ${direction} ${ask}`;
