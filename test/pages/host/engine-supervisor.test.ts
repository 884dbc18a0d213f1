import { describe, expect, it } from "vitest";
import { lockOfLife, readTask, type FromEngineWorker, type ToEngine } from "../../../src/contract/wire.ts";
import { Faults } from "../../../src/model/faults.ts";
import { EngineSupervisor, type EngineWorker } from "../../../src/pages/host/engine-supervisor.ts";
import { withEngine } from "../../../src/pages/host/view-host.ts";

const ID = "2026-11-20T14-00-00-000Z-00000000";
const LIMITS: ToEngine = { type: "limits", budget: 1, bounds: { captures: 1, bytes: 1 } };
const DONE: FromEngineWorker = { type: "batch-done", payloadBytes: 0, spare: new ArrayBuffer(0), safeEvents: 0, framesBefore: 0 };

class FakeWorker implements EngineWorker {
  readonly told: ToEngine["type"][] = [];
  onmessage: EngineWorker["onmessage"] = null;
  onmessageerror: EngineWorker["onmessageerror"] = null;
  onerror: EngineWorker["onerror"] = null;
  isEnded = false;
  answers = true;
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  postMessage({ type }: ToEngine): void {
    this.told.push(type);
    if (type === "ping" && this.answers) this.say({ type: "pong" });
  }

  say(data: FromEngineWorker): void {
    this.onmessage?.({ data } as MessageEvent<FromEngineWorker>);
  }

  terminate(): void {
    this.isEnded = true;
  }
}

/** An engine that records, in workers whose lives a test has in its hand. */
function setup() {
  const workers: FakeWorker[] = [];
  const locks = new Map<string, () => void>();
  const faults = new Faults("page");
  const heard: string[] = [];
  const ownThreads = new Set<string>();
  let now = 0;
  let look = (): void => {};
  let later: { at: number; callback: () => void }[] = [];
  const engine = new EngineSupervisor({ type: "record", id: ID }, {
    start: (name) => {
      const worker = new FakeWorker(name);
      workers.push(worker);
      return worker;
    },
    newLife: () => String(workers.length),
    whenLockIsFree: (name, signal) =>
      new Promise((resolve) => {
        locks.set(name, () => resolve(true));
        signal.addEventListener("abort", () => resolve(false));
      }),
    now: () => now,
    every: (callback) => {
      look = callback;
      return () => (look = () => {});
    },
    later: (callback, milliseconds) => void later.push({ at: now + milliseconds, callback }),
    faults,
    ownThreads: {
      start: ({ id }) => void ownThreads.add(id),
      end: (id) => void ownThreads.delete(id),
      endAll: () => ownThreads.clear(),
    },
  });
  engine.listen({ batchDone: () => heard.push("batch done"), stateChanged: () => heard.push(engine.state), replaced: () => heard.push("replaced") });
  const last = (): FakeWorker => workers.at(-1) as FakeWorker;
  return {
    engine,
    workers,
    faults,
    heard,
    ownThreads,
    last,
    /** The worker ends without a word. */
    end: async (worker = last()) => {
      locks.get(lockOfLife(readTask(worker.name)?.life ?? ""))?.();
      await Promise.resolve();
    },
    live: () => last().say({ type: "alive" }),
    /** Time passes, with looks as often as the timer comes. */
    pass: (milliseconds: number, every = 500) => {
      for (const end = now + milliseconds; now < end; ) {
        now += every;
        const due = later.filter(({ at }) => at <= now);
        later = later.filter(({ at }) => at > now);
        for (const { callback } of due) callback();
        look();
      }
    },
  };
}

