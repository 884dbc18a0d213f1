import { directionOf } from "../model/frame.ts";
import { frameIndex } from "../model/units.ts";
import { NO_CONNECTION } from "../log/connection-table.ts";
import type { CaptureLog } from "./capture-log.ts";
import { isColumnPath, type ColumnPath } from "../contract/column-paths.ts";
import type { Sort } from "../contract/rows.ts";
import { labelAt, pairAt } from "./decoded-row.ts";
import { KEY_WORDS } from "./read-paths.ts";
import type { PathOrder } from "./path-order.ts";
import type { RowFilter } from "./row-filter.ts";
import { assertNever } from "../model/assert-never.ts";

/** Keys are whole numbers below this one, which stands for a row without a value. */
const NO_VALUE = 0xffffffff;
const RADIX_BITS = 16;
/** Messages are told apart by this many bytes of their begin, four a key. */
const MESSAGE_BYTES = 32;

/** Rows that are gone through before other work gets its turn: a few milliseconds. */
const ROWS_A_TURN = 1 << 16;

/**
 * Rows of a filter in another order than the log's: as many as there are when it begins, stable for equal keys. Yields between turns.
 * Cost: two passes over the rows for each key, whatever their order; 8 bytes a row while it sorts, 4 afterwards.
 */
export function* sortRows(capture: CaptureLog, rows: RowFilter, { by, descending }: Sort, path: PathOrder | undefined): Generator<void, SortOrder> {
  const { length } = rows;
  const keys = isColumnPath(by) ? pathKeys(path) : by === "message" ? messageKeys(capture) : [by === "type" ? yield* typeKey(capture, rows, length) : keyOf(capture, rows, by)];
  let positions: Uint32Array | undefined;
  // The last key first: each sorting keeps the order of the one before.
  for (const key of keys.toReversed()) {
    const values = new Uint32Array(length);
    for (let from = 0; from < length; from += ROWS_A_TURN) {
      if (from > 0) yield;
      fillKeys(values, from, Math.min(length, from + ROWS_A_TURN), rows, key, descending);
    }
    positions = yield* sortPositions(values, positions);
  }
  return new SortOrder(positions ?? new Uint32Array(0));
}

function fillKeys(values: Uint32Array, from: number, to: number, rows: RowFilter, key: Key, descending: boolean): void {
  for (let position = from; position < to; position++) {
    const value = key(rows.at(position), position);
    // A row without a value stands last whichever way the others go.
    values[position] = value === undefined ? NO_VALUE : descending ? NO_VALUE - 1 - value : value;
  }
}

/** Positions of rows, in an order of their own. */
export class SortOrder {
  readonly #positions: Uint32Array;

  constructor(positions: Uint32Array) {
    this.#positions = positions;
  }

  get length(): number {
    return this.#positions.length;
  }

  /** The position, in the order of the log, of what stands at `place`. */
  at(place: number): number {
    return this.#positions[place] as number;
  }

  /** Cost: a pass over the rows. */
  placeOf(position: number): number | undefined {
    const place = this.#positions.indexOf(position);
    return place < 0 ? undefined : place;
  }
}

/** A row's key, a whole number from 0 up to but without `NO_VALUE`; undefined where it has none. */
type Key = (row: number, position: number) => number | undefined;

function keyOf(capture: CaptureLog, rows: RowFilter, by: Exclude<Sort["by"], "message" | "type" | ColumnPath>): Key {
  const { log } = capture;
  switch (by) {
    case "number":
      return (row) => row;
    case "direction":
      return (row) => {
        const direction = directionOf(log.bitsAt(frameIndex(row)));
        return direction === undefined ? undefined : direction === "sent" ? 0 : 1;
      };
    case "time": {
      const start = log.length === 0 ? 0 : log.timeAt(frameIndex(0));
      // Tenths of a millisecond: 119 hours fit. Rows of one tenth keep the order of the log.
      return (row) => clamp((log.timeAt(frameIndex(row)) - start) * 10_000);
    }
    case "delta":
      return (row, position) => (position === 0 ? undefined : clamp((log.timeAt(frameIndex(row)) - log.timeAt(frameIndex(rows.at(position - 1)))) * 1_000_000));
    case "connection-delta": {
      // Rows are asked for in the order of the log.
      const last = new Map<number, number>();
      return (row) => {
        const index = frameIndex(row);
        const connection = log.connectionAt(index);
        if (connection === NO_CONNECTION) return undefined;
        const before = last.get(connection);
        const time = log.timeAt(index);
        last.set(connection, time);
        return before === undefined ? undefined : clamp((time - before) * 1_000_000);
      };
    }
    case "connection":
      return (row) => {
        const connection = log.connectionAt(frameIndex(row));
        return connection === NO_CONNECTION ? undefined : clamp(connection);
      };
    case "size":
      return (row) => {
        const size = log.sizeAt(frameIndex(row));
        return size === null ? undefined : clamp(size);
      };
    case "latency":
      return (row) => {
        const latency = pairAt(capture, frameIndex(row))?.latency;
        return latency === undefined || latency === null ? undefined : clamp(latency * 1000);
      };
    default:
      return assertNever(by);
  }
}

