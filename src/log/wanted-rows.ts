import { isRowDetail } from "../model/capture-batch.ts";
import { isMessage } from "../model/frame.ts";
import type { BlockBody, BlockHead } from "./journal-versions/block.ts";
import { beginsWithRows, connectionsAt, lengthsAt, lengthWithoutEvents, RECORD_HEAD, version4 } from "./journal-versions/version-4.ts";
import { readFrom, type AppendFile } from "./payload-pages.ts";

/** Rows of a capture, by their numbers from 0: `from` up to `to`. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** So few rows between two that are wanted are wanted too: each run of rows has a cost of its own. */
const MOST_BETWEEN = 64;

/**
 * Which rows of a journal are read back where only some are asked for: these, all of the blocks that tell more than messages, and the first
 * messages of each connection. It learns of connections as blocks are opened, in order.
 */
export class WantedRows {
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

  /** Whether a block is to be opened; `at`: where it begins. Cost: four bytes of the journal for each of its rows. */
  areIn(head: BlockHead, at: number): boolean {
    // What is older says less of itself, and is seldom large.
    if (!isOfMessages(head) || head.bodyLength !== lengthWithoutEvents(head.rows) || head.place.rows === 0) return true;
    const { place, rows } = head;
    if (this.#rows.some(({ from, to }) => from < place.rows + rows && place.rows < to)) return true;
    if (!hasRowsFirst(this.#journal, head, at)) return true;
    const offset = at + head.headLength + connectionsAt(rows);
    const isOne = this.#journal.repeats?.(offset, rows * BYTES) === true;
    const count = isOne ? 1 : rows;
    if (this.#column.length < count) this.#column = new Uint32Array(count);
    const bytes = readFrom(this.#journal, offset, new Uint8Array(this.#column.buffer, 0, count * BYTES));
    let known = -1;
    for (let row = 0; row < count; row++) {
      const connection = this.#column[row] as number;
      if (connection === known) continue;
      if (!this.#begun.has(connection)) return true;
      known = connection;
    }
    return bytes.length < count * BYTES;
  }

  /** The rows of a block that was opened, rising, and apart from each other; undefined: all. To be asked of each block once. */
  of(head: BlockHead, { connections, bits, events }: BlockBody): readonly RowRange[] | undefined {
    const first = this.#firstMessages(connections, bits);
    // What is said of a row may speak of another.
    if (!isOfMessages(head) || events.some(({ event }) => isRowDetail(event))) return undefined;
    const [from, to] = [head.place.rows, head.place.rows + head.rows];
    const asked = this.#rows.flatMap((range) => (range.from < to && from < range.to ? [{ from: Math.max(from, range.from), to: Math.min(to, range.to) }] : []));
    return joined([...asked, ...first.map((row) => ({ from: from + row, to: from + row + 1 }))]);
  }

  /** Places in the block of messages that are among the first of their connection. */
  #firstMessages(connections: BlockBody["connections"], bits: BlockBody["bits"]): number[] {
    const found: number[] = [];
    let begun = -1;
    for (let row = 0; row < connections.length; row++) {
      const connection = connections[row] as number;
      if (connection === begun || !isMessage(bits[row] as number)) continue;
      if (this.#begun.has(connection)) {
        begun = connection;
        continue;
      }
      const count = (this.#counts.get(connection) ?? 0) + 1;
      this.#counts.set(connection, count);
      found.push(row);
      if (count === this.#first) this.#begun.add(connection);
    }
    return found;
  }
}

const BYTES = Uint32Array.BYTES_PER_ELEMENT;

/** Whether its rows are messages, of a capture whose rows are numbered. */
const isOfMessages = (head: BlockHead): head is BlockHead & { readonly place: NonNullable<BlockHead["place"]> } => head.version === version4.version && head.place !== undefined && head.rows === head.frames;

/** Whether the columns of a block are where they are looked for without reading its body. Cost: a read of eight bytes. */
const hasRowsFirst = (journal: AppendFile, head: BlockHead, at: number): boolean => beginsWithRows(readFrom(journal, at + head.headLength, new Uint8Array(RECORD_HEAD)), head);

function joined(ranges: readonly RowRange[]): RowRange[] {
  const joint: { from: number; to: number }[] = [];
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = joint.at(-1);
    if (last !== undefined && from <= last.to + MOST_BETWEEN) last.to = Math.max(last.to, to);
    else joint.push({ from, to });
  }
  return joint;
}

/**
 * The rows of a block that hold some bytes of its payloads, as far as it tells by itself: of an old version, or where
 * they do not come first in its body, that is all of them. `places`: in the file of payloads, rising. Cost: four bytes of the journal for each row.
 */
export function rowsThatHold(journal: AppendFile, head: BlockHead, at: number, places: readonly number[]): readonly RowRange[] {
  const { place, rows, payloadFrom, headLength } = head;
  if (!isOfMessages(head) || !hasRowsFirst(journal, head, at)) return [{ from: place?.rows ?? 0, to: (place?.rows ?? 0) + rows }];
  const lengths = new Uint32Array(rows);
  readFrom(journal, at + headLength + lengthsAt(rows), new Uint8Array(lengths.buffer));
  const found: RowRange[] = [];
  let row = 0;
  let end = payloadFrom + (lengths[0] ?? 0);
  for (const one of places) {
    while (one >= end && row < rows - 1) end += lengths[++row] as number;
    found.push({ from: head.place.rows + row, to: head.place.rows + row + 1 });
  }
  return found;
}
