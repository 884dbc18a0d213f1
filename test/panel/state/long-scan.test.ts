import { expect, test } from "vitest";
import { byteLength } from "../../../src/model/units.ts";
import { isLongScan } from "../../../src/panel/state/long-scan.ts";

test("a scan is long by the rows that are left, or by their bytes where they are few and large", () => {
  const small = { frames: 100_000, bytes: byteLength(2e6) };
  expect(isLongScan({ ...small, scanned: 0.9 })).toBe(true);
  expect(isLongScan({ ...small, scanned: 0.97 })).toBe(false);
  expect(isLongScan({ frames: 100, bytes: byteLength(100e6), scanned: 0.5 })).toBe(true);
  expect(isLongScan({ frames: 100, bytes: byteLength(1e6), scanned: 0 })).toBe(false);
  expect(isLongScan({ ...small, scanned: 1 })).toBe(false);
});
