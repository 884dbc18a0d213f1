import { expect, test } from "vitest";
import { latencyFilter } from "../../../src/panel/inspector/latency-filter.ts";
import { connectionId, milliseconds } from "../../../src/model/units.ts";

const bucket = (from: number, to: number | null) => ({ from: milliseconds(from), to: to === null ? null : milliseconds(to), count: 1 });
const own = connectionId(3);

test("what took so long is asked for in the place of what took otherwise, beside what else is", () => {
  expect(latencyFilter("", own, bucket(30, 40))).toBe("conn:3 latency:>=30ms latency:<40ms");
  const once = latencyFilter("type:get", own, bucket(1_000, 1_500));
  expect(once).toBe("type:get conn:3 latency:>=1000ms latency:<1500ms");
  expect(latencyFilter(once, own, bucket(0.1, 0.15))).toBe("type:get conn:3 latency:>=0.1ms latency:<0.15ms");
  expect(latencyFilter("latency:>1s conn:2", own, bucket(0, 0.1))).toBe("conn:3 latency:<0.1ms");
  expect(latencyFilter("", own, bucket(800_000, null))).toBe("conn:3 latency:>=800000ms");
});
