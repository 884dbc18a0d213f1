import { describe, expect, it } from "vitest";
import { FakeDebugger } from "../fake-debugger.ts";
import { FakeLeases, fakeSessions } from "../fake-lease.ts";
import { settle, setUpCapture, TAB } from "../set-up-capture.ts";
import { say } from "../../../src/model/said.ts";

/** One Chrome, in which several pages of the extension may capture tab 7. */
function setup() {
  const api = new FakeDebugger();
  const leases = new FakeLeases(api);
  const sessions = fakeSessions();
  const open = async () => {
    const { capture, frames, eventsOf, states } = setUpCapture({ api, leases, sessions });
    await capture.start();
    await settle();
    return {
      capture,
      payloads: () => frames.map(({ payload }) => payload),
      /** The targets of connections, by the URL of each. */
      targets: () => eventsOf("created").map(({ url, targetKey }) => [url, targetKey]),
      state: () => states.at(-1)?.state,
    };
  };
  const emit = (method: string, params: unknown, sessionId?: string): void => api.emit({ tabId: TAB, sessionId }, method, params);
  const socket = (requestId: string, sessionId?: string): void => emit("Network.webSocketCreated", { requestId, url: `ws://feed.test/${requestId}` }, sessionId);
  const frame = (requestId: string, payloadData: string, sessionId?: string): void =>
    emit("Network.webSocketFrameReceived", { requestId, timestamp: 1001, response: { opcode: 1, mask: false, payloadData } }, sessionId);
  const worker = (sessionId: string, targetId: string): void =>
    emit("Target.attachedToTarget", { sessionId, targetInfo: { targetId, type: "worker", url: `http://page.test/${targetId}.js` }, waitingForDebugger: true });
  return { api, leases, open, emit, socket, frame, worker };
}

describe("two pages that capture one tab", () => {
  it("hear each frame once each, over one attachment", async () => {
    const { api, open, socket, frame } = setup();
    const [first, second] = [await open(), await open()];
    expect([first.state(), second.state(), api.attached]).toEqual(["capturing", "capturing", 1]);
    socket("1");
    frame("1", "a");
    frame("1", "b");
    await settle();
    expect([first.payloads(), second.payloads()]).toEqual([["a", "b"], ["a", "b"]]);
  });

  it("know the same workers, also those of which Chrome told before the second came", async () => {
    const { open, socket, worker, emit } = setup();
    const first = await open();
    worker("s1", "gone");
    emit("Target.detachedFromTarget", { sessionId: "s1" });
    worker("s2", "before");
    const second = await open();
    worker("s3", "after");
    socket("1", "s2");
    socket("2", "s3");
    await settle();
    expect(second.targets()).toEqual([["ws://feed.test/1", "before"], ["ws://feed.test/2", "after"]]);
    expect(first.targets()).toEqual(second.targets());
  });

  it("each begin when they have joined: what passes before is no socket of its own to the second", async () => {
    const { open, socket, frame } = setup();
    const first = await open();
    socket("1");
    const opening = open();
    frame("1", "while it joins");
    const second = await opening;
    frame("1", "after");
    await settle();
    expect(first.payloads()).toEqual(["while it joins", "after"]);
    expect(second.payloads()).toEqual(["after"]);
  });

  it("go on when the other ends, and the last detaches", async () => {
    const { api, leases, open, frame, socket } = setup();
    const [first, second] = [await open(), await open()];
    socket("1");
    await first.capture.stop();
    expect([api.attached, first.state(), second.state()]).toEqual([1, "stopped", "capturing"]);
    frame("1", "still");
    await settle();
    expect([first.payloads(), second.payloads()]).toEqual([[], ["still"]]);
    await second.capture.stop();
    expect([api.attached, api.listeners, leases.size]).toEqual([0, 0, 0]);
  });

  it("attach to a shared worker once, and both hear it from its first frame, whoever was quicker", async () => {
    const { api, open, emit } = setup();
    const [first, second] = [await open(), await open()];
    emit("Network.requestWillBeSent", { loaderId: "", type: "Script", requestId: "S", documentURL: "http://page.test/s.js", request: { url: "http://page.test/s.js" } });
    // The quicker one has switched its events on already.
    api.emit({ targetId: "S" }, "Network.webSocketCreated", { requestId: "1", url: "ws://feed.test/shared" });
    api.emit({ targetId: "S" }, "Network.webSocketFrameReceived", { requestId: "1", timestamp: 1001, response: { opcode: 1, mask: false, payloadData: "first" } });
    await settle();
    expect(api.debuggees).toEqual([{ tabId: TAB }, { targetId: "S" }]);
    expect([first.payloads(), second.payloads()]).toEqual([["first"], ["first"]]);
    expect(second.targets()).toEqual([["ws://feed.test/shared", "S"]]);
    await first.capture.stop();
    expect(api.debuggees).toEqual([{ tabId: TAB }, { targetId: "S" }]);
  });

  it("say why there is nothing to hear where the attachment is another extension's", async () => {
    const { api, open } = setup();
    api.failures.set("attach", "Another debugger is already attached to the tab with id: 7.");
    api.failures.set("Network.enable", "Debugger is not attached to the tab with id: 7.");
    expect((await open()).capture.state).toMatchObject({ state: "stopped", why: say("capture.debugged-by-other") });
  });
});
