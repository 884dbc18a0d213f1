import { describe, expect, it } from "vitest";
import { endDebugging } from "../../../src/capture/attach/end-debugging.ts";
import { observerEnd, type ObserverNames } from "../../../src/capture/sources/closing-observer.ts";
import { FakeDebugger } from "../fake-debugger.ts";
import { fakeSessions } from "../fake-lease.ts";

const TAB = { tabId: 7 };
const NAMES: ObserverNames = { binding: "_closings", secret: "secret", off: "off" };

/** A tab with one worker, and Chrome attached to both. */
async function setup(observed: () => Promise<ObserverNames | undefined>) {
  const api = new FakeDebugger();
  const sessions = fakeSessions();
  await api.attach(TAB);
  sessions.write(TAB, [{ sessionId: "w", targetId: "w", type: "worker", url: "", isNew: true }]);
  const waits: (() => void)[] = [];
  const ended = endDebugging(TAB, { debugger: api, sessions, observed, later: (callback) => waits.push(callback) });
  return { api, sessions, ended, passTime: () => waits.splice(0).forEach((callback) => callback()) };
}

/** Lets what was begun go on. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("the end of debugging", () => {
  it("runs nothing in a page whose closings were not observed", async () => {
    for (const observed of [() => Promise.resolve(undefined), () => Promise.reject(new Error("no storage"))]) {
      const { api, sessions, ended } = await setup(observed);
      await ended;
      expect([api.commands, api.attached, await sessions.read(TAB)]).toEqual([[], 0, []]);
    }
  });

  it("puts WebSocket back in all that runs there, and lets what waits run", async () => {
    const { api, ended } = await setup(() => Promise.resolve(NAMES));
    await ended;
    for (const session of [undefined, "w"]) {
      expect(api.sentTo(session)[0]).toBe("Runtime.runIfWaitingForDebugger");
      expect(api.sentTo(session)).toContain("Runtime.evaluate");
    }
    expect(api.commands.find(({ method }) => method === "Runtime.evaluate")?.params).toMatchObject({ expression: observerEnd(NAMES) });
    expect(api.attached).toBe(0);
  });

  it("does not wait long for a page that hangs", async () => {
    const { api, ended, passTime } = await setup(() => Promise.resolve(NAMES));
    api.silent.add("Runtime.evaluate");
    await settle();
    expect(api.attached).toBe(1);
    passTime();
    await ended;
    expect(api.attached).toBe(0);
  });

  it("says in Chrome's words why it failed", async () => {
    const { api, ended } = await setup(() => Promise.resolve(NAMES));
    api.failures.set("detach", "Debugger is not attached to the tab with id: 7.");
    await expect(ended).rejects.toThrow("not attached");
  });
});
