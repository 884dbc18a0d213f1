import fc from "fast-check";
import { expect, it } from "vitest";
import { Unfolding } from "../../src/engine/unfolding.ts";

it("tells each row's place, frame and message as a list of all rows would", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(30), { minLength: 1, maxLength: 20 }), fc.uniqueArray(fc.record({ frame: fc.nat(30), count: fc.integer({ min: 2, max: 5 }) }), { selector: ({ frame }) => frame, maxLength: 8 }), (frames, unfolded) => {
      const unfolding = new Unfolding();
      for (const { frame, count } of unfolded) unfolding.unfold(frame, count);
      unfolding.layOut((frame) => (frames.includes(frame) ? frames.indexOf(frame) : undefined));
      const rows = frames.flatMap((frame, position) => {
        const { count } = unfolded.find((one) => one.frame === frame) ?? { count: 0 };
        return [{ position, message: undefined }, ...Array.from({ length: count }, (_, message) => ({ position, message }))];
      });
      expect(frames.length + unfolding.extra).toBe(rows.length);
      for (const [place, row] of rows.entries()) {
        expect(unfolding.at(place)).toEqual(row);
        expect(unfolding.placeOf(row.position, row.message)).toBe(place);
      }
      expect(unfolding.isIncomplete).toBe(unfolded.some(({ frame }) => !frames.includes(frame)));
    }),
  );
});

it("folds the frame that was unfolded first, past so many", () => {
  const unfolding = new Unfolding();
  for (let frame = 0; frame <= 100; frame++) unfolding.unfold(frame, 2);
  unfolding.layOut((frame) => frame);
  expect([unfolding.has(0), unfolding.has(1), unfolding.extra]).toEqual([false, true, 200]);
  unfolding.clear();
  expect([unfolding.isEmpty, unfolding.extra]).toEqual([true, 0]);
});
