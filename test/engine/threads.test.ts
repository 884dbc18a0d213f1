import { TIMERS } from "./timers.ts";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { loadDecoders } from "../../src/decode/decoder-loads.ts";
import { DECODERS } from "../../src/decode/registry.ts";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { Deadline } from "../../src/engine/deadline.ts";
import { DecodeRun, type DecodeThread } from "../../src/engine/decode-run.ts";
import { createDecodeResponder, type DecodeRequest } from "../../src/engine/decode-thread.ts";
import { createScanResponder } from "../../src/engine/scan-thread.ts";
import { Scanner, type ScanAnswer, type ScanRequest, type ScanThread } from "../../src/engine/scanner.ts";
import { countFaults, Faults } from "../../src/model/faults.ts";
import { frameIndex } from "../../src/model/units.ts";
import { parseQuery } from "../../src/query/parse.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { batchOf, opened, setupEngine, type Step } from "./setup-engine.ts";
import { say } from "../../src/model/said.ts";

const EVERYTHING = { filter: "", connection: null, sent: true, received: true, sort: null } as const;

describe("a deadline", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function setup() {
    let now = 0;
    let passed = 0;
    const deadline = new Deadline({ after: 2000, passed: () => passed++, timers: { ...TIMERS, now: () => now } });
    return {
      deadline,
      passed: () => passed,
      pass: (milliseconds: number) => {
        now += milliseconds;
        vi.advanceTimersByTime(milliseconds);
      },
      sleep: (milliseconds: number) => (now += milliseconds),
    };
  }

  it("passes after its time, and not where it is stopped or begun anew before", () => {
    const { deadline, pass, passed } = setup();
    deadline.start();
    pass(1999);
    deadline.start();
    pass(1999);
    expect(passed()).toBe(0);
    pass(1);
    expect(passed()).toBe(1);
    deadline.start();
    deadline.stop();
    pass(5000);
    expect(passed()).toBe(1);
  });

  it("blames nobody for a time in which the machine slept, and waits once more", () => {
    const { deadline, pass, sleep, passed } = setup();
    deadline.start();
    sleep(3_600_000);
    pass(2000);
    expect(passed()).toBe(0);
    pass(1900);
    expect(passed()).toBe(1);
  });

  it("passes all the same where timers are always late", () => {
    const { deadline, pass, sleep, passed } = setup();
    deadline.start();
    sleep(60_000);
    pass(1900);
    sleep(60_000);
    pass(2000);
    expect(passed()).toBe(1);
  });
});

/** Threads that a test breaks: each hangs at the messages that `hangsAt` matches. */
function setUpDecoding(hangsAt: RegExp) {
  const faults = new Faults("recorder");
  const capture = new CaptureLog({ payloads: new MemoryFile(), journal: new MemoryFile() }, 1 << 28, faults);
  const threads: { readonly thread: DecodeThread; isEnded: boolean; readonly asked: DecodeRequest[] }[] = [];
  const start = (): DecodeThread => {
    const respond = createDecodeResponder((step) => {
      if (hangsAt.test(textOf(step.reached))) at = step.reached;
      thread.onAnswer(step);
      if (at === step.reached) throw new Error("hangs");
    });
    let at = -1;
    const own: (typeof threads)[number] = {
      thread: {
        post: (request) => {
          own.asked.push(request);
          queueMicrotask(() => {
            if (own.isEnded) return;
            if (!request.isCareful && [...request.rows.rows].some((row) => hangsAt.test(textOf(row)))) return;
            try {
              respond(request, (answer) => thread.onAnswer(answer));
            } catch {
              // It hangs.
            }
          });
        },
        onAnswer: () => {},
        onFailure: () => {},
        onGone: () => {},
        onReady: () => {},
        isReady: true,
        end: () => (own.isEnded = true),
      },
      isEnded: false,
      asked: [],
    };
    const { thread } = own;
    threads.push(own);
    return thread;
  };
  const textOf = (row: number): string => Buffer.from(capture.log.payloadAt(frameIndex(row))).toString();
  const decoding = new DecodeRun(capture, { start, onProgress: () => {}, timers: TIMERS, cores: 8, faults });
  const take = (steps: readonly Step[]): void => {
    capture.take(batchOf(steps), 0);
    decoding.advance();
  };
  const labels = (): string[] => Array.from({ length: capture.decoded.length }, (_, row) => capture.decoded.names[capture.decoded.labelOf(row)] ?? "");
  return { capture, decoding, faults, threads, take, labels };
}

const message = (type: string, connection = 1): Step => ({ connection, payload: JSON.stringify({ type }) });

