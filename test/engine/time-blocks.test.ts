import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketsOf } from "../../src/engine/timeline.ts";
import { bucketAt, TimeBlocks } from "../../src/engine/time-blocks.ts";
import { FrameLog } from "../../src/log/frame-log.ts";
import { PayloadPages } from "../../src/log/payload-pages.ts";
import { eventBits, messageBits } from "../../src/model/frame.ts";
import { milliseconds } from "../../src/model/units.ts";

interface Row {
  /** Seconds since the row before; a clock may jump back. */
  readonly later: number;
  readonly what: "sent" | "received" | "open";
  readonly size: number;
}

const row: fc.Arbitrary<Row> = fc.record({
  later: fc.oneof({ weight: 20, arbitrary: fc.double({ min: 0, max: 0.2, noNaN: true }) }, { weight: 1, arbitrary: fc.double({ min: -20, max: 60, noNaN: true }) }),
  what: fc.constantFrom("sent", "received", "received", "open"),
  size: fc.nat(40),
});

function logOf(rows: readonly Row[]): FrameLog {
  const log = new FrameLog(new PayloadPages({ budget: 1 << 24 }));
  let time = 1000;
  for (const { later, what, size } of rows) {
    time += later;
    log.append(time, 1, what === "open" ? eventBits("open") : messageBits(what, 1, false, false), new Uint8Array(size));
  }
  return log;
}

describe("blocks of time", () => {
  it("hold in each bucket what a plain loop finds there, at any zoom and for any order of times", () => {
    fc.assert(
      fc.property(
        // Some pass the block's size.
        fc.array(row, { minLength: 1, maxLength: 30 }).chain((few) => fc.integer({ min: 1, max: 40 }).map((times) => Array.from({ length: times }, () => few).flat())),
        fc.integer({ min: 1, max: 300 }),
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        fc.integer({ min: 1, max: 3 }),
        (rows, most, [a, b], every) => {
          const log = logOf(rows);
          // As a filter finds them.
          const found = rows.flatMap((_, i) => (i % every === 0 ? [i] : []));
          const blocks = new TimeBlocks(log, { length: found.length, at: (position) => found[position] ?? 0 });
          while (blocks.advance());
          let time = 1000;
          const times = rows.map(({ later }) => (time += later)).map((at, _, all) => (at - (all[0] ?? 0)) * 1000);
          const length = Math.max(...times) - Math.min(...times);
          const from = Math.min(...times) + Math.min(a, b) * length;
          const buckets = bucketsOf({ from: milliseconds(from), to: milliseconds(Math.max(Math.min(...times) + Math.max(a, b) * length, from + 0.1)) }, most);
          const wanted = { sent: new Uint32Array(buckets.count), received: new Uint32Array(buckets.count), sentBytes: new Float64Array(buckets.count), receivedBytes: new Float64Array(buckets.count) };
          for (const i of found) {
            const { what, size } = rows[i] as Row;
            const bucket = bucketAt(buckets, times[i] as number);
            if (what === "open" || bucket < 0 || bucket >= buckets.count) continue;
            wanted[what][bucket] = (wanted[what][bucket] ?? 0) + 1;
            wanted[`${what}Bytes`][bucket] = (wanted[`${what}Bytes`][bucket] ?? 0) + size;
          }
          expect(blocks.traffic(buckets)).toEqual(wanted);
        },
      ),
      { numRuns: 80 },
    );
  });

  it("cover a span with no more buckets than asked for, whose edges stand still while it grows", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e9, noNaN: true }), fc.double({ min: 0.1, max: 1e9, noNaN: true }), fc.integer({ min: 2, max: 2000 }), (from, length, most) => {
        const { start, step, count } = bucketsOf({ from: milliseconds(from), to: milliseconds(from + length) }, most);
        expect(count).toBeLessThanOrEqual(most);
        expect(start).toBeLessThanOrEqual(from + step * 1e-6);
        expect(start + count * step).toBeGreaterThanOrEqual(from + length - step * 1e-6);
        expect(Math.abs(start / step - Math.round(start / step))).toBeLessThan(1e-6);
      }),
    );
  });
});
