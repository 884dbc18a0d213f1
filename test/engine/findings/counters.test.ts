import { expect, it } from "vitest";
import { Counters } from "../../../src/engine/findings/gather/counters.ts";
import { MessageShapes } from "../../../src/engine/findings/gather/counted-names.ts";
import type { SeenRow } from "../../../src/engine/findings/seen-row.ts";
import { frameIndex, monotonicSeconds } from "../../../src/model/units.ts";

it("messages whose numbers count something else are read no more after some of them", () => {
  const counters = new Counters(new MessageShapes());
  let reads = 0;
  for (let i = 0; i < 5000; i++) {
    // One number over all symbols, told apart as streams: none of these ever goes on by one.
    const bytes = Buffer.from(`{"seq":${i},"sym":"S${i % 4}"}`);
    const row = { index: frameIndex(i), time: monotonicSeconds(i / 1000), direction: "received", isText: true, label: 1, length: bytes.length, start: 0, bytes: () => (reads++, bytes) };
    counters.add(row as unknown as SeenRow);
  }
  expect(reads).toBeLessThan(500);
});