/** The place of each label among those of the rows, by the alphabet. */
function* typeKey(capture: CaptureLog, rows: RowFilter, length: number): Generator<void, Key> {
  const labels = new Set<string>();
  for (let position = 0; position < length; position++) {
    labels.add(labelAt(capture, frameIndex(rows.at(position))));
    if (position % ROWS_A_TURN === ROWS_A_TURN - 1) yield;
  }
  const ranks = new Map([...labels].toSorted((a, b) => a.localeCompare(b)).map((label, rank) => [label, rank]));
  return (row) => ranks.get(labelAt(capture, frameIndex(row)));
}

/** Payloads by their first bytes; rows that are no message have none. */
function messageKeys({ log }: CaptureLog): readonly Key[] {
  return Array.from({ length: MESSAGE_BYTES / 4 }, (_, word) => (row: number) => {
    const index = frameIndex(row);
    if (log.sizeAt(index) === null) return undefined;
    const bytes = log.payloadRange(index, word * 4, word * 4 + 4);
    const [a = 0, b = 0, c = 0, d = 0] = bytes;
    return Math.min(NO_VALUE - 1, ((a << 24) | (b << 16) | (c << 8) | d) >>> 0);
  });
}

function pathKeys(path: PathOrder | undefined): readonly Key[] {
  return Array.from({ length: KEY_WORDS }, (_, word) => (row: number) => {
    const value = path?.wordOf(row, word);
    return value === undefined ? undefined : Math.min(NO_VALUE - 1, value);
  });
}

const clamp = (value: number): number => Math.min(NO_VALUE - 2, Math.max(0, Math.round(value)));

/**
 * Positions in rising order of their keys, those of equal ones as they stood in `order`: a radix sort, least significant half
 * first. Yields between turns.
 */
export function* sortPositions(keys: Uint32Array, order?: Uint32Array): Generator<void, Uint32Array> {
  const { length } = keys;
  let from = order?.slice() ?? inOrder(length);
  let to = new Uint32Array(length);
  for (let shift = 0; shift < 32; shift += RADIX_BITS) {
    const starts = startsOf(keys, shift);
    for (let begin = 0; begin < length; begin += ROWS_A_TURN) {
      yield;
      scatter(from, to, keys, starts, shift, begin, Math.min(length, begin + ROWS_A_TURN));
    }
    [from, to] = [to, from];
  }
  return from;
}

function inOrder(length: number): Uint32Array<ArrayBuffer> {
  const positions = new Uint32Array(length);
  for (let position = 0; position < length; position++) positions[position] = position;
  return positions;
}

/** Where the positions of each digit begin. */
function startsOf(keys: Uint32Array, shift: number): Uint32Array {
  const starts = new Uint32Array((1 << RADIX_BITS) + 1);
  for (let i = 0; i < keys.length; i++) {
    const digit = (((keys[i] as number) >>> shift) & 0xffff) + 1;
    starts[digit] = (starts[digit] as number) + 1;
  }
  for (let digit = 1; digit < starts.length; digit++) starts[digit] = (starts[digit] as number) + (starts[digit - 1] as number);
  return starts;
}

/** Puts positions where their digits stand. */
function scatter(from: Uint32Array, to: Uint32Array, keys: Uint32Array, starts: Uint32Array, shift: number, begin: number, end: number): void {
  for (let i = begin; i < end; i++) {
    const position = from[i] as number;
    const digit = ((keys[position] as number) >>> shift) & 0xffff;
    const place = starts[digit] as number;
    to[place] = position;
    starts[digit] = place + 1;
  }
}