describe("the decode thread", () => {
  // What is loaded answers at once.
  beforeAll(() => loadDecoders(DECODERS));
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("that hangs is ended after 2 s, and only the message at which it hangs stays undecoded", async () => {
    const { decoding, capture, faults, threads, take, labels } = setUpDecoding(/stone/);
    take([...opened(1), ...opened(2), message("a"), message("stone"), message("b", 2), message("c")]);
    await vi.advanceTimersByTimeAsync(1999);
    expect(threads[0]?.isEnded).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(threads[0]?.isEnded).toBe(true);
    await vi.advanceTimersByTimeAsync(2000);
    expect(labels().slice(2)).toEqual(["a", "", "b", "c"]);
    expect([decoding.undecoded, threads.length, countFaults(faults.list)]).toEqual([1, 3, 2]);
    take([message("d")]);
    await vi.advanceTimersByTimeAsync(300);
    expect([labels().at(-1), capture.decoded.length, threads.length, threads[2]?.asked.at(-1)?.isCareful]).toEqual(["d", 7, 3, false]);
    decoding.end();
  });

  it("goes on without a connection that breaks it again and again, and with the others", async () => {
    const { decoding, take, labels, capture } = setUpDecoding(/stone/);
    take([...opened(1), ...opened(2), ...Array.from({ length: 6 }, () => [message("stone"), message("b", 2)]).flat()]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(capture.decoded.length).toBe(capture.log.length);
    expect(labels().filter((label) => label === "b")).toHaveLength(6);
    expect(decoding.undecoded).toBe(6);
    decoding.end();
  });

  it("that ends without a word is replaced at once, and nothing stays undecoded", async () => {
    const { decoding, threads, take, labels, faults } = setUpDecoding(/never/);
    take([...opened(1), message("a"), message("b")]);
    threads[0]?.thread.onGone();
    await vi.advanceTimersByTimeAsync(0);
    expect([labels().slice(1), decoding.undecoded, faults.list[0]?.what]).toEqual([["a", "b"], 0, "the thread ended"]);
    // Idle, too.
    threads.at(-1)?.thread.onGone();
    take([message("c")]);
    await vi.advanceTimersByTimeAsync(300);
    expect(labels().at(-1)).toBe("c");
    decoding.end();
  });

  it("that never starts leaves its rows undecoded, and does not hold up what waits for them", async () => {
    const faults = new Faults("recorder");
    const capture = new CaptureLog({ payloads: new MemoryFile(), journal: new MemoryFile() }, 1 << 28, faults);
    const thread = (): DecodeThread => ({ post: () => {}, onAnswer: () => {}, onFailure: () => {}, onGone: () => {}, onReady: () => {}, isReady: false, end: () => {} });
    const decoding = new DecodeRun(capture, { start: thread, onProgress: () => {}, timers: TIMERS, cores: 8, faults });
    capture.take(batchOf([message("a")]), 0);
    decoding.advance();
    await vi.advanceTimersByTimeAsync(30_000);
    expect([capture.decoded.length, decoding.undecoded]).toEqual([1, 1]);
    decoding.end();
  });
});

describe("the scan thread", () => {
  const ends: (() => void)[] = [];
  afterEach(() => ends.splice(0).forEach((end) => end()));

  /** Each thread does with its first request as the list says, and answers what comes then; threads past the list answer all. */
  function setup(breaks: readonly ("gone" | "throws")[]) {
    const faults = new Faults("recorder");
    let started = 0;
    const startScanThread = (): ScanThread => {
      const how = breaks[started++];
      const respond = createScanResponder();
      const thread: ScanThread = {
        post: (request: ScanRequest, transfer) => {
          // As between real threads: what is handed over is gone here.
          const taken = structuredClone(request, { transfer });
          if (how === "gone") setTimeout(() => thread.onGone());
          else if (how === "throws") setTimeout(() => thread.onFailure("an error", "at scan.js:1:1"));
          else setTimeout(() => respond(taken, (answer) => thread.onAnswer(answer satisfies ScanAnswer)));
        },
        onAnswer: () => {},
        onFailure: () => {},
        onGone: () => {},
        onReady: () => {},
        isReady: true,
        end: () => {},
      };
      return thread;
    };
    const stage = setupEngine({ startScanThread, faults });
    ends.push(stage.end);
    return { ...stage, faults };
  }

  for (const how of ["gone", "throws"] as const) {
    it(`that breaks (${how}) is replaced, and the filter finds what it asks for`, async () => {
      const { take, call, until, faults } = setup([how]);
      take([...opened(1), { payload: "alpha" }, { payload: "beta" }, { payload: "alphabet" }]);
      expect(await call("setScope", { ...EVERYTHING, filter: "/alph./" })).toBeNull();
      const changed = await until(({ scanned, matches }) => scanned === 1 && matches === 2);
      expect([changed.filterProblem, countFaults(faults.list)]).toEqual([null, 1]);
    });
  }

  it("that takes long to start has its time from then on", async () => {
    vi.useFakeTimers();
    ends.push(() => vi.useRealTimers());
    let isReady = false;
    const thread: ScanThread = { post: () => {}, onAnswer: () => {}, onFailure: () => {}, onGone: () => {}, onReady: () => {}, get isReady() { return isReady; }, end: () => {} };
    const scanner = new Scanner({ start: () => thread, timers: TIMERS, faults: new Faults("recorder") });
    const parsed = parseQuery("/a/");
    if ("problem" in parsed) throw new Error("This is a query.");
    const context = { start: 0, now: 0, anchors: [], utcOffset: 0, searchesUrls: true };
    let outcome = "";
    void scanner.marks({ query: parsed.query, context }, ["a"]).then(() => (outcome = "answered"), (error: unknown) => (outcome = String(error)));
    await vi.advanceTimersByTimeAsync(1900);
    isReady = true;
    thread.onReady();
    await vi.advanceTimersByTimeAsync(1900);
    expect(outcome).toBe("");
    await vi.advanceTimersByTimeAsync(200);
    expect(outcome).toBe("Refusal: engine.pattern-slow");
  });

  it("that breaks a second time at the same piece ends the filter, which says why", async () => {
    const { take, call, until } = setup(["gone", "throws"]);
    take([...opened(1), { payload: "alpha" }]);
    await call("setScope", { ...EVERYTHING, filter: "/alph./" });
    const changed = await until(({ filterProblem }) => filterProblem !== null);
    expect([changed.filterProblem?.message, changed.matches]).toEqual([say("engine.filter-failed", { why: say("engine.search-failed") }), 1]);
  });
});
