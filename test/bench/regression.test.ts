import { describe, expect, it } from "vitest";
import { main as benchQuery } from "./query.bench.ts";

/** How far over its limit a ratio may be before it is no noise any more. */
const SLACK = 2.5;

describe("the scan's speed", () => {
  it("is what docs/performance.md promises, with room for a busy machine", async () => {
    const rows = await benchQuery(210_000, 2);
    expect(rows.filter(({ value, limit }) => value > limit * SLACK).map(({ name, value }) => `${name}: ${value.toFixed(2)} x`)).toEqual([]);
  }, 60_000);
});