describe("an engine whose worker ends without a word", () => {
  it("goes on at once in another worker, on the same capture, which hears the limits first", async () => {
    const { engine, workers, heard, last, live, end, pass } = setup();
    engine.postMessage(LIMITS, []);
    live();
    pass(5000);
    await end();
    expect(workers.map(({ name }) => name)).toEqual([`record ${ID} 0`, `resume ${ID} 1`]);
    expect(heard).toEqual(["starting again", "replaced"]);
    expect(last().told[0]).toBe("limits");
    live();
    last().say(DONE);
    expect(heard.slice(2)).toEqual(["running", "batch done"]);
  });

  it("takes the threads of own decoders with it, which it asked for", async () => {
    const { ownThreads, last, live, end, pass } = setup();
    live();
    const { port1: port } = new MessageChannel();
    for (const id of ["a", "b"]) last().say({ type: "start own thread", id, port });
    last().say({ type: "end own thread", id: "a" });
    expect([...ownThreads]).toEqual(["b"]);
    pass(5000);
    await end();
    expect([...ownThreads]).toEqual([]);
    port.close();
  });

  it("goes on with the capture that its worker went on with after a clear", async () => {
    const { workers, last, live, end, pass } = setup();
    live();
    last().say({ type: "capture", id: "2026-11-20T15-00-00-000Z-00000001" });
    pass(5000);
    await end();
    expect(workers.at(-1)?.name).toBe("resume 2026-11-20T15-00-00-000Z-00000001 1");
  });

  it("goes on at once however soon and often it ends, where each worker has taken frames in", async () => {
    const { engine, workers, last, live, end, pass } = setup();
    for (let ended = 1; ended <= 20; ended++) {
      live();
      last().say(DONE);
      pass(500);
      await end();
      expect([engine.state, workers.length]).toEqual(["starting again", ended + 1]);
    }
  });

  it("is given up where it ends again and again at once, and starts again when it is asked to", async () => {
    const { engine, workers, faults, live, end, pass } = setup();
    for (let i = 0; i < 6; i++) {
      live();
      await end();
      pass(2500);
    }
    expect([engine.state, workers.length, faults.list[0]?.count]).toEqual(["given up", 4, 4]);
    expect(withEngine(engine.state, { state: "capturing" })).toMatchObject({ state: "stopped", canResume: true });
    engine.startAgain();
    expect([engine.state, workers.length]).toEqual(["starting again", 5]);
  });

  it("is not replaced where the page itself ended it", async () => {
    const { engine, workers, live, end, pass } = setup();
    live();
    engine.postMessage({ type: "end" }, []);
    await end();
    pass(20_000);
    expect(workers).toHaveLength(1);
  });

  it("is replaced where its script cannot be loaded; an error of one that runs is its own to count", async () => {
    const { workers, faults, last, live, pass } = setup();
    last().onerror?.({ filename: "", preventDefault: () => {} } as ErrorEvent);
    pass(1000);
    expect([workers.length, faults.list.length]).toEqual([2, 1]);
    live();
    last().onerror?.({ filename: "", preventDefault: () => {} } as ErrorEvent);
    pass(1000);
    expect([workers.length, faults.list.length]).toEqual([2, 1]);
  });
});

describe("an engine whose worker does not answer", () => {
  it("is said to after 2 s, and is replaced after 10 s", () => {
    const { heard, workers, last, live, pass } = setup();
    live();
    pass(1000);
    last().answers = false;
    pass(2000);
    expect(heard).toEqual([]);
    pass(1500);
    expect(heard).toEqual(["silent"]);
    pass(9000);
    expect(heard).toEqual(["silent", "starting again", "replaced"]);
    expect([workers[0]?.isEnded, workers.length]).toEqual([true, 2]);
  });

  it("is running again as soon as it does", () => {
    const { heard, last, live, pass } = setup();
    live();
    last().answers = false;
    pass(4000);
    last().say({ type: "pong" });
    expect(heard).toEqual(["silent", "running"]);
  });

  it("is not blamed for a time in which this page slept, and is found out though its timers are throttled", () => {
    const { heard, last, live, pass } = setup();
    live();
    last().answers = false;
    pass(500);
    // An hour of sleep, then the answer.
    pass(3_600_000, 3_600_000);
    last().say({ type: "pong" });
    last().answers = true;
    pass(2000);
    expect(heard).toEqual([]);
    last().answers = false;
    pass(12 * 60_000, 60_000);
    expect(heard).toEqual(["silent", "starting again", "replaced"]);
  });
});
