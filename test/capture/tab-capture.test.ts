import { describe, expect, it } from "vitest";
import type { CaptureEdges, CaptureSettings } from "../../src/capture/capture-edges.ts";
import { settle, setUpCapture, TAB } from "./set-up-capture.ts";
import { say } from "../../src/model/said.ts";

/** A capture of tab 7 that has begun, over a fake Chrome in which some commands go wrong. */
async function setup(options: { readonly failures?: Record<string, string>; readonly settings?: Partial<CaptureSettings>; readonly later?: CaptureEdges["later"] } = {}) {
  const set = setUpCapture({ settings: options.settings ?? {}, ...(options.later !== undefined && { later: options.later }) });
  for (const [method, message] of Object.entries(options.failures ?? {})) set.api.failures.set(method, message);
  await set.capture.start();
  // What is known of sockets from before has come, and events pass at once.
  await settle();
  return set;
}

const created = (requestId: string) => ({ requestId, url: "ws://feed.test/", initiator: { type: "script", stack: { callFrames: [{ functionName: "open", url: "http://page.test/a.js", lineNumber: 2, columnNumber: 8 }] } } });
const frame = (requestId: string, payloadData: string, opcode = 1) => ({ requestId, timestamp: 1001, response: { opcode, mask: false, payloadData } });

