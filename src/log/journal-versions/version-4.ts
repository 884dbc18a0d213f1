import type { BlockBody, BlockHead, BlockReader, JournalBlock } from "./block.ts";
import { BYTES_PER_ROW, readColumns, readEvents, writeColumns, type RowColumns } from "./body.ts";
import { HEAD_LENGTH, readCheckedHead, writeHead } from "./head.ts";

/**
 * Version 4 of the journal's blocks: the body is records, each with its kind and its length, so that a later Framescope can
 * add to a block what this one passes over. Events' rows may be code and values.
 */
export const version4: BlockReader = { version: 4, headLength: HEAD_LENGTH, readHead: (view) => readCheckedHead(4, view), readBody };

/** The kinds of records. A number is never used again. */
const ROWS = 1;
const EVENTS = 2;
export const RECORD_HEAD = 8;

export function writeBlock(block: JournalBlock): Uint8Array<ArrayBuffer> {
  const rowBytes = block.times.length * BYTES_PER_ROW;
  const events = new TextEncoder().encode(JSON.stringify(block.events));
  const bytes = new Uint8Array(HEAD_LENGTH + RECORD_HEAD + rowBytes + RECORD_HEAD + events.length);
  const view = new DataView(bytes.buffer);
  let at = HEAD_LENGTH;
  const begin = (kind: number, length: number): number => {
    view.setUint32(at, kind, true);
    view.setUint32(at + 4, length, true);
    const from = at + RECORD_HEAD;
    at = from + length;
    return from;
  };
  writeColumns(block, bytes, begin(ROWS, rowBytes));
  bytes.set(events, begin(EVENTS, events.length));
  writeHead(version4.version, block, bytes);
  return bytes;
}

/** The length of the body of a block that tells of so many rows and nothing beside them. */
export const lengthWithoutEvents = (rows: number): number => RECORD_HEAD + rows * BYTES_PER_ROW + RECORD_HEAD + "[]".length;

/** Whether a body begins with its rows, as it is written here; nothing says that it must. `start`: its first `RECORD_HEAD` bytes. */
export function beginsWithRows(start: Uint8Array, { rows, bodyLength }: Pick<BlockHead, "rows" | "bodyLength">): boolean {
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  const length = rows * BYTES_PER_ROW;
  return start.length === RECORD_HEAD && view.getUint32(0, true) === ROWS && view.getUint32(4, true) === length && RECORD_HEAD + length <= bodyLength;
}

/** Where in such a body the column of connections begins. */
export const connectionsAt = (rows: number): number => RECORD_HEAD + rows * Float64Array.BYTES_PER_ELEMENT;

/** And that of lengths. */
export const lengthsAt = (rows: number): number => connectionsAt(rows) + rows * Uint32Array.BYTES_PER_ELEMENT;

function readBody(head: BlockHead, body: Uint8Array<ArrayBuffer>): BlockBody | undefined {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  let columns: RowColumns | undefined;
  let events: ReturnType<typeof readEvents>;
  let unknown = 0;
  let at = 0;
  while (at < body.length) {
    if (at + RECORD_HEAD > body.length) return undefined;
    const kind = view.getUint32(at, true);
    const from = at + RECORD_HEAD;
    at = from + view.getUint32(at + 4, true);
    if (at > body.length) return undefined;
    const record = body.subarray(from, at);
    if (kind === ROWS) {
      if (columns !== undefined || record.length !== head.rows * BYTES_PER_ROW) return undefined;
      columns = readColumns(head, record);
      if (columns === undefined) return undefined;
    } else if (kind === EVENTS) {
      if (events !== undefined) return undefined;
      events = readEvents(record);
      if (events === undefined) return undefined;
    } else unknown++;
  }
  return columns === undefined || events === undefined ? undefined : { ...columns, events: events.events, unknown: unknown + events.unknown };
}
