/** The rows of docs/performance.md about reading: time in buckets, and messages compared. In Node. */
import { readJson } from "../../src/decode/json/read-json.ts";
import { compareValues } from "../../src/engine/compare/compare-values.ts";
import type { Difference } from "../../src/engine/compare/difference.ts";
import { TimeBlocks } from "../../src/engine/time-blocks.ts";
import { bucketsOf } from "../../src/engine/timeline.ts";
import { FrameLog } from "../../src/log/frame-log.ts";
import { PayloadPages } from "../../src/log/payload-pages.ts";
import { messageBits } from "../../src/model/frame.ts";
import { milliseconds } from "../../src/model/units.ts";
import { median, timed, type BenchRow } from "./measure.ts";

const BUCKETS = 320;
const ROUNDS = 7;

export function main(frames = 5_000_000): readonly BenchRow[] {
  return [benchTimeline(frames), benchCompare()];
}

function benchTimeline(frames: number): BenchRow {
  const log = new FrameLog(new PayloadPages({ budget: 1 << 20 }));
  const empty = new Uint8Array(0);
  const [sent, received] = [messageBits("sent", 1, false, false), messageBits("received", 1, false, false)];
  for (let i = 0; i < frames; i++) log.append(1000 + i / 5_000, 1, i % 20 === 0 ? sent : received, empty);
  const blocks = new TimeBlocks(log, { get length() { return log.length; }, at: (position) => position });
  while (blocks.advance());
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    // All of it, and nearer and nearer.
    const share = 1 / 4 ** (round % 4);
    const to = blocks.last * share;
    times.push(timed(() => void blocks.traffic(bucketsOf({ from: milliseconds(0), to: milliseconds(to) }, BUCKETS))));
  }
  const value = median(times.slice(1));
  return { name: `a redraw of the timeline at ${frames.toLocaleString("en-US")} frames, in the engine`, yardstick: "", value, limit: 10, unit: "ms", detail: `${BUCKETS} buckets` };
}

/** A megabyte of orders, of which some have changed. */
function orders(round: number): Uint8Array {
  const list = Array.from({ length: 7_000 }, (_, i) => ({ id: 9_000_000 + i, sym: ["BTC-USD", "ETH-USD"][i % 2], px: 60_000 + ((i * 37) % 900) + (i % 50 === 0 ? round : 0), qty: i / 7, side: i % 3 === 0 ? "buy" : "sell", tags: ["a", "b"], user: { name: `user ${i % 90}`, level: i % 5 } }));
  return new TextEncoder().encode(JSON.stringify({ type: "snapshot", round, list }));
}

function benchCompare(): BenchRow {
  const [before, after] = [orders(1), orders(2)];
  const times: number[] = [];
  let longest = 0;
  let changes = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    times.push(
      timed(() => {
        const [a, b] = [readJson(before).document, readJson(after).document];
        if (a === undefined || b === undefined) throw new Error("These are no JSON.");
        const work = compareValues(a, b);
        for (;;) {
          const began = performance.now();
          const step: IteratorResult<number, Difference> = work.next();
          longest = Math.max(longest, performance.now() - began);
          if (step.done !== true) continue;
          ({ changes } = step.value);
          return;
        }
      }),
    );
  }
  const value = median(times.slice(1));
  return { name: "compare two JSON messages of 1 MB", yardstick: "", value, limit: 1000, unit: "ms", detail: `${(after.length / 1e6).toFixed(1)} MB each, ${changes} changes, longest turn ${longest.toFixed(0)} ms` };
}
