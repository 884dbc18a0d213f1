import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { connectionList } from "../../src/engine/connection-rows.ts";
import { RateMeter } from "../../src/engine/rate-meter.ts";
import type { CaptureEvent } from "../../src/model/capture-batch.ts";
import type { Direction } from "../../src/model/frame.ts";
import { Faults } from "../../src/model/faults.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { batchOf, opened, type Step } from "./setup-engine.ts";

const time = monotonicSeconds(1001);
const closed = (id: number): CaptureEvent => ({ type: "closed", connection: connectionId(id), time });

describe("a meter of rates", () => {
  it("tells what came in the last whole second, and nothing of a second ago and more", () => {
    const meter = new RateMeter();
    meter.add(10_000, 2, 20);
    meter.add(10_999, 3, 30);
    expect(meter.rate(10_999)).toEqual({ frames: 0, bytes: 0 });
    expect(meter.rate(11_000)).toEqual({ frames: 5, bytes: 50 });
    meter.add(11_500, 1, 7);
    expect(meter.rate(11_999)).toEqual({ frames: 5, bytes: 50 });
    expect(meter.rate(12_000)).toEqual({ frames: 1, bytes: 7 });
    expect(meter.isStill(12_999)).toBe(false);
    expect(meter.rate(13_000)).toEqual({ frames: 0, bytes: 0 });
    expect(meter.isStill(13_000)).toBe(true);
    meter.add(13_000, 1, 1);
    expect(meter.rate(60_000)).toEqual({ frames: 0, bytes: 0 });
  });
});

function setup() {
  const capture = new CaptureLog({ payloads: new MemoryFile(), journal: new MemoryFile() }, 1 << 28, new Faults("recorder"));
  let passed = 0;
  const take = (steps: readonly Step[], now: number): void => {
    const batch = batchOf(steps, passed);
    passed = batch.passed;
    capture.take(batch, now);
  };
  /** What the status bar says, both ways, and what the lines of the list come to. */
  const rates = (now: number) => {
    const { items } = connectionList(capture, { hidesEnded: false, chosen: null, watched: [], from: 0, to: 1000 }, now);
    const lines = items.map((item) => (item.type === "connection" ? item.row.rate : 0));
    return { status: capture.traffic.sent.rate(now).frames + capture.traffic.received.rate(now).frames, lines: lines.reduce((sum, rate) => sum + rate, 0) };
  };
  return { capture, take, rates };
}

/** What passes in a fiftieth of a second at 5,000 frames a second, over connections 1 to 4. */
const BURST: readonly Step[] = Array.from({ length: 100 }, (_, i) => ({ connection: 1 + (i % 4), direction: i % 3 === 0 ? "sent" : "received", payload: "x" }));

describe("the rates of the connections", () => {
  it("come to what the status bar says at 5,000 frames a second, in every moment, also over a clear and its undo", () => {
    const { capture, take, rates } = setup();
    take([1, 2, 3, 4].flatMap((id) => opened(id)), 100_000);
    for (let now = 100_000; now < 105_000; now += 20) {
      take(BURST, now);
      if (now === 102_300) capture.clearForNow(now);
      if (now === 103_700) capture.undoClear();
      const expected = now < 101_000 ? 0 : 5000;
      expect(rates(now), String(now)).toEqual({ status: expected, lines: expected });
    }
    expect(rates(105_999)).toEqual({ status: 5000, lines: 5000 });
    expect(rates(106_000)).toEqual({ status: 0, lines: 0 });
  });

  it("come to it whatever passes, and where a page connects again and again: a line has the rate of all that are folded into it", () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ type: fc.constant("frames" as const), place: fc.nat(2), direction: fc.constantFrom<Direction>("sent", "received"), count: fc.integer({ min: 1, max: 9 }) }) },
      { weight: 2, arbitrary: fc.record({ type: fc.constant("again" as const), place: fc.nat(2) }) },
      { weight: 4, arbitrary: fc.record({ type: fc.constant("later" as const), by: fc.integer({ min: 1, max: 1200 }) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { take, rates } = setup();
        let now = 100_000;
        const open = [1, 2, 3];
        let next = 4;
        take(open.flatMap((id, place) => opened(id, `ws://feed.test/${"abc"[place]}`)), now);
        for (const one of steps) {
          if (one.type === "later") now += one.by;
          else if (one.type === "frames") take(Array.from({ length: one.count }, () => ({ connection: open[one.place] as number, direction: one.direction, payload: "x" })), now);
          else {
            take([closed(open[one.place] as number), ...opened(next, `ws://feed.test/${"abc"[one.place]}`)], now);
            open[one.place] = next++;
          }
          const { status, lines } = rates(now);
          expect(lines).toBe(status);
        }
      }),
      {
        numRuns: 40,
        // One that spoke in this second alone stands between the one of now and one of the last second.
        examples: [[[{ type: "frames", place: 0, direction: "sent", count: 1 }, { type: "later", by: 1000 }, { type: "again", place: 0 }, { type: "frames", place: 0, direction: "sent", count: 1 }, { type: "again", place: 0 }]]],
      },
    );
  });
});
