import { describe, expect, it } from "vitest";
import { main as benchConnections } from "./connections.bench.ts";
import { main as benchIngest } from "./ingest.bench.ts";
import { brokenPromises } from "./measure.ts";
import { main as benchQuery } from "./query.bench.ts";

describe("what docs/performance.md promises holds, with room for a busy machine,", () => {
  it("of scans", async () => {
    expect(brokenPromises(await benchQuery(210_000, 2))).toEqual([]);
  });

  it("of the connection list: an update costs the same, however many there are", () => {
    expect(brokenPromises(benchConnections())).toEqual([]);
  });

  it("of the log: taking frames in, the cost of a frame as it grows, and the memory that it takes", async () => {
    expect(brokenPromises(await benchIngest())).toEqual([]);
  });
});
