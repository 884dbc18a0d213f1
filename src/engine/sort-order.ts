import { frameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { Sort } from "../contract/rows.ts";
import { pairAt } from "./decoded-row.ts";
import type { RowFilter } from "./row-filter.ts";
import { assertNever } from "../model/assert-never.ts";

/** Keys are whole numbers below this one, which stands for a row without a value. */
const NO_VALUE = 0xffffffff;
const RADIX_BITS = 16;

/** Rows of a filter in another order than the log's: positions in it, stable for equal keys. */
export class SortOrder {
  readonly #positions: Uint32Array;

  /** Cost: two passes over the rows, whatever their order; 8 bytes a row while it sorts, 4 afterwards. */
  constructor(capture: CaptureLog, rows: RowFilter, sort: Sort) {
    const keys = new Uint32Array(rows.length);
    const key = keyOf(capture, sort);
    for (let position = 0; position < keys.length; position++) {
      const value = key(rows.at(position));
      // A row without a value stands last whichever way the others go.
      keys[position] = value === undefined ? NO_VALUE : sort.descending ? NO_VALUE - 1 - value : value;
    }
    this.#positions = sortPositions(keys);
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
function keyOf(capture: CaptureLog, { by }: Sort): (row: number) => number | undefined {
  const { log } = capture;
  switch (by) {
    case "number":
      return (row) => row;
    case "time": {
      const start = log.length === 0 ? 0 : log.timeAt(frameIndex(0));
      // Tenths of a millisecond: 119 hours fit. Rows of one tenth keep the order of the log.
      return (row) => clamp((log.timeAt(frameIndex(row)) - start) * 10_000);
    }
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

const clamp = (value: number): number => Math.min(NO_VALUE - 2, Math.max(0, Math.round(value)));

/** Positions in rising order of their keys: a radix sort, least significant half first. */
export function sortPositions(keys: Uint32Array): Uint32Array {
  let from = Uint32Array.from(keys, (_, position) => position);
  let to = new Uint32Array(keys.length);
  for (let shift = 0; shift < 32; shift += RADIX_BITS) {
    const starts = new Uint32Array((1 << RADIX_BITS) + 1);
    for (const key of keys) {
      const digit = ((key >>> shift) & 0xffff) + 1;
      starts[digit] = (starts[digit] as number) + 1;
    }
    for (let digit = 1; digit < starts.length; digit++) starts[digit] = (starts[digit] as number) + (starts[digit - 1] as number);
    for (const position of from) {
      const digit = ((keys[position] as number) >>> shift) & 0xffff;
      const place = starts[digit] as number;
      to[place] = position;
      starts[digit] = place + 1;
    }
    [from, to] = [to, from];
  }
  return from;
}
