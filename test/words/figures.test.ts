import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochMilliseconds } from "../../src/model/units.ts";
import { en, zh } from "./speakers.ts";

const { figures } = en;

test.each([
  [0, "0"],
  [1_204, "1,204"],
  [9_999, "9,999"],
  [10_000, "10.0k"],
  [18_240, "18.2k"],
  [182_400, "182k"],
  [999_499, "999k"],
  [999_500, "1.00M"],
  [1_020_000, "1.02M"],
  [12_345_678, "12.3M"],
])("%d frames are %s in short", (count, text) => expect(figures.compact(count)).toBe(text));

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [2_100, "2.1 kB"],
  [61_000, "61 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [214_000_000, "214 MB"],
  [1_500_000_000, "1.5 GB"],
])("%d bytes are %s", (bytes, text) => expect(figures.bytes(bytes)).toBe(text));

test.each([
  [0, "0/s"],
  [0.02, "0.1/s"],
  [0.4, "0.4/s"],
  [312, "312/s"],
  [5_120, "5.1k/s"],
])("%d a second is %s", (rate, text) => expect(figures.rate(rate)).toBe(text));

test.each([
  [0.04, "0.0"],
  [0.84, "0.8"],
  [999.9, "999.9"],
  [1_204, "1,204"],
  [12_300, "12.3 s"],
  [720_000, "12 min"],
  [-3.2, "-3.2"],
  [-0.04, "0.0"],
  [-0.06, "-0.1"],
])("%d ms between rows are %s", (delta, text) => expect(figures.delta(delta)).toBe(text));

describe("figures of any size", () => {
  test("keep within the width of their column", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (value) => {
        expect(figures.compact(value).length).toBeLessThanOrEqual(6);
        expect(figures.bytes(value).length).toBeLessThanOrEqual(7);
        expect(figures.delta(value % 1e8).length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

test("a time is shown with its microseconds", () => {
  expect(figures.preciseTime(epochMilliseconds(1_795_174_622_259.117))).toMatch(/^\d\d:\d\d:02\.259 117$/);
});

test("whole numbers are those of every language", () => {
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeInteger(), fc.nat(2000), fc.double({ min: -1e6, max: 1e16, noNaN: true })), (drawn) => {
      // `Intl` writes a minus before a zero that has one.
      const value = Object.is(drawn, -0) ? 0 : drawn;
      for (const [speaker, tag] of [[en, "en"], [zh, "zh-CN"]] as const) expect(speaker.figures.count(value)).toBe(new Intl.NumberFormat(tag, { maximumFractionDigits: 0 }).format(value));
    }),
  );
});

test("times of day are those of every language", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e12, max: 4e12, noNaN: true }), (time) => {
      for (const [speaker, dates] of [[en, "en-GB"], [zh, "zh-CN"]] as const) {
        const minute = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
        const written = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(dates, { ...minute, ...options }).format(time);
        expect([speaker.figures.minute(time), speaker.figures.second(time), speaker.figures.time(time)]).toEqual([written({}), written({ second: "2-digit" }), written({ second: "2-digit", fractionalSecondDigits: 3 })]);
      }
    }),
  );
});

test("a share is 100% only when all is done", () => {
  expect(figures.share(0.379)).toBe("37%");
  expect(figures.share(0.9999)).toBe("99%");
});

test("counts are grouped and ages rounded", () => {
  expect(figures.count(1_048_203)).toBe("1,048,203");
  expect(figures.ago(200)).toBe("0.2 s");
  expect(figures.ago(-5)).toBe("0.0 s");
  expect(figures.ago(184_000)).toBe("3 min");
});

test.each([
  [0.84, "0.8 ms"],
  [38.2, "38.2 ms"],
  [1_204, "1,204 ms"],
  [12_340, "12.3 s"],
  [720_000, "12 min"],
])("%d ms took %s", (milliseconds, text) => expect(figures.duration(milliseconds)).toBe(text));

test.each([
  [0, "0 ms"],
  [0.15, "0.15 ms"],
  [30, "30 ms"],
  [1_500, "1.5 s"],
  [800_000, "800 s"],
])("a stretch of time that ends after %d ms ends at %s", (milliseconds, text) => expect(figures.edge(milliseconds)).toBe(text));

test.each([
  [0, "0.000"],
  [4_218.4, "4.218"],
  [1_204_002, "1,204.002"],
])("%d ms since a moment are %s seconds", (milliseconds, text) => expect(figures.since(milliseconds)).toBe(text));

test("captures of one minute are told apart by their second", () => {
  expect(figures.second(epochMilliseconds(new Date(2026, 10, 20, 14, 2, 9).getTime()))).toBe("14:02:09");
});

describe("figures in Chinese", () => {
  const at = epochMilliseconds(new Date(2026, 10, 20, 14, 2, 9, 4).getTime());

  test("have half-width digits and a space before the unit", () => {
    expect(zh.figures.count(1_048_203)).toBe("1,048,203");
    expect(zh.figures.bytes(2_100)).toBe("2.1 kB");
    expect(zh.figures.duration(38.2)).toBe("38.2 ms");
    expect(zh.figures.duration(12_340)).toBe("12.3 秒");
    expect(zh.figures.duration(720_000)).toBe("12 分钟");
    expect(zh.figures.rate(312)).toBe("312/秒");
    expect(zh.figures.share(0.379)).toBe("37%");
  });

  test("have the language's own dates, and the time of day alike", () => {
    expect(zh.figures.day(at)).toBe("2026年11月20日");
    expect(zh.figures.dateTime(at)).toBe("2026年11月20日 14:02:09.004");
    expect(figures.dateTime(at)).toBe("20 Nov 2026 14:02:09.004");
    expect(zh.figures.time(at)).toBe(figures.time(at));
  });
});
