import type { ImportedRows } from "./imported-rows.ts";

/** Rows in the order of time. */
export interface RowOrder {
  /** By what each row is ordered, in milliseconds: its time, and never less than that of the row before it on its connection. */
  readonly keys: Float64Array;
  /** Places of the rows, in order. */
  readonly rows: Uint32Array;
  /** By connection, its first key and its last; not a number where it has no rows. */
  readonly first: Float64Array;
  readonly last: Float64Array;
}

/** Comparisons in a turn. */
const WORK = 1 << 16;

/**
 * Orders rows by time; those of a connection stay in the order of the file, whatever their times say. A row of which no time is known
 * has that of the row before it on its connection. Cost: 20 bytes a row, and a pass for each doubling of the runs that are in order already.
 */
export function* orderRows(rows: ImportedRows): Generator<void, RowOrder, void> {
  const count = rows.rows;
  const connections = rows.described.length + 1;
  const keys = new Float64Array(count);
  const first = new Float64Array(connections).fill(NaN);
  const last = new Float64Array(connections).fill(NaN);
  const before = Float64Array.from({ length: connections }, (_, connection) => rows.described[connection - 1]?.startedAt ?? 0);
  const starts: number[] = [0];
  for (let row = 0; row < count; row++) {
    if (row % WORK === 0) yield;
    const connection = rows.connections.at(row);
    const told = rows.times.at(row);
    const time = Number.isNaN(told) ? (before[connection] as number) : told;
    if (Number.isNaN(told)) rows.times.set(row, time);
    before[connection] = time;
    const latest = last[connection] as number;
    const key = time < latest ? latest : time;
    keys[row] = key;
    last[connection] = key;
    if (Number.isNaN(first[connection])) first[connection] = key;
    if (row > 0 && key < (keys[row - 1] as number)) starts.push(row);
  }
  return { keys, rows: yield* mergeRuns(keys, starts), first, last };
}

/** A merge sort that begins with the runs that are there: `starts` are the places of their first rows. */
function* mergeRuns(keys: Float64Array, starts: readonly number[]): Generator<void, Uint32Array, void> {
  const count = keys.length;
  let from = Uint32Array.from({ length: count }, (_, row) => row);
  if (starts.length < 2) return from;
  let to = new Uint32Array(count);
  let runs = [...starts, count];
  while (runs.length > 2) {
    const merged: number[] = [];
    for (let run = 0; run + 1 < runs.length; run += 2) {
      const low = runs[run] as number;
      const middle = runs[run + 1] as number;
      const high = runs[run + 2] ?? middle;
      merged.push(low);
      let left = low;
      let right = middle;
      for (let at = low; at < high; at++) {
        if (at % WORK === 0) yield;
        // Equal ones stay in the order of the file.
        const takesLeft = left < middle && (right >= high || (keys[from[left] as number] as number) <= (keys[from[right] as number] as number));
        to[at] = from[takesLeft ? left++ : right++] as number;
      }
    }
    runs = [...merged, count];
    [from, to] = [to, from];
  }
  return from;
}
