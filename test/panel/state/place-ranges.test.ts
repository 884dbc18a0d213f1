import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  addPlaces,
  countPlaces,
  cutPlaces,
  hasPlace,
  MOST_RANGES,
  NO_PLACES,
  onePlace,
  placesBetween,
  togglePlace,
  type PlaceRanges,
} from "../../../src/panel/state/place-ranges.ts";

const place = fc.nat(40);
const step = fc.oneof(
  fc.tuple(fc.constant("toggle" as const), place, place),
  fc.tuple(fc.constant("add" as const), place, place),
  fc.tuple(fc.constant("cut" as const), place, place),
);

test("ranges hold what a plain set of places holds, whatever is added, toggled and cut", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let ranges: PlaceRanges = NO_PLACES;
      const set = new Set<number>();
      for (const [what, a, b] of steps) {
        if (what === "toggle") {
          ranges = togglePlace(ranges, a);
          if (!set.delete(a)) set.add(a);
        } else if (what === "add") {
          ranges = addPlaces(ranges, placesBetween(a, b));
          for (let i = Math.min(a, b); i <= Math.max(a, b); i++) set.add(i);
        } else {
          ranges = cutPlaces(ranges, a);
          for (const i of set) if (i >= a) set.delete(i);
        }
        expect(countPlaces(ranges)).toBe(set.size);
        for (let i = 0; i <= 41; i++) expect(hasPlace(ranges, i)).toBe(set.has(i));
        ranges.forEach(({ from, to }, i) => {
          expect(from).toBeLessThan(to);
          expect(from).toBeGreaterThan(i === 0 ? -1 : (ranges[i - 1]?.to ?? 0));
        });
      }
    }),
  );
});

test("rows picked one by one are bounded, and ten million in one range are one range", () => {
  let ranges: PlaceRanges = NO_PLACES;
  for (let i = 0; i < MOST_RANGES + 50; i++) ranges = togglePlace(ranges, i * 2);
  expect(ranges).toHaveLength(MOST_RANGES);
  expect(placesBetween(9_999_999, 0)).toEqual([{ from: 0, to: 10_000_000 }]);
  expect(onePlace(3)).toEqual([{ from: 3, to: 4 }]);
});
