import { describe, expect, it } from "vitest";
import { settle, setUpCapture, TAB } from "./set-up-capture.ts";

const COMMANDS = [
  "Network.enable",
  "Target.setAutoAttach",
  "Page.enable",
  "Inspector.enable",
  "Page.getFrameTree",
  "Target.getTargetInfo",
  "Performance.enable",
  "Performance.getMetrics",
  "Performance.disable",
  "Runtime.enable",
  "Runtime.getHeapUsage",
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
  const later: (() => void)[] = [];
  const set = setUpCapture({
    later: (callback) => later.push(callback),
    settings: { capturePopups: true, observeClosings: true },
    readDevToolsLog: () => (fault.how === "fails" ? Promise.reject(new Error("no log")) : new Promise(() => {})),
  });
  const { api, capture, frames } = set;
  if (fault.how === "fails") api.failures.set(fault.method, "Internal error");
  else api.silent.add(fault.method);
  void capture.start();
  await settle();
  /** The time that waits may last at most has passed. */
  const pass = async (): Promise<void> => {
    for (const callback of later.splice(0)) callback();
    await settle();
  };
  return { ...set, pass, payloads: () => frames.map(({ payload }) => payload) };
}

describe.each(["fails", "never answers"] as const)("a capture in which a command %s", (how) => {
  it.each(COMMANDS)("%s: every new frame and worker runs, and none is left attached after the end", async (method) => {
    const { api, capture, leases, pass } = await setup({ method, how });
    for (const [sessionId, type] of [["f", "iframe"], ["w", "worker"], ["s", "service_worker"]] as const) {
      api.emit({ tabId: TAB }, "Target.attachedToTarget", { sessionId, targetInfo: { targetId: sessionId, type, url: "" }, waitingForDebugger: true });
    }
    api.emit({ tabId: TAB, sessionId: "w" }, "Target.attachedToTarget", { sessionId: "n", targetInfo: { targetId: "n", type: "worker", url: "" }, waitingForDebugger: true });
    await settle();
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
    expect(payloads().join("")).toBe("seen");
  });
});

describe("a capture whose owner dies", () => {
  it("in the middle of attaching to a shared worker or a popup leaves neither attached", async () => {
    const { api, capture, leases } = await setup({ method: "none", how: "fails" });
    api.emit({ tabId: TAB }, "Network.requestWillBeSent", { loaderId: "", type: "Script", requestId: "S", documentURL: "http://page.test/s.js", request: { url: "http://page.test/s.js" } });
    api.emit({ tabId: TAB }, "Page.windowOpen", {});
    api.openers.set(8, TAB);
    api.openTab(8);
    void capture.stop();
    await settle();
    expect([api.debuggees, leases.size]).toEqual([[], 0]);
  });

  it("holds a lease for each thing that it attaches to, before it does", async () => {
    const { api, leases } = await setup({ method: "attach", how: "never answers" });
    expect(leases.held).toEqual([{ tabId: TAB }]);
    api.silent.clear();
    await settle();
  });
});
