import { isMessage } from "../model/frame.ts";
import type { BlockBody, BlockHead } from "./journal-versions/block.ts";
import { connectionsAt, lengthWithoutEvents, version4 } from "./journal-versions/version-4.ts";
import { readFrom, type AppendFile } from "./payload-pages.ts";

/** Rows of a capture, by their numbers from 0: `from` up to `to`. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Which blocks of a journal are opened where only some rows are asked for: those that hold them, the first, those that tell more
 * than messages, and those with one of the first messages of a connection. It learns of these as blocks are opened, in order.
 */
export class WantedBlocks {
  readonly #journal: AppendFile;
  readonly #rows: readonly RowRange[];
  readonly #first: number;
  readonly #counts = new Map<number, number>();
  /** Connections whose first messages are all there. */
  readonly #begun = new Set<number>();
  #column = new Uint32Array(0);

  /** `first`: how many messages of each connection. */
  constructor(journal: AppendFile, rows: readonly RowRange[], first: number) {
    this.#journal = journal;
    this.#rows = rows;
    this.#first = first;
  }

  /** `at`: where the block begins. Cost: four bytes of the journal for each of its rows. */
  has({ version, place, rows, frames, headLength, bodyLength }: BlockHead, at: number): boolean {
    // What is older says less of itself, and is seldom large.
    if (version !== version4.version || place === undefined || place.rows === 0) return true;
    if (rows !== frames || bodyLength !== lengthWithoutEvents(rows)) return true;
    if (this.#rows.some(({ from, to }) => from < place.rows + rows && place.rows < to)) return true;
    if (this.#column.length < rows) this.#column = new Uint32Array(rows);
    const bytes = readFrom(this.#journal, at + headLength + connectionsAt(rows), new Uint8Array(this.#column.buffer, 0, rows * this.#column.BYTES_PER_ELEMENT));
    let known = -1;
    for (let row = 0; row < rows; row++) {
      const connection = this.#column[row] as number;
      if (connection === known) continue;
      if (!this.#begun.has(connection)) return true;
      known = connection;
    }
    return bytes.length < rows * this.#column.BYTES_PER_ELEMENT;
  }

  /** One was opened. */
  note({ connections, bits }: BlockBody): void {
    let begun = -1;
    for (let row = 0; row < connections.length; row++) {
      const connection = connections[row] as number;
      if (connection === begun || !isMessage(bits[row] as number)) continue;
      const count = (this.#counts.get(connection) ?? 0) + 1;
      this.#counts.set(connection, count);
      if (count < this.#first) continue;
      this.#begun.add(connection);
      begun = connection;
    }
  }
}
