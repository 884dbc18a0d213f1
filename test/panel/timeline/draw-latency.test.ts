import fc from "fast-check";
import { expect, it } from "vitest";
import { latencyHeight } from "../../../src/panel/timeline/draw-timeline.ts";

it("a latency stands between the quickest and the slowest, each tenfold as high", () => {
  expect([1, 10, 100, 1000].map((took) => latencyHeight(took, { least: 1, most: 1000 }))).toEqual([0, expect.closeTo(1 / 3), expect.closeTo(2 / 3), 1]);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), fc.double({ min: 0, max: 1e9, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b, share) => {
      const [least, most] = [Math.min(a, b), Math.max(a, b)];
      const height = latencyHeight(least + (most - least) * share, { least, most });
      expect(height).toBeGreaterThanOrEqual(0);
      expect(height).toBeLessThanOrEqual(1);
    }),
  );
});
