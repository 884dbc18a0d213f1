import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monotonicSeconds } from "../../../src/model/units.ts";
import { milliseconds } from "../../../src/model/units.ts";
import { timeWindow } from "../../../src/query/time-window.ts";
import { parseQuery } from "../../../src/query/parse.ts";
import { timeCondition } from "../../../src/panel/timeline/time-condition.ts";
import { TimelineClock } from "../../../src/panel/timeline/timeline-clock.ts";
import { pan, tickStep, toTime, toX, zoom } from "../../../src/panel/timeline/timeline-scale.ts";

const span = (from: number, to: number) => ({ from: milliseconds(from), to: milliseconds(to) });
const WHOLE = { ...span(0, 10_000), first: 0, last: 10_000 };

describe("the stretch on view", () => {
  it("zooms around the pointer, and is all of the log once it holds it", () => {
    expect(zoom(WHOLE, 0.5, 4000)).toEqual({ from: 2000, to: 7000 });
    expect(zoom({ ...WHOLE, ...span(2000, 7000) }, 3, 4000)).toBeNull();
  });

  it("goes on with the log where its end is on view", () => {
    expect(zoom(WHOLE, 0.5, 10_000)).toEqual({ last: 5000 });
    expect(pan({ ...WHOLE, ...span(2000, 7000) }, 9000)).toEqual({ last: 5000 });
    expect(pan({ ...WHOLE, ...span(2000, 7000) }, -9000)).toEqual({ from: 0, to: 5000 });
  });

  it("has each moment at one place", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 4000 }), fc.double({ min: 0, max: 1, noNaN: true }), (from, length, width, share) => {
        const scale = { ...span(from, from + length), width };
        const at = from + share * length;
        expect(toTime(scale, toX(scale, at))).toBeCloseTo(at, 3);
      }),
    );
  });

  it("has labels so far apart that they do not touch", () => {
    expect(tickStep(60_000, 1100)).toBe(10_000);
    expect(tickStep(50, 1100)).toBe(5);
    expect(tickStep(10 * 86_400_000, 110)).toBe(10 * 86_400_000);
  });
});

/** The log's first row came at 12:30:00 UTC. */
const NOON = Date.UTC(2026, 10, 20, 12, 30);
const clockAt = (epoch: number) => new TimelineClock({ origin: monotonicSeconds(500), anchors: [{ monotonic: monotonicSeconds(500), wallTime: epoch / 1000 }] });

describe("the clock of a timeline", () => {
  it("has its labels at whole figures of the clock on the wall", () => {
    expect(clockAt(NOON + 3_200).ticks(0, 20_000, 10_000, 0)).toEqual([
      { at: 6_800, epoch: NOON + 10_000 },
      { at: 16_800, epoch: NOON + 20_000 },
    ]);
    expect(new TimelineClock({ origin: monotonicSeconds(0), anchors: [] }).ticks(0, 20_000, 10_000, 0)).toEqual([]);
  });

  it("goes on after a sleep as the machine's clock then says", () => {
    const slept = new TimelineClock({
      origin: monotonicSeconds(0),
      anchors: [
        { monotonic: monotonicSeconds(0), wallTime: NOON / 1000 },
        { monotonic: monotonicSeconds(10), wallTime: NOON / 1000 + 3610 },
      ],
    });
    expect(slept.ticks(0, 20_000, 10_000, 0).map(({ epoch }) => epoch - NOON)).toEqual([0, 10_000, 3_610_000, 3_620_000]);
  });
});

describe("a stretch of time in the filter language", () => {
  const parts = { clock: clockAt(NOON), first: 0, last: 60_000, precision: 20, utcOffset: () => 0 };

  it("is the time of day as the table has it, with the digits that were pointed at", () => {
    expect(timeCondition(span(4_218, 10_871), parts)).toBe("12:30:04.21..12:30:10.88");
    expect(timeCondition(span(4_218, 10_871), { ...parts, precision: 3_000 })).toBe("12:30:04..12:30:11");
    expect(timeCondition(span(4_218, 10_871), { ...parts, utcOffset: () => 330 })).toBe("18:00:04.21..18:00:10.88");
  });

  it("is the time since the start where a time of day would mean another moment too", () => {
    expect(timeCondition(span(4_218, 10_871), { ...parts, last: 90_000_000 })).toBe("4.21s..10.88s");
    expect(timeCondition(span(4_218, 10_871), { ...parts, clock: new TimelineClock({ origin: monotonicSeconds(500), anchors: [] }) })).toBe("4.21s..10.88s");
    // Of a capture from before the clocks were changed.
    expect(timeCondition(span(4_218, 10_871), { ...parts, utcOffset: (epoch?: number) => (epoch === undefined ? 60 : 120) })).toBe("4.21s..10.88s");
  });

  it("is read by the filter as the stretch that was chosen, over midnight too", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_400_000 }), fc.integer({ min: 0, max: 3_600_000 }), fc.integer({ min: 1, max: 3_600_000 }), fc.integer({ min: -720, max: 840 }), (ofDay, from, length, offset) => {
        const began = Date.UTC(2026, 10, 20) + ofDay;
        const text = timeCondition(span(from, from + length), { clock: clockAt(began), first: 0, last: 7_200_000, precision: 1, utcOffset: () => offset });
        const parsed = parseQuery(`btc time:${text}`);
        if ("problem" in parsed) throw new Error(`${text} is no filter.`);
        const window = timeWindow(parsed.query, { start: 500, now: 0, anchors: [{ monotonic: monotonicSeconds(500), wallTime: began / 1000 }], utcOffset: offset, searchesUrls: true });
        // Before a midnight there is no later moment of the day to write.
        expect(Math.abs((window?.from ?? Infinity) - from)).toBeLessThan(2);
        expect(Math.abs((window?.to ?? Infinity) - from - length)).toBeLessThan(2);
      }),
    );
  });
});
