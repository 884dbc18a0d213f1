import { describe, expect, it } from "vitest";
import { RowScroller } from "../../../src/panel/virtual/row-scroller.ts";

const ROW = 22;

/** A list of 1,000 rows whose view is 20 rows high and begins at row 100. */
function setup(keptRow: number | null): RowScroller {
  const scroller = new RowScroller(ROW);
  scroller.follow(1_000, false);
  scroller.resized(20 * ROW);
  scroller.scrollToOffset(100, 0);
  scroller.keptRow = keptRow;
  return scroller;
}

describe("a list that gets lower", () => {
  it("keeps a row that was on view there, at the lower edge", () => {
    const scroller = setup(118);
    scroller.resized(8 * ROW);
    expect(scroller.offsetOf(118)).toBe(7 * ROW);
  });

  it("stays where it is while the row is still on view, was not before, or there is none", () => {
    for (const kept of [103, 400, null]) {
      const scroller = setup(kept);
      scroller.resized(8 * ROW);
      expect(scroller.offsetOf(100)).toBe(0);
    }
  });

  it("stays where it is while it is hidden", () => {
    const scroller = setup(118);
    scroller.resized(0);
    scroller.resized(20 * ROW);
    expect(scroller.offsetOf(100)).toBe(0);
  });

  it("does not move where it gets higher, or follows its end", () => {
    const higher = setup(119);
    higher.resized(30 * ROW);
    expect(higher.offsetOf(100)).toBe(0);
    const following = setup(118);
    following.follow(1_000, true);
    following.resized(8 * ROW);
    following.follow(1_000, true);
    expect(following.offsetOf(999)).toBe(7 * ROW);
  });
});

describe("a row that was looked for", () => {
  it("stands in the middle where it was off view or under what covers the first rows", () => {
    for (const row of [400, 101, 100, 102]) {
      const scroller = setup(null);
      scroller.scrollToMiddle(row, 3 * ROW);
      expect(scroller.offsetOf(row)).toBe((19 * ROW) / 2);
    }
  });

  it("stays where it is on view, and at an end is as near the middle as the end lets it be", () => {
    for (const row of [103, 119]) {
      const scroller = setup(null);
      scroller.scrollToMiddle(row, 3 * ROW);
      expect(scroller.offsetOf(100)).toBe(0);
    }
    const last = setup(null);
    last.scrollToMiddle(999, 3 * ROW);
    expect(last.offsetOf(999)).toBe(19 * ROW);
  });
});
