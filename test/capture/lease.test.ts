import { describe, expect, it } from "vitest";
import type { Debuggee } from "../../src/capture/debugger-api.ts";
import { keepLeases, type LeasePort } from "../../src/capture/lease.ts";

/** A port of a page, as the service worker sees it. */
function aPort() {
  const messages: ((message: unknown) => void)[] = [];
  const ends: (() => void)[] = [];
  const heard: unknown[] = [];
  const port: LeasePort = { name: "framescope-lease", postMessage: (message) => heard.push(message), onMessage: { addListener: (one) => messages.push(one) }, onDisconnect: { addListener: (one) => ends.push(one) } };
  return { port, heard, say: (message: unknown) => messages.forEach((one) => one(message)), drop: () => ends.forEach((one) => one()) };
}

/** One life of the service worker, over a storage that outlives it. */
async function live(stored: Debuggee[]) {
  const detached: Debuggee[] = [];
  const timers: (() => void)[] = [];
  let connect: (port: LeasePort) => void = () => {};
  keepLeases({
    onConnect: (listener) => (connect = listener),
    detach: async (debuggee) => void detached.push(debuggee),
    storage: { read: async () => [...stored], write: (debuggees) => void stored.splice(0, stored.length, ...debuggees) },
    later: (callback) => timers.push(callback),
  });
  await Promise.resolve();
  return { detached, connect: (port: LeasePort) => connect(port), passGrace: () => timers.splice(0).forEach((one) => one()) };
}

describe("the leases of the debugger", () => {
  it("detach what a page held when the page is gone, unless another page holds it too", async () => {
    const worker = await live([]);
    const [first, second] = [aPort(), aPort()];
    for (const { port } of [first, second]) worker.connect(port);
    first.say([{ tabId: 1 }, { targetId: "shared" }]);
    second.say([{ tabId: 1 }]);
    first.drop();
    expect(worker.detached).toEqual([{ targetId: "shared" }]);
    second.drop();
    expect(worker.detached).toEqual([{ targetId: "shared" }, { tabId: 1 }]);
  });

  it("outlive the service worker: its next life detaches what no page comes back for", async () => {
    const stored: Debuggee[] = [];
    const before = await live(stored);
    const pages = [aPort(), aPort()];
    pages.forEach(({ port }, i) => {
      before.connect(port);
      pages[i]?.say([{ tabId: i + 1 }]);
    });
    expect(stored).toEqual([{ tabId: 1 }, { tabId: 2 }]);
    const after = await live(stored);
    const back = aPort();
    after.connect(back.port);
    back.say([{ tabId: 2 }]);
    // Should it die again before that, its next life still knows what was left.
    expect(stored).toEqual([{ tabId: 1 }, { tabId: 2 }]);
    after.passGrace();
    expect(after.detached).toEqual([{ tabId: 1 }]);
    expect(stored).toEqual([{ tabId: 2 }]);
    const late = aPort();
    after.connect(late.port);
    late.say([{ tabId: 1 }]);
    late.say([{ tabId: 1 }]);
    expect([late.heard, back.heard]).toEqual([[[{ tabId: 1 }], []], [[]]]);
  });

  it("take nothing from a port or a message of another kind", async () => {
    const worker = await live([]);
    const port = aPort();
    worker.connect({ ...port.port, name: "other" });
    worker.connect(port.port);
    for (const message of [undefined, "x", [null, {}, { tabId: "1" }]]) port.say(message);
    port.drop();
    expect(worker.detached).toEqual([]);
  });
});
