import { afterEach, expect, it } from "vitest";
import type { Sort } from "../../src/contract/rows.ts";
import type { RowFilter } from "../../src/engine/row-filter.ts";
import { SortedRows } from "../../src/engine/sorted-rows.ts";
import { opened, setupEngine } from "./setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

const LAST_FIRST: Sort = { by: "number", descending: true };

function setup() {
  const { take, engine, end: ends } = setupEngine();
  end = ends;
  take(opened(1));
  const unasked = () => {
    throw new Error("Numbers of rows are told by no message.");
  };
  const sorted = new SortedRows(engine.capture, { scanner: undefined as never, faults: undefined as never, now: () => 0, context: unasked, changed: unasked });
  /** As many as there may be; nothing but their numbers is read of them. */
  const rowsOf = (length: number): RowFilter => ({ length, at: (position: number) => position }) as RowFilter;
  return { sorted, rowsOf };
}

it("very many rows are sorted a piece at a time, and stand as they came until all are", () => {
  const { sorted, rowsOf } = setup();
  const rows = rowsOf(300_000);
  let pieces = 0;
  for (; !sorted.advance(rows, LAST_FIRST); pieces++) {
    expect([sorted.isMaking, sorted.order]).toEqual([true, undefined]);
    expect(sorted.progress).toBeLessThan(1);
  }
  expect(pieces).toBeGreaterThan(8);
  expect([sorted.isMaking, sorted.progress]).toEqual([false, 1]);
  expect([sorted.order?.at(0), sorted.order?.at(299_999)]).toEqual([299_999, 0]);
});

it("an order that is made is dropped where other rows are shown, or none is asked for", () => {
  const { sorted, rowsOf } = setup();
  const rows = rowsOf(300_000);
  sorted.advance(rows, LAST_FIRST);
  sorted.clear();
  expect([sorted.isMaking, sorted.progress]).toEqual([false, 1]);
  sorted.advance(rows, LAST_FIRST);
  expect(sorted.advance(rowsOf(10), LAST_FIRST)).toBe(true);
  expect(sorted.order?.at(0)).toBe(9);
  sorted.clear();
  sorted.advance(rows, LAST_FIRST);
  sorted.advance(rows, null);
  expect(sorted.isMaking).toBe(false);
});

it("few rows are sorted at once: nobody sees them as they came", () => {
  const { sorted, rowsOf } = setup();
  expect(sorted.advance(rowsOf(100_000), LAST_FIRST)).toBe(true);
  expect(sorted.order?.at(0)).toBe(99_999);
});
