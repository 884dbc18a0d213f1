import { describe, expect, it } from "vitest";
import type { TabCaptureState } from "../../src/capture/capture-edges.ts";
import { TabCapture } from "../../src/capture/tab-capture.ts";
import { FakeDebugger } from "./fake-debugger.ts";
import { FakeLeases, fakeSessions } from "./fake-lease.ts";

const TAB = 7;
const COMMANDS = [
  "Network.enable",
  "Target.setAutoAttach",
  "Page.enable",
  "Inspector.enable",
  "Page.getFrameTree",
  "Performance.enable",
  "Performance.getMetrics",
  "Performance.disable",
  "Runtime.enable",
  "Runtime.evaluate",
  "Runtime.queryObjects",
  "Runtime.callFunctionOn",
  "Runtime.releaseObjectGroup",
  "Runtime.disable",
  "Runtime.addBinding",
  "Page.addScriptToEvaluateOnNewDocument",
  "Runtime.runIfWaitingForDebugger",
  "getTargets",
] as const;

/** A capture over a Chrome in which one command goes wrong. */
async function setup(fault: { readonly method: string; readonly how: "fails" | "never answers" }) {
  const api = new FakeDebugger();
  if (fault.how === "fails") api.failures.set(fault.method, "Internal error");
  else api.silent.add(fault.method);
  const states: TabCaptureState[] = [];
  const leases = new FakeLeases(api);
  const payloads: string[] = [];
  const later: (() => void)[] = [];
  const capture: TabCapture = new TabCapture(TAB, {
    debugger: api,
    send: (batch) => {
      if (batch.count > 0) payloads.push(new TextDecoder().decode(batch.payload));
      queueMicrotask(() => capture.batchDone(batch.payload.length));
    },
    onState: (state) => states.push(state),
    soon: queueMicrotask,
    later: (callback) => later.push(callback),
    now: () => 1_800_000_000_000,
    settings: () => ({ keepLog: true, capturePopups: true, observeClosings: true }),
    lease: leases.page(),
    sessions: fakeSessions(),
    readDevToolsLog: () => (fault.how === "fails" ? Promise.reject(new Error("no log")) : new Promise(() => {})),
  });
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  void capture.start();
  await settled();
  /** The time that waits may last at most has passed. */
  const pass = async (): Promise<void> => {
    for (const callback of later.splice(0)) callback();
    await settled();
  };
  return { api, capture, states, leases, payloads, settled, pass };
}

describe.each(["fails", "never answers"] as const)("a capture in which a command %s", (how) => {
  it.each(COMMANDS)("%s: every new frame and worker runs, and none is left attached after the end", async (method) => {
    const { api, capture, leases, settled, pass } = await setup({ method, how });
    for (const [sessionId, type] of [["f", "iframe"], ["w", "worker"], ["s", "service_worker"]] as const) {
      api.emit({ tabId: TAB }, "Target.attachedToTarget", { sessionId, targetInfo: { targetId: sessionId, type, url: "" }, waitingForDebugger: true });
    }
    api.emit({ tabId: TAB, sessionId: "w" }, "Target.attachedToTarget", { sessionId: "n", targetInfo: { targetId: "n", type: "worker", url: "" }, waitingForDebugger: true });
    await settled();
    // Where Chrome refused to tell of the network at all, the capture has ended, and the detaching lets all targets run.
    const hasEnded = method === "Network.enable" && how === "fails";
    for (const sessionId of ["f", "w", "s", "n"]) expect(hasEnded || api.sentTo(sessionId).at(-1) === "Runtime.runIfWaitingForDebugger").toBe(true);
    await pass();
    await capture.stop();
    expect([api.attached, api.listeners, leases.size]).toEqual([0, 0, 0]);
  });

  it.each(COMMANDS.filter((method) => method !== "Network.enable"))("%s: frames are recorded all the same", async (method) => {
    const { api, payloads, pass } = await setup({ method, how });
    api.emit({ tabId: TAB }, "Network.webSocketCreated", { requestId: "1", url: "ws://feed.test/" });
    api.emit({ tabId: TAB }, "Network.webSocketFrameReceived", { requestId: "1", timestamp: 1001, response: { opcode: 1, mask: false, payloadData: "seen" } });
    await pass();
    await pass();
    expect(payloads.join("")).toBe("seen");
  });
});

describe("a capture whose owner dies", () => {
  it("in the middle of attaching to a shared worker or a popup leaves neither attached", async () => {
    const { api, capture, leases, settled } = await setup({ method: "none", how: "fails" });
    api.emit({ tabId: TAB }, "Network.requestWillBeSent", { loaderId: "", type: "Script", requestId: "S", documentURL: "http://page.test/s.js", request: { url: "http://page.test/s.js" } });
    api.emit({ tabId: TAB }, "Page.windowOpen", {});
    api.openTab({ id: 8, openerTabId: TAB });
    void capture.stop();
    await settled();
    expect([api.debuggees, leases.size]).toEqual([[], 0]);
  });

  it("holds a lease for each thing that it attaches to, before it does", async () => {
    const { api, leases, settled } = await setup({ method: "attach", how: "never answers" });
    expect(leases.held).toEqual([{ tabId: TAB }]);
    api.silent.clear();
    await settled();
  });
});
