import { TIMERS } from "./timers.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { DecodeRun, type DecodeThread } from "../../src/engine/decode-run.ts";
import { createDecodeResponder, type DecodeRequest } from "../../src/engine/decode-thread.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { monotonicSeconds } from "../../src/model/units.ts";
import { Faults } from "../../src/model/faults.ts";
import type { CaptureBatch } from "../../src/model/capture-batch.ts";
import { batchOf, opened, setupEngine } from "./setup-engine.ts";

const rows = (count: number) => batchOf(Array.from({ length: count }, () => ({ payload: "{}" })));

/** Until the messages between engine and view, which no clock holds back, have arrived. */
async function deliver(): Promise<void> {
  for (let i = 0; i < 6; i++) await new Promise((resolve) => setImmediate(resolve));
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout", "setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

describe("a view", () => {
  it("is told less often while more comes than anybody reads", async () => {
    /** How often it is told in a second in which so many rows come at once, so many milliseconds apart, where it paints so long. */
    const told = async (each: number, { apart = 10, paintsIn = 0 } = {}): Promise<number> => {
      const { engine, pushes, end } = setupEngine({ paintsIn });
      engine.receive({ type: "batch", batch: batchOf(opened(1)) }, () => {});
      await deliver();
      const before = pushes.length;
      for (let passed = 0; passed < 1000; passed += 10) {
        if (passed % apart === 0) engine.receive({ type: "batch", batch: rows(each) }, () => {});
        vi.advanceTimersByTime(10);
        await deliver();
      }
      end();
      return pushes.length - before;
    };
    const [quiet, quick, unread, busy, slow] = [await told(1, { apart: 60 }), await told(1), await told(5), await told(200), await told(200, { paintsIn: 60 })];
    // Each row and what its decoder says of it, at most every 50 ms; every 100 ms, every 200 ms, and 300 ms after each painting.
    expect(quick).toBeGreaterThanOrEqual(8);
    expect(quick).toBeLessThanOrEqual(11);
    expect(unread).toBeGreaterThanOrEqual(4);
    expect(unread).toBeLessThanOrEqual(7);
    expect(quiet).toBeGreaterThanOrEqual(16);
    expect(quiet).toBeLessThanOrEqual(20);
    expect(busy).toBeGreaterThanOrEqual(4);
    expect(busy).toBeLessThanOrEqual(7);
    expect(slow).toBeGreaterThanOrEqual(2);
    expect(slow).toBeLessThanOrEqual(4);
  });

  it.each([[0, 10, 2000], [60, 10, 2000], [0, 100, 2000], [0, 10, 1000]])("is told about every second where cores are few, painting for %i ms, a batch every %i ms, %i rows a second", async (paintsIn, apart, rate) => {
    const { engine, pushes, end } = setupEngine({ paintsIn, cores: 2 });
    engine.receive({ type: "batch", batch: batchOf(opened(1)) }, () => {});
    for (let passed = 0; passed < 5000; passed += 10) {
      if (passed % apart === 0) engine.receive({ type: "batch", batch: rows((rate * apart) / 1000) }, () => {});
      vi.advanceTimersByTime(10);
      await deliver();
    }
    // Of the opening and the first rows too, before it is known that much comes.
    expect(pushes.length).toBeGreaterThanOrEqual(5);
    expect(pushes.length).toBeLessThanOrEqual(8);
    end();
  });

  it("spends no more than about a tenth of a burst on painting where cores are few, up to two seconds apart", async () => {
    const told = async (paintsIn: number): Promise<number> => {
      const { engine, pushes, end } = setupEngine({ paintsIn, cores: 2 });
      engine.receive({ type: "batch", batch: batchOf(opened(1)) }, () => {});
      for (let passed = 0; passed < 10_000; passed += 10) {
        engine.receive({ type: "batch", batch: rows(20) }, () => {});
        vi.advanceTimersByTime(10);
        await deliver();
      }
      end();
      return pushes.length;
    };
    const [slow, slower] = [await told(150), await told(500)];
    // 150 and 1,500 ms, then 500 and no more than 2,000; and the first, before it is known that much comes.
    expect(slow).toBeGreaterThanOrEqual(6);
    expect(slow).toBeLessThanOrEqual(9);
    expect(slower).toBeGreaterThanOrEqual(4);
    expect(slower).toBeLessThanOrEqual(6);
  });

  it("hears that the log is another before any answer out of it, however much comes and however long it paints", async () => {
    const { engine, take, call, pushes, end } = setupEngine({ paintsIn: 10_000, cores: 2 });
    const generation = (): number => pushes.at(-1)?.generation ?? NaN;
    take(opened(1));
    await deliver();
    for (let i = 0; i < 3; i++) {
      engine.receive({ type: "batch", batch: rows(2000) }, () => {});
      vi.advanceTimersByTime(100);
      await deliver();
    }
    const before = generation();
    const answered = async (name: "clear" | "undoClear"): Promise<number> => await call(name, null).then(generation);
    expect(await answered("clear")).toBe(before + 1);
    expect(await answered("undoClear")).toBe(before + 2);
    take([{ type: "navigated", time: monotonicSeconds(1001), url: "http://page.test/", keepLog: false }]);
    expect(await call("rowCount", null).then(generation)).toBe(before + 3);
    end();
  });
});

describe("a view of a burst", () => {
  it("is told soon after the last of it", async () => {
    const { engine, pushes, end } = setupEngine();
    engine.receive({ type: "batch", batch: batchOf(opened(1)) }, () => {});
    for (let i = 0; i < 10; i++) {
      engine.receive({ type: "batch", batch: rows(200) }, () => {});
      vi.advanceTimersByTime(10);
      await deliver();
    }
    for (let passed = 0; passed < 260; passed += 10) {
      vi.advanceTimersByTime(10);
      await deliver();
    }
    expect(pushes.at(-1)?.frames).toBe(2000);
    end();
  });
});

describe("decoding", () => {
  function setUp(cores: number) {
    const capture = new CaptureLog({ payloads: new MemoryFile(), journal: new MemoryFile() }, 1 << 28);
    const respond = createDecodeResponder();
    const asked: DecodeRequest[] = [];
    const thread: DecodeThread = { post: (request) => asked.push(request), onAnswer: () => {}, onFailure: () => {}, onGone: () => {}, onReady: () => {}, isReady: true, end: () => {} };
    const decoding = new DecodeRun(capture, { start: () => thread, onProgress: () => {}, timers: TIMERS, cores, faults: new Faults("recorder") });
    return {
      capture,
      asked,
      decoding,
      take: (batch: CaptureBatch): void => {
        capture.take(batch, 0);
        decoding.advance();
      },
      /** Each piece takes 20 ms. */
      answer: (): void => {
        vi.advanceTimersByTime(20);
        respond(asked.at(-1) as DecodeRequest, (answer) => thread.onAnswer(answer));
      },
    };
  }

  it("rests while messages come faster than it decodes them, and catches up then", () => {
    const { capture, asked, decoding, take, answer } = setUp(8);
    take(rows(10));
    take(rows(5));
    answer();
    // Fewer came than were decoded: it goes on at once.
    expect(asked.length).toBe(2);
    take(rows(100));
    answer();
    expect(asked.length).toBe(2);
    vi.advanceTimersByTime(249);
    expect(asked.length).toBe(2);
    vi.advanceTimersByTime(1);
    expect(asked.length).toBe(3);
    answer();
    expect(capture.decoded.length).toBe(115);
    decoding.end();
  });

  it("rests while many bytes come where cores are few, though it keeps up", () => {
    const large = batchOf([{ payload: `"${"x".repeat(300_000)}"` }]);
    const asks = (cores: number): number => {
      const { asked, decoding, take, answer } = setUp(cores);
      take(large);
      take(large);
      answer();
      decoding.end();
      return asked.length;
    };
    expect([asks(2), asks(8)]).toEqual([1, 2]);
  });

  it("rests longer there while as many bytes come, and goes on within a quarter of a second once they do not", () => {
    const large = batchOf([{ payload: `"${"x".repeat(600_000)}"` }]);
    /** When the next piece is asked for, in milliseconds behind the answer of a piece that took 50. */
    const nextAfter = (cores: number, batches: number): number => {
      const { asked, decoding, take, answer } = setUp(cores);
      take(large);
      take(large);
      take(large);
      vi.advanceTimersByTime(30);
      answer();
      let waited = 0;
      for (; asked.length === 1 && waited < 2000; waited += 10) {
        if (waited % 250 === 0 && waited / 250 < batches) take(large);
        vi.advanceTimersByTime(10);
      }
      decoding.end();
      return waited;
    };
    expect([nextAfter(2, 8), nextAfter(2, 2), nextAfter(2, 0), nextAfter(8, 8)]).toEqual([1000, 750, 250, 250]);
  });
});