describe("a tab's capture", () => {
  it("hears only its own tab", async () => {
    const { api, emit, frames } = await setup();
    emit("Network.webSocketFrameReceived", frame("1", "mine"));
    api.emit({ tabId: TAB + 1 }, "Network.webSocketFrameReceived", frame("1", "another tab's"));
    await settle();
    expect(frames.map(({ payload }) => payload)).toEqual(["mine"]);
  });

  it("keeps two sockets apart that share a requestId in two sessions", async () => {
    const { emit, frames } = await setup();
    emit("Target.attachedToTarget", { sessionId: "w", targetInfo: { targetId: "T", type: "worker", url: "http://page.test/w.js" } });
    emit("Network.webSocketCreated", created("1"));
    emit("Network.webSocketCreated", created("1"), "w");
    emit("Network.webSocketFrameReceived", frame("1", "page"));
    emit("Network.webSocketFrameReceived", frame("1", "worker"), "w");
    await settle();
    expect(frames.map(({ connection, payload }) => [connection, payload])).toEqual([[1, "page"], [2, "worker"]]);
  });

  it("records direction, opcode and payload as Chrome gives them, and knows what a Blob hides", async () => {
    const { emit, frames } = await setup();
    emit("Network.webSocketCreated", created("1"));
    emit("Network.webSocketFrameSent", frame("1", "é"));
    emit("Network.webSocketFrameReceived", frame("1", "AP8=", 2));
    emit("Network.webSocketFrameSent", frame("1", "", 2));
    emit("Network.webSocketFrameReceived", frame("1", "", 2));
    await settle();
    expect(frames.map(({ direction, opcode, unreported, payload }) => [direction, opcode, unreported, payload])).toEqual([
      ["sent", 1, false, "\u00c3\u00a9"],
      ["received", 2, false, "\u0000\u00ff"],
      ["sent", 2, true, ""],
      ["received", 2, false, ""],
    ]);
  });

  it("sends at once what has gathered, when its page goes", async () => {
    const { capture, emit, frames } = await setup();
    emit("Network.webSocketCreated", created("1"));
    for (let i = 0; i < 10; i++) emit("Network.webSocketFrameReceived", frame("1", `${i}`));
    expect(frames.length).toBeLessThan(10);
    capture.flush();
    expect(frames.map(({ payload }) => payload).join("")).toBe("0123456789");
  });

  it("sends at once what waits for what is known of the sockets from before, when its page goes, in its order and once", async () => {
    let logIsRead: (log: unknown) => void = () => {};
    const set = setUpCapture({ later: () => {}, readDevToolsLog: () => new Promise((resolve) => (logIsRead = resolve)) });
    void set.capture.start();
    await settle();
    set.emit("Network.webSocketCreated", created("1"));
    set.emit("Network.webSocketFrameReceived", frame("1", "first"));
    set.emit("Network.webSocketFrameReceived", frame("from before", "second"));
    set.emit("Network.webSocketFrameReceived", frame("1", "third"));
    await settle();
    expect(set.frames).toEqual([]);
    set.capture.flush();
    const all = ["first", "second", "third"];
    expect(set.frames.map(({ payload }) => payload)).toEqual(all);
    logIsRead({ entries: [] });
    await settle();
    expect(set.frames.map(({ payload }) => payload)).toEqual(all);
  });

  it("makes a socket known that was open before, by its first frame", async () => {
    const { emit, events } = await setup();
    emit("Network.webSocketFrameReceived", frame("9", "late"));
    emit("Network.webSocketFrameReceived", frame("9", "later"));
    await settle();
    expect(events.filter(({ type }) => type === "created")).toEqual([
      expect.objectContaining({ connection: 1, targetKey: "page:http://page.test", url: "", seenFromStart: false }),
    ]);
  });

  it("turns what it cannot read into a row, counts it, and goes on", async () => {
    const { emit, events, frames, batches } = await setup();
    emit("Network.webSocketCreated", created("1"));
    for (const bad of [undefined, null, 5, {}, { requestId: 1 }, { requestId: "1", response: "x" }]) emit("Network.webSocketFrameReceived", bad);
    emit("Network.webSocketFrameReceived", frame("1", "not base64!", 2));
    emit("Network.webSocketFrameReceived", frame("1", "good"));
    await settle();
    expect(frames.map(({ payload }) => payload)).toEqual(["good"]);
    expect(events.filter(({ type }) => type === "error")).toHaveLength(7);
    expect(batches.at(-1)?.passed).toBe(8);
  });

  it("ends the page's sockets itself on a navigation, and a worker's when it goes", async () => {
    const { emit, events } = await setup();
    emit("Target.attachedToTarget", { sessionId: "w", targetInfo: { targetId: "T", type: "worker", url: "" } });
    emit("Network.webSocketCreated", created("1"));
    emit("Network.webSocketCreated", created("1"), "w");
    emit("Page.frameNavigated", { frame: { id: "f", parentId: "p", url: "http://inner.test/" } });
    emit("Page.frameNavigated", { frame: { id: "f", url: "http://next.test/" } });
    emit("Target.detachedFromTarget", { sessionId: "w" });
    await settle();
    expect(events.flatMap((event) => (event.type === "closed" ? [[event.connection, event.synthesised]] : []))).toEqual([
      [1, "navigation"],
      [2, "target gone"],
    ]);
    expect(events.filter(({ type }) => type === "navigated")).toHaveLength(1);
  });

  it("says of a navigation whether it ended connections that were open: Chrome may not have told of their last frames", async () => {
    const { emit, eventsOf } = await setup();
    emit("Page.frameNavigated", { frame: { id: "f", url: "http://next.test/" } });
    emit("Network.webSocketCreated", created("1"));
    emit("Page.frameNavigated", { frame: { id: "f", url: "http://third.test/" } });
    emit("Network.webSocketCreated", created("2"));
    emit("Network.webSocketClosed", { requestId: "2", timestamp: 1001 });
    emit("Page.frameNavigated", { frame: { id: "f", url: "http://last.test/" } });
    await settle();
    expect(eventsOf("navigated").map(({ url, isCut }) => [url, isCut])).toEqual([["http://next.test/", undefined], ["http://third.test/", true], ["http://last.test/", undefined]]);
  });

  it("knows a cross-origin frame by the document that it shows", async () => {
    const { emit, events, api } = await setup();
    emit("Target.attachedToTarget", { sessionId: "f", targetInfo: { targetId: "F", type: "iframe", url: "" } });
    emit("Network.webSocketCreated", created("1"), "f");
    emit("Page.frameNavigated", { frame: { id: "inside", url: "http://inside.test/" } }, "f");
    emit("Page.frameNavigated", { frame: { id: "F", url: "http://chat.test/" } }, "f");
    await settle();
    expect(api.sentTo("f")).toEqual(["Network.enable", "Target.setAutoAttach", "Page.enable", "Runtime.runIfWaitingForDebugger"]);
    expect(events.findLast(({ type }) => type === "target")).toMatchObject({ target: { key: "F", type: "frame", url: "http://chat.test/" } });
    expect(events.filter(({ type }) => type === "closed")).toHaveLength(1);
  });

  it("lets every new target run, whatever it fails or does not answer", async () => {
    for (const method of ["Network.enable", "Target.setAutoAttach", "Runtime.runIfWaitingForDebugger"]) {
      const { api, emit } = await setup();
      api.silent.add(method);
      emit("Target.attachedToTarget", { sessionId: "w", targetInfo: { type: "service_worker" } });
      await settle();
      expect(api.sentTo("w")).toEqual(["Network.enable", "Target.setAutoAttach", "Runtime.runIfWaitingForDebugger"]);
    }
  });

  it("counts what passes during a pause and says so when it goes on", async () => {
    const { capture, emit, frames, events, states } = await setup();
    emit("Network.webSocketCreated", created("1"));
    capture.pause();
    emit("Network.webSocketFrameReceived", frame("1", "unseen"));
    emit("Network.webSocketFrameReceived", frame("1", "unseen"));
    await capture.resume();
    emit("Network.webSocketFrameReceived", frame("1", "seen"));
    await settle();
    expect(frames.map(({ payload }) => payload)).toEqual(["seen"]);
    expect(events.find(({ type }) => type === "resumed")).toMatchObject({ skipped: 2 });
    expect(states.map(({ state }) => state)).toEqual(["starting", "capturing", "paused", "capturing"]);
  });

  it("tells what opens and ends in a pause once it goes on, in its order, or once the capture ends", async () => {
    const { capture, emit, events } = await setup();
    const told = (): readonly string[] => events.map(({ type }) => type).filter((type) => type === "created" || type === "closed" || type === "resumed");
    emit("Network.webSocketCreated", created("1"));
    capture.pause();
    emit("Network.webSocketCreated", created("2"));
    emit("Network.webSocketClosed", { requestId: "1", timestamp: 1001 });
    await settle();
    expect(told()).toEqual(["created"]);
    await capture.resume();
    await settle();
    expect(told()).toEqual(["created", "created", "closed", "resumed"]);
    capture.pause();
    emit("Network.webSocketClosed", { requestId: "2", timestamp: 1002 });
    capture.flush();
    expect(told()).toEqual(["created", "created", "closed", "resumed", "closed"]);
  });

  it("tells in a pause how much has passed so far, once in a while and only where it is more", async () => {
    let tell = (): void => {};
    const { capture, emit, states } = await setup({ later: (callback, milliseconds) => (milliseconds === 1000 ? void (tell = callback) : void setTimeout(callback, milliseconds)) });
    emit("Network.webSocketCreated", created("1"));
    capture.pause();
    tell();
    emit("Network.webSocketFrameReceived", frame("1", "unseen"));
    emit("Network.webSocketFrameReceived", frame("1", "unseen"));
    tell();
    tell();
    await capture.resume();
    tell();
    expect(states.slice(2)).toEqual([{ state: "paused", passed: 0 }, { state: "paused", passed: 2 }, { state: "capturing" }]);
  });

  it("says in plain words why it could not begin, holds nothing on, and can begin again", async () => {
    const { api, capture, states, leases } = await setup({ failures: { attach: "Cannot access a chrome:// URL" } });
    expect(states.at(-1)).toEqual({
      state: "stopped",
      why: say("capture.own-pages", { scheme: "chrome://" }),
      canResume: true,
    });
    expect([api.listeners, leases.size]).toEqual([0, 0]);
    api.failures.clear();
    await capture.resume();
    expect([states.at(-1)?.state, api.attached, leases.size]).toEqual(["capturing", 1, 1]);
  });

  it("goes on by itself after a navigation, unless the user had cancelled it", async () => {
    const { api, capture, states } = await setup();
    api.emitDetach({ tabId: TAB }, "target_closed");
    await capture.pageNavigated();
    expect(states.at(-1)).toEqual({ state: "capturing" });
    api.emitDetach({ tabId: TAB }, "canceled_by_user");
    await capture.pageNavigated();
    expect(states.at(-1)).toMatchObject({ state: "stopped", canResume: true });
  });

  it("detaches, listens no more and gives its lease back when it is ended", async () => {
    const { api, capture, leases } = await setup();
    await capture.stop();
    expect([api.attached, api.listeners, leases.size]).toEqual([0, 0, 0]);
  });

  it("attaches to a shared worker when its script is asked for, once, and ends its sockets with it", async () => {
    const { api, emit, frames, events, leases } = await setup();
    const request = { loaderId: "", type: "Script", requestId: "S", documentURL: "http://page.test/s.js", request: { url: "http://page.test/s.js" } };
    emit("Network.requestWillBeSent", request);
    emit("Network.requestWillBeSent", request);
    emit("Network.requestWillBeSent", { ...request, loaderId: "L", requestId: "X" });
    await settle();
    expect(api.debuggees).toEqual([{ tabId: TAB }, { targetId: "S" }]);
    expect(leases.size).toBe(2);
    api.emit({ targetId: "S" }, "Network.webSocketCreated", created("1"));
    api.emit({ targetId: "S" }, "Network.webSocketFrameReceived", frame("1", "shared"));
    api.emit({ targetId: "another" }, "Network.webSocketFrameReceived", frame("1", "not ours"));
    api.emit({ targetId: "S" }, "Inspector.targetCrashed", {});
    await settle();
    expect(frames.map(({ payload }) => payload)).toEqual(["shared"]);
    expect(events.findLast(({ type }) => type === "closed")).toMatchObject({ synthesised: "target gone" });
    expect([api.debuggees, leases.size]).toEqual([[{ tabId: TAB }], 1]);
  });

  it("leaves a worker to Chrome that Chrome attaches us to by itself", async () => {
    const { api, emit } = await setup();
    emit("Network.requestWillBeSent", { loaderId: "", type: "Script", requestId: "W", documentURL: "http://page.test/w.js", request: { url: "http://page.test/w.js" } });
    emit("Target.attachedToTarget", { sessionId: "w", targetInfo: { targetId: "W", type: "worker", url: "http://page.test/w.js" }, waitingForDebugger: true });
    await settle();
    await settle();
    expect(api.debuggees).toEqual([{ tabId: TAB }]);
  });

  it("tries again where the page went elsewhere while Chrome refused the page before", async () => {
    const { api, capture, states } = await setup({ failures: { attach: "Cannot access a chrome:// URL" } });
    const again = capture.resume();
    const navigated = capture.pageNavigated();
    api.failures.clear();
    await Promise.all([again, navigated]);
    expect([states.at(-1)?.state, api.attached]).toEqual(["capturing", 1]);
  });

  it("attaches again where the debugger was taken away unheard", async () => {
    const { api, capture, states, leases } = await setup();
    api.debuggees.splice(0);
    await capture.attachAgain();
    expect([states.at(-1)?.state, api.attached, leases.size]).toEqual(["capturing", 1, 1]);
  });

  it("attaches and detaches 200 times and keeps no listener, lease or debuggee", async () => {
    const { api, capture, leases } = await setup();
    for (let i = 0; i < 200; i++) {
      await capture.stop();
      await capture.resume();
    }
    expect([api.attached, leases.size]).toEqual([1, 1]);
    await capture.stop();
    expect([api.attached, api.listeners, leases.size]).toEqual([0, 0, 0]);
  });
});
