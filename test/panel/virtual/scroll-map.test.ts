import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  heightOf,
  isAtEnd,
  kept,
  lastTop,
  moved,
  placeAtScrollTop,
  placeAtTop,
  placeShowing,
  settled,
  START,
  TALLEST,
  topOf,
  type ScrollMap,
} from "../../../src/panel/virtual/scroll-map.ts";

const ROW = 22;
const lastScrollTop = (map: ScrollMap): number => Math.max(0, heightOf(map) - map.viewport);

const maps = fc.record({
  rows: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 100_000_000 })),
  rowHeight: fc.constantFrom(17, 19, ROW),
  viewport: fc.integer({ min: 40, max: 2_000 }),
});
const shares = fc.double({ min: 0, max: 1, noNaN: true });

describe("a list short enough to stand in one element", () => {
  test("scrolls by the element's own pixels", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600_000 }), shares, (rows, share) => {
        const map = { rows, rowHeight: ROW, viewport: 500 };
        const scrollTop = Math.floor(share * lastScrollTop(map));
        expect(topOf(moved(map, START, scrollTop))).toBe(scrollTop);
        expect(heightOf(map)).toBe(rows * ROW);
      }),
    );
  });
});

describe("a list of any length", () => {
  test("is never taller than Chrome can place exactly", () => {
    fc.assert(fc.property(maps, (map) => heightOf(map) <= TALLEST));
  });

  test("shows its first row at the upper end of the thumb and its last row, exactly, at the lower", () => {
    fc.assert(
      fc.property(maps, (map) => {
        expect(topOf(placeAtScrollTop(map, 0))).toBe(0);
        expect(topOf(placeAtScrollTop(map, lastScrollTop(map)))).toBe(lastTop(map));
        expect(isAtEnd(map, placeAtScrollTop(map, lastScrollTop(map)))).toBe(true);
      }),
    );
  });

  test("shows a later place for a lower position of the thumb", () => {
    fc.assert(
      fc.property(maps, shares, shares, (map, a, b) => {
        const [higher, lower] = [Math.min(a, b), Math.max(a, b)];
        const last = lastScrollTop(map);
        expect(topOf(placeAtScrollTop(map, higher * last))).toBeLessThanOrEqual(topOf(placeAtScrollTop(map, lower * last)) + 1);
      }),
    );
  });

  test("can be brought to any place, with the thumb where dragging it there would have put it", () => {
    fc.assert(
      fc.property(maps, shares, (map, share) => {
        const top = Math.round(share * lastTop(map));
        const place = placeAtTop(map, top);
        expect(topOf(place)).toBeCloseTo(top, 6);
        expect(place.scrollTop).toBeGreaterThanOrEqual(0);
        expect(place.scrollTop).toBeLessThanOrEqual(lastScrollTop(map));
        // Shifts are whole pixels, and one pixel of a long list's thumb is many of its rows' own.
        const ratio = Math.max(1, lastTop(map) / Math.max(1, lastScrollTop(map)));
        expect(Math.abs(topOf(placeAtScrollTop(map, place.scrollTop)) - top)).toBeLessThanOrEqual(2 * ratio + 2);
      }),
    );
  });

  test("moves by exactly the pixels of a small step, until it reaches an end", () => {
    fc.assert(
      fc.property(maps, shares, fc.array(fc.integer({ min: -400, max: 400 }), { maxLength: 60 }), (map, share, steps) => {
        let place = placeAtTop(map, Math.round(share * lastTop(map)));
        for (const step of steps) {
          const before = topOf(place);
          const scrollTop = Math.min(Math.max(0, place.scrollTop + step), lastScrollTop(map));
          const stepped = scrollTop - place.scrollTop;
          place = moved(map, place, scrollTop);
          const wished = Math.min(Math.max(0, before + stepped), lastTop(map));
          expect(topOf(place)).toBeCloseTo(wished, 6);
        }
      }),
    );
  });

  test("never gets stuck: a thumb at an end means that the rows are at that end", () => {
    fc.assert(
      fc.property(maps, shares, fc.integer({ min: -400, max: 400 }), (map, share, step) => {
        let place = placeAtTop(map, share * lastTop(map));
        for (let i = 0; i < 50; i++) {
          place = moved(map, place, Math.min(Math.max(0, place.scrollTop + step), lastScrollTop(map)));
          if (place.scrollTop <= 0) expect(topOf(place)).toBeLessThanOrEqual(0);
          if (place.scrollTop >= lastScrollTop(map)) expect(topOf(place)).toBeGreaterThanOrEqual(lastTop(map) - 1);
        }
      }),
    );
  });

  test("keeps the rows on view when the thumb is put right, and when rows are added", () => {
    fc.assert(
      fc.property(maps, shares, fc.integer({ min: 0, max: 5_000_000 }), (map, share, added) => {
        const place = placeAtTop(map, Math.round(share * lastTop(map)));
        expect(topOf(settled(map, place))).toBeCloseTo(topOf(place), 6);
        const longer = { ...map, rows: map.rows + added };
        expect(topOf(kept(longer, place))).toBeCloseTo(topOf(place), 6);
      }),
    );
  });

  test("stays within its rows when they become fewer", () => {
    fc.assert(
      fc.property(maps, shares, shares, (map, share, left) => {
        const fewer = { ...map, rows: Math.floor(map.rows * left) };
        const place = kept(fewer, placeAtTop(map, share * lastTop(map)));
        expect(topOf(place)).toBeGreaterThanOrEqual(0);
        expect(topOf(place)).toBeLessThanOrEqual(lastTop(fewer));
        expect(place.scrollTop).toBeLessThanOrEqual(lastScrollTop(fewer));
      }),
    );
  });

  test("brings any row wholly on view, and moves nothing where it already is", () => {
    fc.assert(
      fc.property(maps, shares, shares, (map, from, to) => {
        fc.pre(map.rows > 0);
        const row = Math.floor(to * (map.rows - 1));
        const place = placeShowing(map, placeAtTop(map, from * lastTop(map)), row);
        const y = row * map.rowHeight - topOf(place);
        expect(y).toBeGreaterThanOrEqual(-0.001);
        expect(y + map.rowHeight).toBeLessThanOrEqual(map.viewport + 0.001);
        expect(placeShowing(map, place, row)).toBe(place);
      }),
    );
  });
});

test("the last of ten million rows stands at the lower edge", () => {
  const map = { rows: 10_000_000, rowHeight: ROW, viewport: 526 };
  const place = placeAtScrollTop(map, lastScrollTop(map));
  expect(topOf(place) + map.viewport).toBe(10_000_000 * ROW);
  expect(9_999_999 * ROW + place.shift).toBe(TALLEST - ROW);
});
