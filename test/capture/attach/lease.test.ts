import { describe, expect, it } from "vitest";
import type { Debuggee } from "../../../src/capture/debugger-api.ts";
import { keepLeases, openLease, type LeasePort } from "../../../src/capture/attach/lease.ts";

/** A port of a page, as the service worker sees it. */
function aPort() {
  const messages: ((message: unknown) => void)[] = [];
  const ends: (() => void)[] = [];
  const heard: unknown[] = [];
  const port: LeasePort = { name: "framescope-lease", postMessage: (message) => heard.push(message), disconnect: () => {}, onMessage: { addListener: (one) => messages.push(one) }, onDisconnect: { addListener: (one) => ends.push(one) } };
  return { port, heard, say: (message: unknown) => messages.forEach((one) => one(message)),
    /** Tells what the page holds, and what it wants detached. */
    tell: (number: number, held: readonly Debuggee[], ended: readonly Debuggee[] = []) => messages.forEach((one) => one({ held, ended, number })), drop: () => ends.forEach((one) => one()) };
}

/** One life of the service worker, over a storage that outlives it. */
async function live(stored: Debuggee[], life = "life") {
  const detached: Debuggee[] = [];
  /** Those of them that a page held which is gone. */
  const left: Debuggee[] = [];
  const timers: (() => void)[] = [];
  const finish: (() => void)[] = [];
  let connect: (port: LeasePort) => void = () => {};
  const detach = (debuggee: Debuggee): Promise<void> => {
    detached.push(debuggee);
    return new Promise((resolve) => finish.push(resolve));
  };
  keepLeases({
    life,
    onConnect: (listener) => (connect = listener),
    detach,
    end: (debuggee) => {
      left.push(debuggee);
      return detach(debuggee);
    },
    storage: { read: async () => [...stored], write: (debuggees) => void stored.splice(0, stored.length, ...debuggees) },
    later: (callback) => timers.push(callback),
  });
  await Promise.resolve();
  return { detached, left, connect: (port: LeasePort) => connect(port), finishDetaching: () => finish.splice(0).forEach((one) => one()), passGrace: () => timers.splice(0).forEach((one) => one()) };
}

describe("the leases of the debugger", () => {
  it("detach what a page held when the page is gone, unless another page holds it too", async () => {
    const worker = await live([]);
    const [first, second] = [aPort(), aPort()];
    for (const { port } of [first, second]) worker.connect(port);
    first.tell(1, [{ tabId: 1 }, { targetId: "shared" }]);
    second.tell(1, [{ tabId: 1 }]);
    first.drop();
    expect(worker.detached).toEqual([{ targetId: "shared" }]);
    second.drop();
    expect(worker.detached).toEqual([{ targetId: "shared" }, { tabId: 1 }]);
    expect(worker.left).toEqual(worker.detached);
  });

  it("outlive the service worker: its next life detaches what no page comes back for", async () => {
    const stored: Debuggee[] = [];
    const before = await live(stored);
    const pages = [aPort(), aPort()];
    pages.forEach(({ port }, i) => {
      before.connect(port);
      pages[i]?.tell(1, [{ tabId: i + 1 }]);
    });
    expect(stored).toEqual([{ tabId: 1 }, { tabId: 2 }]);
    const after = await live(stored);
    const back = aPort();
    after.connect(back.port);
    back.tell(2, [{ tabId: 2 }]);
    // Should it die again before that, its next life still knows what was left.
    expect(stored).toEqual([{ tabId: 1 }, { tabId: 2 }]);
    after.passGrace();
    expect(after.detached).toEqual([{ tabId: 1 }]);
    expect(stored).toEqual([{ tabId: 2 }]);
    const late = aPort();
    after.connect(late.port);
    late.tell(2, [{ tabId: 1 }]);
    const life = "life";
    expect([late.heard, back.heard]).toEqual([[{ life, lost: [{ tabId: 1 }] }], [{ life, lost: [] }]]);
  });

  it("detach what a page gives up, unless another page holds it too, and say when that is done", async () => {
    const worker = await live([]);
    const [first, second] = [aPort(), aPort()];
    for (const { port } of [first, second]) worker.connect(port);
    first.tell(1, [{ tabId: 1 }]);
    second.tell(1, [{ tabId: 1 }]);
    first.tell(2, [], [{ tabId: 1 }]);
    expect(worker.detached).toEqual([]);
    second.tell(2, [], [{ tabId: 1 }]);
    expect(worker.detached).toEqual([{ tabId: 1 }]);
    expect(worker.left).toEqual([]);
    expect(second.heard).not.toContainEqual({ done: 2 });
    // A page that wants the tab now waits until the detaching is done: it would end its attachment.
    first.tell(3, [{ tabId: 1 }]);
    expect(first.heard).not.toContainEqual({ done: 3 });
    worker.finishDetaching();
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(second.heard).toContainEqual({ done: 2 });
    expect(first.heard).toContainEqual({ done: 3 });
  });

  it("detach nothing in a new life before the other pages had time to come back", async () => {
    const stored: Debuggee[] = [{ tabId: 1 }, { tabId: 2 }];
    const worker = await live(stored);
    const [first, second] = [aPort(), aPort()];
    worker.connect(first.port);
    first.tell(7, [], [{ tabId: 1 }, { tabId: 2 }]);
    worker.connect(second.port);
    second.tell(3, [{ tabId: 1 }]);
    expect(worker.detached).toEqual([]);
    worker.passGrace();
    expect(worker.detached).toContainEqual({ tabId: 2 });
    expect(worker.detached).not.toContainEqual({ tabId: 1 });
  });

  it("end nothing for a page that goes before the other pages had time to come back", async () => {
    const stored: Debuggee[] = [{ tabId: 1 }, { tabId: 2 }];
    const worker = await live(stored);
    const [first, second] = [aPort(), aPort()];
    worker.connect(first.port);
    first.tell(7, [{ tabId: 1 }, { tabId: 2 }]);
    first.drop();
    worker.connect(second.port);
    second.tell(3, [{ tabId: 1 }]);
    expect(worker.detached).toEqual([]);
    worker.passGrace();
    expect(worker.detached).not.toContainEqual({ tabId: 1 });
    expect(worker.detached).toContainEqual({ tabId: 2 });
  });

  it("take nothing from a port or a message of another kind", async () => {
    const worker = await live([]);
    const port = aPort();
    worker.connect({ ...port.port, name: "other" });
    worker.connect(port.port);
    for (const message of [undefined, "x", { held: "x", ended: 1 }, { held: [null, {}, { tabId: "1" }], ended: [null, {}] }]) port.say(message);
    port.drop();
    expect(worker.detached).toEqual([]);
  });
});

