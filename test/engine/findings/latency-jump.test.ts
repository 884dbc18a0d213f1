import fc from "fast-check";
import { expect, it } from "vitest";
import { medianOf } from "../../../src/engine/findings/endings.ts";
import { jumpIn } from "../../../src/engine/findings/latency-jump.ts";
import { frameIndex } from "../../../src/model/units.ts";

const blocksOf = (medians: readonly number[]) => medians.map((median, place) => ({ median, first: frameIndex(place) }));

it("latency jumps where two blocks are four times, and a tenth of a second, above the median of all before them", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.double({ min: 1, max: 60, noNaN: true }), fc.double({ min: 100, max: 400, noNaN: true })), { maxLength: 40 }), (medians) => {
      const place = medians.findIndex((median, i) => {
        const next = medians[i + 1];
        const before = medianOf(medians.slice(0, i));
        return i >= 2 && next !== undefined && Math.min(median, next) >= before * 4 && Math.min(median, next) >= before + 100;
      });
      const jump = jumpIn(blocksOf(medians));
      expect(jump?.at.first ?? -1).toBe(place);
      if (jump !== undefined) expect(jump.before).toBe(medianOf(medians.slice(0, place)));
    }),
  );
});

it("a jump is looked for in a thousand blocks without reading all of them at each", () => {
  let reads = 0;
  const blocks = Array.from({ length: 1024 }, (_, place) => ({ get median() { reads++; return 20 + ((place * 7919) % 50); }, first: frameIndex(place) }));
  expect(jumpIn(blocks)).toBeUndefined();
  expect(reads).toBeLessThan(10 * blocks.length);
});
