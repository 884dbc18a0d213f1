import fc from "fast-check";
import { expect, it } from "vitest";
import { LatencyBuckets } from "../../src/engine/latency-buckets.ts";
import { milliseconds } from "../../src/model/units.ts";

function bucketsOf(latencies: readonly number[]) {
  const counter = new LatencyBuckets();
  for (const latency of latencies) counter.add(milliseconds(latency));
  return counter.buckets();
}

it("counts how long answers took, from the fastest to the slowest without a gap", () => {
  expect(bucketsOf([])).toEqual([]);
  expect(bucketsOf([38.2])).toEqual([{ from: 30, to: 40, count: 1 }]);
  // The end of a bucket is the next one's.
  expect(bucketsOf([30, 39.9, 40, 66])).toEqual([
    { from: 30, to: 40, count: 2 },
    { from: 40, to: 50, count: 1 },
    { from: 50, to: 60, count: 0 },
    { from: 60, to: 80, count: 1 },
  ]);
  expect(bucketsOf([0, 0.14])).toEqual([
    { from: 0, to: 0.1, count: 1 },
    { from: 0.1, to: 0.15, count: 1 },
  ]);
  expect(bucketsOf([3_600_000])).toEqual([{ from: 800_000, to: null, count: 1 }]);
});

it("has each of them in the one bucket whose ends it stands between", () => {
  const latency = fc.oneof(fc.double({ min: 0, max: 2_000_000, noNaN: true }), fc.integer({ min: 0, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(latency, { minLength: 1, maxLength: 60 }), (latencies) => {
      const buckets = bucketsOf(latencies);
      for (const [i, { from, to, count }] of buckets.entries()) {
        expect(count).toBe(latencies.filter((one) => one >= from && one < (to ?? Infinity)).length);
        expect(buckets[i + 1]?.from ?? to).toBe(to);
      }
      expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(latencies.length);
      expect([buckets[0]?.count, buckets.at(-1)?.count]).not.toContain(0);
    }),
  );
});