/** Pages whose ports lead to a service worker that takes them in when it runs: what they said waits in order. */
function aBrowser() {
  let worker: ((port: LeasePort) => void) | undefined;
  const queue: (() => void)[] = [];
  const timers = new Set<() => void>();
  const ports: { readonly cut: () => void }[] = [];
  const toWorker = (action: () => void): void => {
    if (worker === undefined) queue.push(action);
    else action();
  };
  const connect = (name: string): LeasePort => {
    const [pageHears, workerHears, pageEnds, workerEnds] = [[], [], [], []] as [((message: unknown) => void)[], ((message: unknown) => void)[], (() => void)[], (() => void)[]];
    let isOpen = true;
    const workerPort: LeasePort = { name, disconnect: () => {}, postMessage: (message) => isOpen && pageHears.forEach((one) => one(message)), onMessage: { addListener: (one) => workerHears.push(one) }, onDisconnect: { addListener: (one) => workerEnds.push(one) } };
    toWorker(() => worker?.(workerPort));
    ports.push({
      cut: () => {
        isOpen = false;
        pageEnds.forEach((one) => one());
      },
    });
    return {
      name,
      postMessage: (message) => toWorker(() => workerHears.forEach((one) => one(message))),
      disconnect: () => {
        isOpen = false;
        toWorker(() => workerEnds.forEach((one) => one()));
      },
      onMessage: { addListener: (one) => pageHears.push(one) },
      onDisconnect: { addListener: (one) => pageEnds.push(one) },
    };
  };
  const later = (callback: () => void): (() => void) => {
    timers.add(callback);
    return () => timers.delete(callback);
  };
  return {
    page: (onLost: (debuggees: readonly Debuggee[]) => void = () => {}) => openLease(onLost, { connect, later }),
    /** As long passes as a port waits for its answer. */
    pass: () => {
      const due = [...timers];
      timers.clear();
      for (const callback of due) callback();
    },
    run: (life: { connect: (port: LeasePort) => void }) => {
      worker = life.connect;
      for (const action of queue.splice(0)) action();
    },
    die: () => {
      worker = undefined;
      for (const { cut } of ports.splice(0)) cut();
    },
    get waiting() {
      return timers.size;
    },
  };
}

describe("the lease of a page", () => {
  it("holds while the service worker takes long to start", async () => {
    const browser = aBrowser();
    const lease = browser.page();
    lease.hold({ tabId: 1 });
    for (let i = 0; i < 20; i++) browser.pass();
    const worker = await live([]);
    browser.run(worker);
    expect([worker.detached, browser.waiting]).toEqual([[], 0]);
    void lease.detach({ tabId: 1 });
    expect(worker.detached).toEqual([{ tabId: 1 }]);
  });

  it("is told to each page that comes back after what it held was detached, once; and to none that is new", async () => {
    const browser = aBrowser();
    const lost: string[] = [];
    const stored: Debuggee[] = [];
    const pages = ["first", "second"].map((name) => browser.page((debuggees) => lost.push(`${name} ${JSON.stringify(debuggees)}`)));
    browser.run(await live(stored, "one"));
    for (const page of pages) page.hold({ tabId: 1 });
    expect(stored).toEqual([{ tabId: 1 }]);
    browser.die();
    const next = await live(stored, "two");
    next.passGrace();
    expect(next.detached).toEqual([{ tabId: 1 }]);
    browser.page(() => lost.push("new")).hold({ tabId: 1 });
    browser.run(next);
    for (const page of pages) page.hold({ tabId: 1 });
    expect(lost).toEqual([`first [{"tabId":1}]`, `second [{"tabId":1}]`]);
  });
});
