import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_DOTS } from "../../src/contract/timeline.ts";
import { AnswerTimes } from "../../src/engine/answer-times.ts";
import { bucketAt } from "../../src/engine/time-blocks.ts";

const answer = fc.record({
  // A clock may jump back.
  later: fc.oneof({ weight: 20, arbitrary: fc.double({ min: 0, max: 5, noNaN: true }) }, { weight: 1, arbitrary: fc.double({ min: -200, max: 600, noNaN: true }) }),
  took: fc.double({ min: 0, max: 1e5, noNaN: true }),
});

describe("how long answers took", () => {
  it("is told of a stretch of time as a plain loop finds it, at any zoom and for any order of times", () => {
    fc.assert(
      fc.property(
        // Some pass the block's size.
        fc.array(answer, { minLength: 1, maxLength: 30 }).chain((few) => fc.integer({ min: 1, max: 20 }).map((times) => Array.from({ length: times }, () => few).flat())),
        fc.record({ start: fc.double({ min: -100, max: 1000, noNaN: true }), step: fc.double({ min: 0.5, max: 300, noNaN: true }), count: fc.integer({ min: 1, max: 40 }) }),
        (answers, buckets) => {
          const times = new AnswerTimes();
          let time = 0;
          const all = answers.map(({ later, took }, request) => {
            time += later;
            times.add(time, took, request);
            return { time, took, request, bucket: bucketAt(buckets, time) };
          });
          const inside = all.filter(({ bucket }) => bucket >= 0 && bucket < buckets.count);
          const laid = times.lay(buckets);
          expect(laid === null).toBe(inside.length === 0);
          if (laid === null) return;
          const sorted = inside.map(({ took }) => took).toSorted((a, b) => a - b);
          const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
          expect(laid.spread).toEqual({ count: inside.length, least: sorted[0], median: at(0.5), p95: at(0.95), most: sorted.at(-1) });
          // There is room for all of them.
          const drawn = Array.from(laid.frames, (request, dot) => ({ request, time: laid.at[dot], took: laid.took[dot] }));
          expect(drawn.toSorted((a, b) => a.request - b.request)).toEqual(inside.map(({ request, time: when, took }) => ({ request, time: when, took })));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("has the slowest of each bucket and few of the others where there are many, and tells the middle of them nearly", () => {
    const times = new AnswerTimes();
    // One in a thousand takes a second; of the others each as often.
    for (let i = 0; i < 200_000; i++) times.add(i, i % 1000 === 777 ? 1000 + i : (i * 7919) % 100, i);
    const laid = times.lay({ start: 0, step: 10_000, count: 20 });
    expect(laid?.spread).toMatchObject({ count: 200_000, least: 0, most: 200_777 });
    expect(Math.abs((laid?.spread.median ?? 0) - 50)).toBeLessThan(3);
    expect(Math.abs((laid?.spread.p95 ?? 0) - 95)).toBeLessThan(3);
    expect(laid?.frames.length).toBeLessThanOrEqual(MOST_DOTS + 20);
    for (let bucket = 0; bucket < 20; bucket++) expect(laid?.frames).toContain(bucket * 10_000 + 9777);
  });
});
