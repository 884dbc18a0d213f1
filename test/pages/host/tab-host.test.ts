import { afterEach, describe, expect, it, vi } from "vitest";
import type { ToCapture } from "../../../src/contract/capturing.ts";
import type { PanelWires, ToEngine } from "../../../src/contract/wire.ts";
import { Faults } from "../../../src/model/faults.ts";
import type { EngineThread } from "../../../src/pages/host/engine-supervisor.ts";
import { hostTab } from "../../../src/pages/host/tab-host.ts";
import { en } from "../../words/speakers.ts";

const TAB = 7;
const LISTENERS = { addListener: () => {}, removeListener: () => {} };

/** An answer that a test gives when it is time. */
function pending<T>() {
  let settle: { resolve: (value: T) => void; reject: (error: Error) => void } | undefined;
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, resolve: (value: T) => settle?.resolve(value), reject: (why: string) => settle?.reject(new Error(why)) };
}

/** A service worker that takes every notice of the lease. */
function leasePort() {
  let told: (answer: { readonly done: number }) => void = () => {};
  return {
    postMessage: ({ number }: { readonly number: number }) => queueMicrotask(() => told({ done: number })),
    disconnect: () => {},
    onMessage: { addListener: (listener: typeof told) => void (told = listener) },
    onDisconnect: LISTENERS,
  };
}

/** Chrome around one tab: it answers what is asked of the tab and of the settings when the test says so. */
function setup() {
  const tab = pending<{ readonly incognito: boolean }>();
  const stored = pending<Record<string, unknown>>();
  /** What the engine was told, and that the debugger was attached, in order. */
  const done: string[] = [];
  const attach = (): Promise<void> => (done.push("attach"), Promise.reject(new Error("No more of Chrome is here.")));
  vi.stubGlobal("addEventListener", () => {});
  vi.stubGlobal("navigator", { locks: { request: (_: string, act: () => unknown) => act() } });
  vi.stubGlobal("chrome", {
    debugger: { attach, getTargets: () => Promise.resolve([]), onEvent: LISTENERS, onDetach: LISTENERS },
    runtime: { id: "own", connect: leasePort },
    i18n: { getUILanguage: () => "en" },
    storage: { local: { get: () => stored.promise, onChanged: LISTENERS }, session: { get: () => Promise.resolve({}) } },
    tabs: { get: () => tab.promise, create: ({ url }: { readonly url: string }) => void done.push(url), reload: (tabId: number) => void done.push(`reload ${tabId}`), onCreated: LISTENERS, onUpdated: LISTENERS, onRemoved: LISTENERS },
  });
  const engine: EngineThread = {
    postMessage: (message: ToEngine) => void done.push(message.type === "memory only" ? `${message.type}: ${en.tell(message.why)}` : message.type),
    state: "running",
    startAgain: () => {},
    listen: () => {},
  };
  return { tab, stored, done, host: hostTab({ tabId: TAB, engine, faults: new Faults("page") }) };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe("the capture of a tab", () => {
  afterEach(() => void vi.unstubAllGlobals());

  it("begins when the settings are known, and whether its frames may be written", async () => {
    for (const [first, second] of [["tab", "stored"], ["stored", "tab"]] as const) {
      const stage = setup();
      const answers = { tab: () => stage.tab.resolve({ incognito: false }), stored: () => stage.stored.resolve({}) };
      void stage.host.start();
      answers[first]();
      await settle();
      expect(stage.done).not.toContain("attach");
      answers[second]();
      await expect.poll(() => stage.done).toEqual(["limits", "language", "attach"]);
    }
  });

  it("begins once the panel is drawn, and for one that is never drawn after a second", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    try {
      for (const isDrawn of [true, false]) {
        const { tab, stored, done, host } = setup();
        tab.resolve({ incognito: false });
        stored.resolve({});
        vi.stubGlobal("location", { origin: "chrome-extension://own" });
        const wires: PanelWires[] = [];
        host.views.connect({ document: { readyState: "complete" }, postMessage: (told: PanelWires) => void wires.push(told) } as unknown as Window);
        void host.startOnceDrawn();
        await vi.advanceTimersByTimeAsync(900);
        expect(done).not.toContain("attach");
        if (isDrawn) wires[0]?.capture.postMessage({ type: "drawn" } satisfies ToCapture);
        else await vi.advanceTimersByTimeAsync(100);
        await vi.waitUntil(() => done.includes("attach"));
        wires[0]?.capture.close();
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it("shows Chrome's own page of the extension, which a panel cannot open", async () => {
    const { done, host } = setup();
    vi.stubGlobal("location", { origin: "chrome-extension://own" });
    const wires: PanelWires[] = [];
    host.views.connect({ document: { readyState: "complete" }, postMessage: (told: PanelWires) => void wires.push(told) } as unknown as Window);
    wires[0]?.capture.postMessage({ type: "open extension page" } satisfies ToCapture);
    await expect.poll(() => done).toContain("chrome://extensions/?id=own");
    wires[0]?.capture.close();
  });

  it("loads the page again itself where nothing is captured any more: the debugger of a page that crashed takes no command", async () => {
    const { tab, stored, done, host } = setup();
    tab.resolve({ incognito: false });
    stored.resolve({});
    await host.start();
    vi.stubGlobal("location", { origin: "chrome-extension://own" });
    const wires: PanelWires[] = [];
    host.views.connect({ document: { readyState: "complete" }, postMessage: (told: PanelWires) => void wires.push(told) } as unknown as Window);
    wires[0]?.capture.postMessage({ type: "reload page" } satisfies ToCapture);
    await expect.poll(() => done).toContain(`reload ${TAB}`);
    wires[0]?.capture.close();
  });

  it("tells the engine before it begins that nothing of an incognito window is written", async () => {
    const { tab, stored, done, host } = setup();
    void host.start();
    stored.resolve({});
    tab.resolve({ incognito: true });
    await expect.poll(() => done).toEqual(["limits", "language", expect.stringMatching(/^memory only: This is an incognito window/) as string, "attach"]);
  });

  it("writes nothing where Chrome does not tell what window it is, and does not wait for settings that cannot be read", async () => {
    const { tab, stored, done, host } = setup();
    void host.start();
    stored.reject("Storage is gone.");
    tab.reject("No tab with id: 7.");
    await expect.poll(() => done).toEqual(["limits", "language", expect.stringMatching(/^memory only: Chrome does not tell/) as string, "attach"]);
  });
});
