import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COLUMN_PAGE, float64Column } from "../../src/log/column.ts";
import { IndexList } from "../../src/log/index-list.ts";
import { frameIndex } from "../../src/model/units.ts";

describe("a column", () => {
  it("keeps each value at its row over the borders of its pages", () => {
    const column = float64Column();
    const length = COLUMN_PAGE * 2 + 3;
    for (let i = 0; i < length; i++) column.push(i / 4);
    for (const row of [0, 1, COLUMN_PAGE - 1, COLUMN_PAGE, COLUMN_PAGE * 2, length - 1]) expect(column.at(row)).toBe(row / 4);
    expect(Array.from(column.slice(COLUMN_PAGE - 2, COLUMN_PAGE + 2))).toEqual([-2, -1, 0, 1].map((i) => (COLUMN_PAGE + i) / 4));
    expect(() => column.at(length)).toThrow(RangeError);
  });
});

describe("an index list", () => {
  it("finds the position of every place it holds, and none for others", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(5000)), (places) => {
        const sorted = places.toSorted((a, b) => a - b);
        const list = new IndexList();
        for (const place of sorted) list.push(place);
        for (let place = 0; place <= 5000; place += 7) {
          const position = sorted.indexOf(place);
          expect(list.positionOf(frameIndex(place))).toBe(position === -1 ? undefined : position);
        }
        sorted.forEach((place, position) => expect(list.positionOf(frameIndex(place))).toBe(position));
      }),
    );
  });
});
