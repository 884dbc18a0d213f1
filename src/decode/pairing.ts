import type { Direction } from "../model/frame.ts";
import { wholeNumberIn, type MessageId } from "../model/message-id.ts";
import type { ConnectionId, MonotonicSeconds } from "../model/units.ts";
import { Beats } from "./beats.ts";
import type { RowToPair } from "./row-to-pair.ts";

export interface Pair {
  /** The request's row, and its place among the messages there. */
  readonly answersRow: number;
  readonly answersMessage: number;
  /** From request to answer; undefined where the clock says that the answer came first. */
  readonly latencyMs: number | undefined;
}

/** Requests that may wait at once. */
export const MOST_WAITING_REQUESTS = 100_000;
/** Characters of an id and its namespace: both are foreign text, and kept while the request waits. */
const MOST_KEY = 1024;
/** Scopes whose ids are numbers where they can be. */
const MOST_SCOPES = 4096;

/**
 * Finds the request that each answer belongs to. Key: connection, protocol, namespace, id, opposite direction. The
 * first answer ends the waiting; an id that is used again belongs to the latest request. Heartbeats without ids are paired by
 * their order (`Beats`). Cost: any other message without an id none, these one look into a map.
 */
export class Pairing {
  readonly #waiting = new Map<string | number, { readonly index: number; readonly message: number; readonly time: MonotonicSeconds }>();
  readonly #scopes = new Scopes();
  readonly #beats = new Beats();
  readonly #most: number;
  #forgotten = 0;

  constructor(most = MOST_WAITING_REQUESTS) {
    this.#most = most;
  }

  /** Requests that wait for an answer. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Requests that were forgotten, oldest first, because too many waited, or not taken because their id is too long: an
   * answer to one of them finds no partner.
   */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Messages were not captured. */
  interrupt(): void {
    this.#beats.interrupt();
  }

  /** Takes the rows in the order of the log; the row's pair where it is an answer whose request was seen. */
  add(row: RowToPair): Pair | undefined {
    const { index, message = 0, connection, time, direction, decoded } = row;
    const { id, answers, kind } = decoded;
    if (answers !== undefined) {
      const key = this.#scopes.keyOf(connection, decoded, direction === "sent" ? "received" : "sent", answers);
      const request = this.#waiting.get(key);
      if (request === undefined) return undefined;
      this.#waiting.delete(key);
      return pairOf(request, time);
    }
    if (id === undefined && kind === "heartbeat") {
      const asked = this.#beats.add(row);
      return asked && pairOf(asked, time);
    }
    if (id === undefined || (kind !== "request" && kind !== "heartbeat")) return undefined;
    if ((typeof id === "number" ? 0 : id.length) + (decoded.namespace?.length ?? 0) > MOST_KEY) {
      this.#forgotten++;
      return undefined;
    }
    const key = this.#scopes.keyOf(connection, decoded, direction, id);
    // Deleted first, so that it stands last: a Map keeps the order of insertion.
    this.#waiting.delete(key);
    this.#waiting.set(key, { index, message, time });
    if (this.#waiting.size > this.#most) {
      this.#waiting.delete(this.#waiting.keys().next().value as string | number);
      this.#forgotten++;
    }
    return undefined;
  }
}

function pairOf({ index, message = 0, time: asked }: Pick<RowToPair, "index" | "message" | "time">, time: MonotonicSeconds): Pair {
  const latency = (time - asked) * 1000;
  return { answersRow: index, answersMessage: message, latencyMs: latency >= 0 ? latency : undefined };
}

/** In what an id is unique: connection, protocol, direction and namespace. */
class Scopes {
  readonly #numbers = new Map<string, number>();
  #connection: ConnectionId | undefined;
  #speaks = "";
  #direction: Direction = "sent";
  #namespace = "";
  #number: number | undefined;

  /** No two ids have the same; of an id that is a whole number below 2³¹ it is a number, so that no text is made for it. */
  keyOf(connection: ConnectionId, { speaks, namespace = "" }: RowToPair["decoded"], direction: Direction, id: MessageId): string | number {
    const whole = typeof id === "number" ? id : wholeNumberIn(id);
    // Most are of the scope of the one before.
    if (whole !== undefined && (connection !== this.#connection || direction !== this.#direction || speaks !== this.#speaks || namespace !== this.#namespace)) {
      this.#connection = connection;
      this.#speaks = speaks;
      this.#direction = direction;
      this.#namespace = namespace;
      this.#number = this.#numberOf(textOf(connection, speaks, direction, namespace));
    }
    return whole === undefined || this.#number === undefined ? `${textOf(connection, speaks, direction, namespace)} ${id}` : this.#number * 2 ** 31 + whole;
  }

  /** Undefined past so many, from then on. */
  #numberOf(scope: string): number | undefined {
    const known = this.#numbers.get(scope);
    if (known !== undefined || this.#numbers.size === MOST_SCOPES) return known;
    const number = this.#numbers.size;
    this.#numbers.set(scope, number);
    return number;
  }
}

/** Namespace and id are foreign text, so the namespace's length stands before it: no two scopes are alike. */
const textOf = (connection: ConnectionId, speaks: string, direction: Direction, namespace: string): string => `${connection} ${speaks} ${direction} ${namespace.length} ${namespace}`;
