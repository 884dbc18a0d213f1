import type { FrameLog } from "../log/frame-log.ts";
import { NO_CONNECTION } from "../log/connection-table.ts";
import { frameIndex } from "../model/units.ts";
import type { RowFilter } from "./row-filter.ts";

/** Rows of a block. So many are looked at before a row, and so many more up to the beginning of a block. */
const BLOCK = 4096;

type Rows = Pick<RowFilter, "at">;
type Connections = Pick<FrameLog, "connectionAt">;

/**
 * Of a filter's rows: which one of the same connection came last before one. Most often it is near. For those that are not, each
 * connection has its last row in each block in which it has any: found by the logarithm of their number. It is made once it is
 * needed, as far as rows have come. Cost: a look at each row, once.
 */
export class ConnectionBefore {
  readonly #rows: Rows;
  readonly #log: Connections;
  /** By connection: positions, rising. */
  readonly #lasts = new Map<number, number[]>();
  #blocks = 0;

  constructor(rows: Rows, log: Connections) {
    this.#rows = rows;
    this.#log = log;
  }

  isOf(rows: Rows, log: Connections): boolean {
    return rows === this.#rows && log === this.#log;
  }

  /** Positions in the order of the log; undefined where there is none, and for a row of no connection. */
  find(position: number): number | undefined {
    const connection = this.#connectionAt(position);
    if (connection === NO_CONNECTION) return undefined;
    const blocks = Math.max(0, Math.floor((position - BLOCK) / BLOCK));
    for (let before = position - 1; before >= blocks * BLOCK; before--) if (this.#connectionAt(before) === connection) return before;
    if (blocks === 0) return undefined;
    while (this.#blocks < blocks) this.#addBlock(this.#blocks++);
    return lastBelow(this.#lasts.get(connection) ?? [], blocks * BLOCK);
  }

  #addBlock(block: number): void {
    const from = block * BLOCK;
    let lastConnection: number = NO_CONNECTION;
    let lasts: number[] = [];
    for (let position = from; position < from + BLOCK; position++) {
      const connection = this.#connectionAt(position);
      if (connection === NO_CONNECTION) continue;
      if (connection !== lastConnection) {
        lastConnection = connection;
        lasts = this.#lastsOf(connection);
      }
      if ((lasts.at(-1) ?? -1) >= from) lasts[lasts.length - 1] = position;
      else lasts.push(position);
    }
  }

  #lastsOf(connection: number): number[] {
    const known = this.#lasts.get(connection) ?? [];
    this.#lasts.set(connection, known);
    return known;
  }

  #connectionAt(position: number): number {
    return this.#log.connectionAt(frameIndex(this.#rows.at(position)));
  }
}

/** The largest of some rising numbers that is below another. */
function lastBelow(numbers: readonly number[], end: number): number | undefined {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] as number) < end) low = middle + 1;
    else high = middle;
  }
  return numbers[low - 1];
}
