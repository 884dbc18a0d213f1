import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { epochMilliseconds } from "../../../src/model/units.ts";
import {
  formatAgo,
  formatBytes,
  formatCompact,
  formatCount,
  formatDelta,
  formatDuration,
  formatPreciseTime,
  formatRate,
  formatSecond,
  formatShare,
  formatSince,
} from "../../../src/panel/figures/figures.ts";
import { splitUrl } from "../../../src/panel/figures/web-socket-url.ts";

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
])("%d frames are %s in short", (count, text) => expect(formatCompact(count)).toBe(text));

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [2_100, "2.1 kB"],
  [61_000, "61 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [214_000_000, "214 MB"],
  [1_500_000_000, "1.5 GB"],
])("%d bytes are %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test.each([
  [0, "0/s"],
  [0.02, "0.1/s"],
  [0.4, "0.4/s"],
  [312, "312/s"],
  [5_120, "5.1k/s"],
])("%d a second is %s", (rate, text) => expect(formatRate(rate)).toBe(text));

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
])("%d ms between rows are %s", (delta, text) => expect(formatDelta(delta)).toBe(text));

describe("figures of any size", () => {
  test("keep within the width of their column", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e12, noNaN: true }), (value) => {
        expect(formatCompact(value).length).toBeLessThanOrEqual(6);
        expect(formatBytes(value).length).toBeLessThanOrEqual(7);
        expect(formatDelta(value % 1e8).length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

test("a time is shown with its microseconds", () => {
  expect(formatPreciseTime(epochMilliseconds(1_795_174_622_259.117))).toMatch(/^\d\d:\d\d:02\.259 117$/);
});

test("a share is 100 % only when all is done", () => {
  expect(formatShare(0.379)).toBe("37 %");
  expect(formatShare(0.9999)).toBe("99 %");
});

test("counts are grouped and ages rounded", () => {
  expect(formatCount(1_048_203)).toBe("1,048,203");
  expect(formatAgo(200)).toBe("0.2 s");
  expect(formatAgo(-5)).toBe("0.0 s");
  expect(formatAgo(184_000)).toBe("3 min");
});

test("a URL is split into what the list shows, and one that is none is shown whole", () => {
  expect(splitUrl("wss://feed.example:8443/stream?symbols=all")).toEqual({
    host: "feed.example:8443",
    path: "/stream?symbols=all",
  });
  expect(splitUrl("")).toEqual({ host: "", path: "Unknown URL" });
  expect(splitUrl("not a url")).toEqual({ host: "", path: "not a url" });
});

test.each([
  [0.84, "0.8 ms"],
  [38.2, "38.2 ms"],
  [1_204, "1,204 ms"],
  [12_340, "12.3 s"],
  [720_000, "12 min"],
])("%d ms took %s", (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));

test.each([
  [0, "0.000"],
  [4_218.4, "4.218"],
  [1_204_002, "1,204.002"],
])("%d ms since a moment are %s seconds", (milliseconds, text) => expect(formatSince(milliseconds)).toBe(text));

test("captures of one minute are told apart by their second", () => {
  expect(formatSecond(epochMilliseconds(new Date(2026, 10, 20, 14, 2, 9).getTime()))).toBe("14:02:09");
});
