import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameBatcher, MOST_EVENTS, MOST_VITAL_EVENTS, type BatchTaken } from "../../src/capture/frame-batcher.ts";
import type { CaptureBatch, CaptureEvent } from "../../src/model/capture-batch.ts";
import { messageBits } from "../../src/model/frame.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";

const BITS = messageBits("received", 1, false, false);

const taken = (payloadBytes: number): BatchTaken => ({ payloadBytes, safeEvents: 0, framesBefore: 0 });

type Item = { readonly text: string } | { readonly size: number } | "event";

/** Runs items through a batcher whose engine answers when `answers` says so; what came out, in order. */
function run(items: readonly Item[], answers: readonly boolean[]): string[] {
  const out: string[] = [];
  const underWay: number[] = [];
  const waiting: (() => void)[] = [];
  const batcher = new FrameBatcher({
    send: (batch: CaptureBatch) => {
      underWay.push(batch.payload.length);
      let at = 0;
      for (let i = 0; i <= batch.count; i++) {
        for (const entry of batch.events) if (entry.at === i) out.push("event");
        if (i === batch.count) break;
        const length = batch.lengths[i] as number;
        const bytes = batch.payload.subarray(at, at + length);
        out.push(length > 500 ? `${length} of ${bytes[0]}` : new TextDecoder().decode(bytes));
        at += length;
      }
      expect(at).toBe(batch.payload.length);
    },
    soon: (callback) => waiting.push(callback),
  });
  const event: CaptureEvent = { type: "clock", time: monotonicSeconds(1), wallTime: 2 };
  items.forEach((item, i) => {
    if (item === "event") batcher.addEvent(event);
    else if ("text" in item) batcher.addText(monotonicSeconds(i), connectionId(1), BITS, item.text);
    else batcher.addBytes(monotonicSeconds(i), connectionId(1), BITS, new Uint8Array(item.size).fill(i));
    if (answers[i] !== true) return;
    waiting.shift()?.();
    const done = underWay.shift();
    if (done !== undefined) batcher.batchDone(taken(done));
  });
  while (waiting.length > 0 || underWay.length > 0) {
    waiting.shift()?.();
    const done = underWay.shift();
    if (done !== undefined) batcher.batchDone(taken(done));
  }
  return out;
}

describe("a frame batcher", () => {
  it("loses nothing and keeps the order of frames and events, however batches are cut", () => {
    const item: fc.Arbitrary<Item> = fc.oneof(
      fc.record({ text: fc.string({ unit: "grapheme", maxLength: 40 }) }),
      fc.record({ size: fc.constantFrom(501, 5000, 700_000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1) }),
      fc.constant("event" as const),
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), (items, answers) => {
        const expected = items.map((one, i) => (one === "event" ? "event" : "text" in one ? one.text : `${one.size} of ${i}`));
        expect(run(items, answers)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("gathers while the engine is busy, and sends a single frame at once", () => {
    const batches: number[] = [];
    const batcher = new FrameBatcher({ send: ({ count }) => batches.push(count), soon: (callback) => callback() });
    const add = (): void => batcher.addText(monotonicSeconds(1), connectionId(1), BITS, "x");
    add();
    for (let i = 0; i < 50; i++) add();
    expect(batches).toEqual([1]);
    batcher.batchDone(taken(1));
    expect(batches).toEqual([1, 50]);
  });

  it("drops and counts frames when the engine takes nothing any more", () => {
    let passed = 0;
    let sent = 0;
    const batcher = new FrameBatcher({ send: (batch) => void ((sent += batch.count), (passed = batch.passed)), soon: () => {} });
    const bytes = new Uint8Array(64 << 20);
    for (let i = 0; i < 10; i++) batcher.addBytes(monotonicSeconds(1), connectionId(1), BITS, bytes);
    batcher.flush();
    expect([sent, passed]).toEqual([8, 10]);
  });

  it("takes so many events while the engine keeps none, the vital ones longest, and counts what it does not take", () => {
    const sent: CaptureBatch[] = [];
    const batcher = new FrameBatcher({ send: (batch) => sent.push(batch), soon: (callback) => callback() });
    const created = (i: number): CaptureEvent => ({ type: "created", connection: connectionId(i), targetKey: "page", url: "", seenFromStart: true });
    const error = (i: number): CaptureEvent => ({ type: "error", connection: connectionId(i), time: monotonicSeconds(1), message: "" });
    const events = () => sent.flatMap((batch) => batch.events);
    for (let i = 0; i < MOST_EVENTS; i++) batcher.addEvent(error(i));
    for (let i = 0; i < 10; i++) batcher.addEvent(error(i));
    for (let i = MOST_EVENTS; i < MOST_VITAL_EVENTS + 5; i++) batcher.addEvent(created(i));
    batcher.flush();
    expect([events().length, sent.at(-1)?.passed]).toEqual([MOST_VITAL_EVENTS, 15]);
    expect(events().at(-1)?.event).toEqual(created(MOST_VITAL_EVENTS - 1));
    // What is kept is out of the way.
    batcher.batchDone({ payloadBytes: 0, safeEvents: MOST_VITAL_EVENTS, framesBefore: 0 });
    batcher.addEvent(error(1));
    batcher.flush();
    expect([events().length, sent.at(-1)?.passed]).toEqual([MOST_VITAL_EVENTS + 1, 15]);
  });
});
