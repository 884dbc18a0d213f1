import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { LoggedMessage } from "../../../src/capture/earlier/devtools-log.ts";
import { stillToHear } from "../../../src/capture/earlier/unheard-gap.ts";
import type { FakeDebugger } from "../fake-debugger.ts";
import { holdLiveSockets, laterUnlessBound, NOW, settle, setUpCapture, TAB } from "../set-up-capture.ts";
import { say } from "../../../src/model/said.ts";

interface Logged {
  readonly key: string;
  readonly messages: readonly (readonly [number, string])[];
  readonly isOver?: boolean;
}

/** A capture of a page that DevTools logs too; `page` is what the log and the page have, and may change. */
async function setup(page: { logged: readonly Logged[]; live: readonly string[]; liveOf?: (sessionId: string) => readonly string[]; hasDevTools?: boolean; readLog?: () => Promise<void> }, before: (api: FakeDebugger) => void = () => {}) {
  const clock = { now: 0 };
  const readDevToolsLog = async () => {
    await page.readLog?.();
    return {
      entries: page.logged.map(({ key, messages, isOver = false }) => ({
        _resourceType: "websocket",
        startedDateTime: new Date((NOW + 1) * 1000).toISOString(),
        time: isOver ? 4000 : 0,
        timings: { receive: isOver ? 1 : 0 },
        request: { url: `ws://feed.test/${key}`, headers: [{ name: "Sec-WebSocket-Key", value: key }] },
        response: { status: 101, headers: [] },
        _webSocketMessages: messages.map(([time, data]) => ({ time: NOW + time, type: "receive", opcode: 1, data })),
      })),
    };
  };
  const set = setUpCapture({ later: laterUnlessBound, now: () => (NOW + clock.now) * 1000, ...(page.hasDevTools !== false && { readDevToolsLog }) });
  const { api, capture, emit, eventsOf } = set;
  holdLiveSockets(api, (sessionId) => ((sessionId === undefined ? undefined : page.liveOf?.(sessionId)) ?? page.live).map((key) => `ws://feed.test/${key}`));
  api.answers.set("Performance.getMetrics", () => ({ metrics: [{ name: "Timestamp", value: 1000 + clock.now }] }));
  before(api);
  const settled = (): Promise<void> => settle(6);
  await capture.start();
  await settled();
  const open = (requestId: string, key: string, sessionId?: string): void => {
    emit("Network.webSocketCreated", { requestId, url: `ws://feed.test/${key}` }, sessionId);
    emit("Network.webSocketWillSendHandshakeRequest", { requestId, timestamp: 1001, wallTime: NOW + 1, request: { headers: { "Sec-WebSocket-Key": key } } }, sessionId);
    emit("Network.webSocketHandshakeResponseReceived", { requestId, timestamp: 1001, response: { status: 101, headers: {} } }, sessionId);
  };
  const receive = (requestId: string, time: number, payloadData: string): void =>
    emit("Network.webSocketFrameReceived", { requestId, timestamp: 1000 + time, response: { opcode: 1, mask: false, payloadData } });
  const closings = () => eventsOf("closed").map(({ connection, synthesised }) => `${connection} ${synthesised ?? "told"}`);
  /** Chrome ends the debugging; unless the user wanted that, the capture goes on with the next page. */
  const end = (reason: "canceled_by_user" | "target_closed"): void => {
    api.debuggees.splice(0);
    api.emitDetach({ tabId: TAB }, reason);
  };
  return { ...set, clock, settled, open, receive, closings, gaps: () => eventsOf("gap"), end, cancel: () => end("canceled_by_user") };
}

describe("a capture that goes on after it had ended", () => {
  it("has what DevTools logged meanwhile, each frame once and in order, and a row that says so", async () => {
    const page = { logged: [] as Logged[], live: [] as string[] };
    const { api, capture, clock, rows, settled, open, receive, closings, gaps, cancel } = await setup(page);
    open("1", "a");
    open("2", "b");
    receive("1", 1.1, "one");
    await settled();
    cancel();
    clock.now = 6;
    const before = [[1.1, "one"], [3, "two"], [3.5, "three"]] as const;
    page.logged = [{ key: "a", messages: [...before, [5.999, "four"]] }, { key: "b", messages: [[2, "over"]], isOver: true }, { key: "c", messages: [[4, "new"]] }];
    page.live = ["a", "c"];
    // Chrome tells again of what passed while it was asked to: the log has it, too.
    api.answers.set("Network.enable", () => queueMicrotask(() => receive("1", 5.99901, "four")));
    await capture.resume();
    receive("1", 7, "five");
    await settled();
    await settled();
    expect(rows()).toEqual(["1 one", "2 over", "1 two", "1 three", "1 four", "3 new", "1 five"]);
    expect(closings()).toEqual(["2 told"]);
    expect(gaps()).toEqual([{ type: "gap", time: expect.any(Number), seconds: 6, isFilled: true }]);
  });

  it("has each frame once and in order over several gaps", async () => {
    const page = { logged: [] as Logged[], live: [] as string[] };
    const { capture, clock, rows, settled, open, receive, cancel } = await setup(page);
    open("1", "a");
    receive("1", 1.1, "heard 1");
    await settled();
    page.live = ["a"];
    cancel();
    clock.now = 6;
    const first = [[1.1, "heard 1"], [2, "missed 1"], [3, "missed 2"]] as const;
    page.logged = [{ key: "a", messages: first }];
    await capture.resume();
    await settled();
    receive("1", 7, "heard 2");
    receive("1", 7.1, "heard 3");
    await settled();
    cancel();
    clock.now = 9;
    page.logged = [{ key: "a", messages: [...first, [7, "heard 2"], [7.1, "heard 3"], [8, "missed 3"]] }];
    await capture.resume();
    receive("1", 10, "heard 4");
    await settled();
    expect(rows()).toEqual(["heard 1", "missed 1", "missed 2", "heard 2", "heard 3", "missed 3", "heard 4"].map((text) => `1 ${text}`));
  });

  it.each([0.04, -0.04])("has each frame once, at its time, where the clock of a busy machine was misread by %d s", async (error) => {
    const page = { logged: [] as Logged[], live: [] as string[] };
    const set = await setup(page, (fake) => fake.answers.set("Performance.getMetrics", () => ({ metrics: [{ name: "Timestamp", value: 1000 + (page.live.length > 0 ? 6 : 0) + error }] })));
    const { api, capture, clock, rows, batches, settled, open, receive, cancel } = set;
    open("1", "a");
    receive("1", 1.1, "heard 1");
    await settled();
    cancel();
    clock.now = 6;
    page.logged = [{ key: "a", messages: [[1.1, "heard 1"], [2, "missed"], [5.99, "both 1"], [5.995, "both 2"], [6.01, "late"]] }];
    page.live = ["a"];
    api.answers.set("Network.enable", () => {
      queueMicrotask(() => {
        for (const [time, text] of [[5.99, "both 1"], [5.995, "both 2"], [6.01, "late"], [6.02, "heard 2"]] as const) receive("1", time, text);
      });
    });
    await capture.resume();
    await settled();
    expect(rows()).toEqual(["heard 1", "missed", "both 1", "both 2", "late", "heard 2"].map((text) => `1 ${text}`));
    const times = batches.flatMap(({ times: list, count }) => [...list.subarray(0, count)]);
    expect(times.map((time) => Number((time - 1000).toFixed(3)))).toEqual([1.1, 2, 5.99, 5.995, 6.01, 6.02]);
  });

  it("counts a frame once of which both the log and Chrome had told, so that the next gap begins where it does", async () => {
    const page = { logged: [] as Logged[], live: [] as string[] };
    const { api, capture, clock, rows, settled, open, receive, cancel } = await setup(page);
    open("1", "a");
    await settled();
    const messages: [number, string][] = [[2, "missed 1"], [5.999, "both 1"], [5.9995, "both 2"]];
    page.logged = [{ key: "a", messages }];
    page.live = ["a"];
    cancel();
    clock.now = 6;
    // The last of what the log told comes again: of these one before the next gap, and one never.
    api.answers.set("Network.enable", () => queueMicrotask(() => receive("1", 5.99901, "both 1")));
    await capture.resume();
    await settled();
    cancel();
    api.answers.delete("Network.enable");
    clock.now = 9;
    messages.push([8, "missed 2"]);
    await capture.resume();
    receive("1", 10, "heard");
    await settled();
    expect(rows()).toEqual(["missed 1", "both 1", "both 2", "missed 2", "heard"].map((text) => `1 ${text}`));
  });

  it("has each frame once and in order where it ends again before the log was read", async () => {
    const waits: (() => void)[] = [];
    const page = { logged: [] as Logged[], live: [] as string[], readLog: (): Promise<void> => Promise.resolve() };
    const { capture, clock, rows, gaps, closings, settled, open, receive, cancel } = await setup(page);
    open("1", "a");
    receive("1", 1.1, "heard 1");
    await settled();
    page.readLog = () => new Promise((resolve) => waits.push(resolve));
    const messages: [number, string][] = [[1.1, "heard 1"], [2, "missed 1"]];
    page.logged = [{ key: "a", messages }];
    page.live = ["a"];
    cancel();
    clock.now = 6;
    await capture.resume();
    receive("1", 6.5, "heard 2");
    await settled();
    cancel();
    clock.now = 8;
    await capture.resume();
    await settled();
    messages.push([6.5, "heard 2"], [7, "missed 2"]);
    waits[0]?.();
    await settled();
    receive("1", 9, "heard 3");
    receive("1", 9.1, "heard 4");
    await settled();
    messages.push([9, "heard 3"], [9.1, "heard 4"]);
    waits.forEach((resolve) => resolve());
    await settled();
    waits.forEach((resolve) => resolve());
    await settled();
    expect(rows()).toEqual(["heard 1", "missed 1", "heard 2", "missed 2", "heard 3", "heard 4"].map((text) => `1 ${text}`));
    expect(gaps().map(({ isFilled }) => isFilled)).toEqual([true, true]);
    expect(closings()).toEqual([]);
  });

  it("keeps sockets open whose targets it could not look into, because it ended again", async () => {
    const page = { logged: [] as Logged[], live: [] as string[] };
    const { api, capture, settled, open, receive, rows, closings, cancel } = await setup(page);
    open("1", "a");
    await settled();
    page.live = ["a"];
    cancel();
    let fail = (): void => {};
    api.answers.set("Target.setAutoAttach", () => new Promise((_, reject) => (fail = () => reject(new Error("Detached while handling command.")))));
    await capture.resume();
    cancel();
    fail();
    await settled();
    api.answers.delete("Target.setAutoAttach");
    await capture.resume();
    await settled();
    expect(closings()).toEqual([]);
    receive("1", 9, "still its own");
    await settled();
    expect(rows()).toEqual(["1 still its own"]);
  });

  it("counts what passed meanwhile where it was paused, and records none of it", async () => {
    const page = { logged: [] as Logged[], live: [] as string[], readLog: (): Promise<void> => Promise.resolve() };
    const { capture, clock, states, rows, settled, open, receive, closings, eventsOf, end } = await setup(page);
    open("1", "a");
    open("2", "b");
    receive("1", 1.1, "heard");
    await settled();
    capture.pause();
    receive("1", 1.2, "paused");
    end("target_closed");
    clock.now = 6;
    page.logged = [{ key: "a", messages: [[1.1, "heard"], [1.2, "paused"], [2, "missed"]] }, { key: "b", messages: [[3, "missed"]], isOver: true }, { key: "c", messages: [[4, "missed"]] }];
    page.live = ["a", "c"];
    let answer = (): void => {};
    page.readLog = () => new Promise((resolve) => (answer = resolve));
    await capture.pageLoaded();
    await settled();
    expect(states.at(-1)?.state).toBe("paused");
    receive("1", 7, "paused");
    // Resumed before the log has come: what is held was still in the pause.
    await capture.resume();
    expect(states.at(-1)?.state).toBe("capturing");
    receive("1", 8, "recorded");
    answer();
    await settled();
    expect(rows()).toEqual(["1 heard", "1 recorded"]);
    expect(closings()).toEqual(["2 told"]);
    expect(eventsOf("created").map(({ url }) => url.slice(15))).toEqual(["a", "b", "c"]);
    expect(eventsOf("resumed").map(({ skipped }) => skipped)).toEqual([5]);
  });

  it("leaves a frame out once that both the log and Chrome told during a pause", async () => {
    const page = { logged: [] as Logged[], live: [] as string[] };
    const { api, capture, clock, rows, settled, open, receive, eventsOf, end } = await setup(page);
    open("1", "a");
    await settled();
    end("target_closed");
    clock.now = 6;
    page.logged = [{ key: "a", messages: [[2, "missed"], [5.999, "both"]] }];
    page.live = ["a"];
    await capture.pageLoaded();
    await settled();
    capture.pause();
    receive("1", 5.99901, "both");
    await capture.resume();
    receive("1", 7, "heard");
    await settled();
    expect(rows()).toEqual(["1 missed", "1 both", "1 heard"]);
    expect(eventsOf("resumed").map(({ skipped }) => skipped)).toEqual([0]);
    expect(api.attached).toBe(1);
  });

  it("has only a row that says for how long nobody listened, where DevTools logs nothing", async () => {
    const page = { logged: [], live: [] as string[], hasDevTools: false };
    const { capture, clock, rows, settled, open, receive, gaps, cancel } = await setup(page);
    open("1", "a");
    receive("1", 1.1, "one");
    await settled();
    cancel();
    page.live = ["a"];
    clock.now = 3.5;
    await capture.resume();
    receive("1", 4, "two");
    await settled();
    expect(rows()).toEqual(["1 one", "1 two"]);
    expect(gaps()).toMatchObject([{ seconds: 3.5, isFilled: false }]);
  });

  it("has one gap over several attempts, and none where nothing was ever heard", async () => {
    const { api, capture, clock, settled, gaps, cancel } = await setup({ logged: [], live: [] });
    cancel();
    clock.now = 2;
    api.failures.set("attach", "Cannot attach to this target.");
    await capture.resume();
    api.failures.delete("attach");
    clock.now = 5;
    await capture.resume();
    await settled();
    expect(gaps()).toMatchObject([{ seconds: 5 }]);
  });

  it("ends what is no longer there: sockets, workers, and the page’s own where it is another document", async () => {
    const page = { logged: [], live: [] as string[] };
    const { api, capture, settled, open, receive, closings, rows, cancel } = await setup(page);
    api.emit({ tabId: TAB }, "Target.attachedToTarget", { sessionId: "w", targetInfo: { targetId: "W", type: "worker", url: "" }, waitingForDebugger: true });
    open("1", "a");
    open("2", "b");
    open("1", "worker", "w");
    await settled();
    cancel();
    page.live = ["a"];
    await capture.resume();
    await settled();
    expect(closings()).toEqual(["2 unheard", "3 unheard"]);
    receive("1", 8, "still");
    await settled();
    expect(rows()).toEqual(["1 still"]);
    cancel();
    api.loader = "second";
    await capture.resume();
    await settled();
    expect(closings().at(-1)).toBe("1 navigation");
  });

  it("has one that closes while it is looked for end by that closing, and no other", async () => {
    const page = { logged: [], live: ["silent"], hasDevTools: false };
    const { api, capture, settled, emit, open, closings, cancel } = await setup(page);
    open("1", "a");
    await settled();
    cancel();
    api.answers.set("Network.enable", () => queueMicrotask(() => emit("Network.webSocketClosed", { requestId: "1", timestamp: 1005 })));
    await capture.resume();
    await settled();
    expect(closings()).toEqual(["2 told"]);
  });

  it("finds the sockets of the page that was opened meanwhile, of the same addresses too", async () => {
    const page = { logged: [], live: [] as string[], hasDevTools: false };
    const { api, capture, settled, open, closings, eventsOf, cancel } = await setup(page);
    open("1", "a");
    await settled();
    cancel();
    api.loader = "second";
    page.live = ["a"];
    await capture.resume();
    await settled();
    expect(closings()).toEqual(["1 navigation"]);
    expect(eventsOf("created").map(({ seenFromStart }) => seenFromStart)).toEqual([true, false]);
  });

  it("has one gap where Chrome attaches, and then refuses to tell", async () => {
    const { api, capture, clock, settled, gaps, cancel } = await setup({ logged: [], live: [] });
    cancel();
    clock.now = 2;
    api.failures.set("Network.enable", "Internal error");
    await capture.resume();
    await settled();
    api.failures.delete("Network.enable");
    clock.now = 5;
    await capture.resume();
    await settled();
    expect(gaps()).toMatchObject([{ seconds: 5 }]);
  });

  it("names a socket from before DevTools once, however often it is looked for", async () => {
    const { capture, settled, events, cancel } = await setup({ logged: [], live: ["old"] });
    for (let i = 0; i < 2; i++) {
      cancel();
      await capture.resume();
      await settled();
    }
    expect(events.filter(({ type }) => type === "created")).toHaveLength(1);
  });
});

describe("a capture that Chrome ends while it attaches", () => {
  /** Chrome tells of the network already, and answers nothing about the page before it ends the debugging. */
  const setupEnding = async () => {
    const set = setUpCapture({ later: laterUnlessBound });
    const { api, capture } = set;
    let fail = (): void => {};
    api.answers.set("Page.getFrameTree", () => new Promise((_, reject) => (fail = () => reject(new Error("Detached while handling command.")))));
    const starting = capture.start();
    await settle();
    const end = (): void => {
      api.debuggees.splice(0);
      api.emitDetach({ tabId: TAB }, "target_closed");
    };
    const refuse = (): void => {
      api.answers.delete("Page.getFrameTree");
      fail();
    };
    return { ...set, starting, end, refuse };
  };

  it("begins again by itself with the next page, and says for how long nobody listened", async () => {
    const { api, capture, states, eventsOf, starting, end, refuse } = await setupEnding();
    end();
    refuse();
    await starting;
    expect(states.at(-1)?.state).toBe("stopped");
    await capture.pageLoaded();
    await settle(6);
    expect([states.at(-1)?.state, api.attached, eventsOf("gap").length]).toEqual(["capturing", 1, 1]);
  });

  it("is not shown as capturing for another one that has begun since, and still attaches", async () => {
    const { api, capture, states, starting, end, refuse } = await setupEnding();
    end();
    api.silent.add("attach");
    void capture.resume();
    refuse();
    await starting;
    expect(states.at(-1)?.state).toBe("starting");
  });
});

describe("a capture that has ended", () => {
  it("ends all sockets when the page goes elsewhere, also where the user cancelled it", async () => {
    const { api, capture, settled, open, closings, states, cancel } = await setup({ logged: [], live: [] });
    api.emit({ tabId: TAB }, "Target.attachedToTarget", { sessionId: "w", targetInfo: { targetId: "W", type: "worker", url: "" }, waitingForDebugger: true });
    open("1", "a");
    open("1", "worker", "w");
    await settled();
    cancel();
    await capture.pageLoaded();
    expect(closings()).toEqual([]);
    await capture.pageNavigated();
    await settled();
    expect(closings()).toEqual(["1 navigation", "2 unheard"]);
    expect(states.at(-1)?.state).toBe("stopped");
  });

  it.each(["target_closed", "canceled_by_user"] as const)("has what DevTools logged of a page that then went elsewhere, where DevTools keeps its log (%s)", async (reason) => {
    const page = { logged: [] as Logged[], live: [] as string[] };
    const { api, capture, clock, settled, open, receive, rows, batches, closings, gaps, end } = await setup(page);
    open("1", "a");
    receive("1", 1.1, "heard");
    await settled();
    end(reason);
    clock.now = 6;
    page.logged = [{ key: "a", messages: [[1.1, "heard"], [2, "missed 1"], [3, "missed 2"]] }];
    api.loader = "second";
    await capture.pageNavigated();
    await settled();
    if (reason === "canceled_by_user") await capture.resume();
    await settled();
    expect(rows()).toEqual(["1 heard", "1 missed 1", "1 missed 2"]);
    expect(closings()).toEqual(["1 navigation"]);
    const closing = batches.find(({ events }) => events.some(({ event }) => event.type === "closed"));
    // It stands behind the last of the messages.
    expect(closing?.events.find(({ event }) => event.type === "closed")?.at).toBe(closing?.count);
    expect(gaps().map(({ isFilled }) => isFilled)).toEqual([true]);
  });

  it("does not say that a gap was filled where DevTools’ log went with the page", async () => {
    const { api, capture, clock, settled, open, closings, gaps, end } = await setup({ logged: [], live: [] });
    open("1", "a");
    await settled();
    end("target_closed");
    clock.now = 6;
    api.loader = "second";
    await capture.pageNavigated();
    await settled();
    expect(closings()).toEqual(["1 navigation"]);
    expect(gaps().map(({ isFilled }) => isFilled)).toEqual([false]);
  });

  it("ends all sockets when the tab is closed, and says so", async () => {
    const { capture, api, settled, open, closings, states } = await setup({ logged: [], live: [] });
    open("1", "a");
    await settled();
    await capture.tabClosed();
    await settled();
    expect(closings()).toEqual(["1 target gone"]);
    expect(states.at(-1)).toMatchObject({ state: "stopped", why: say("capture.tab-closed"), canResume: false });
    expect([api.listeners, api.attached]).toEqual([0, 0]);
  });

  it("goes on after a crash by itself: the crashed page’s sockets are over, and nobody is told to press Resume", async () => {
    const { api, settled, open, receive, rows, closings, states } = await setup({ logged: [], live: [] });
    open("1", "a");
    api.emit({ tabId: TAB }, "Inspector.targetCrashed", {});
    await settled();
    expect(closings()).toEqual(["1 target gone"]);
    expect(states.at(-1)).toMatchObject({ state: "stopped", canResume: false });
    api.emit({ tabId: TAB }, "Inspector.targetReloadedAfterCrash", {});
    open("2", "b");
    receive("2", 3, "again");
    await settled();
    expect([states.at(-1)?.state, rows()]).toEqual(["capturing", ["2 again"]]);
  });
});

describe("a page that Chrome shows without telling, as one that was prepared ahead", () => {
  it("ends the sockets of the page before it, and keeps and names its own", async () => {
    const page = { logged: [], live: [] as string[] };
    const { api, capture, settled, open, receive, closings, events, rows } = await setup(page);
    open("1", "feed");
    open("2", "old");
    await capture.pageLoaded();
    await settled();
    expect(closings()).toEqual([]);
    api.loader = "second";
    open("3", "feed");
    page.live = ["feed", "early"];
    await capture.pageLoaded();
    await settled();
    expect(closings()).toEqual(["2 navigation", "1 navigation"]);
    expect(events.flatMap((event) => (event.type === "created" ? [event.url.slice(15)] : []))).toEqual(["feed", "old", "feed", "early"]);
    expect(events.filter(({ type }) => type === "navigated")).toHaveLength(1);
    receive("3", 2, "its own");
    receive("9", 2, "named");
    await settled();
    expect(rows()).toEqual(["3 its own", "4 named"]);
  });

  it("leaves those alone that a service worker had before", async () => {
    const page = { logged: [] as Logged[], live: ["page"], liveOf: () => ["push"] };
    const { api, capture, emit, settled, closings, eventsOf, rows } = await setup(page, (fake) => {
      fake.answers.set("Network.enable", ({ sessionId }) => {
        const targetInfo = { targetId: "W", type: "service_worker", url: "http://page.test/sw.js" };
        if (sessionId === undefined) fake.emit({ tabId: TAB }, "Target.attachedToTarget", { sessionId: "w", targetInfo, waitingForDebugger: false });
        return {};
      });
      page.logged = [{ key: "page", messages: [] }, { key: "logged push", messages: [] }];
      page.liveOf = () => ["push", "logged push"];
    });
    expect(eventsOf("created").map(({ url }) => url.slice(15))).toEqual(["page", "logged push", "push"]);
    api.loader = "second";
    page.live = [];
    await capture.pageLoaded();
    await settled();
    expect(closings()).toEqual(["1 navigation"]);
    emit("Network.webSocketFrameReceived", { requestId: "5", timestamp: 1002, response: { opcode: 1, mask: false, payloadData: "pushed" } }, "w");
    await settled();
    expect(rows().map((row) => row.split(" ")[1])).toEqual(["pushed"]);
    expect(closings()).toEqual(["1 navigation"]);
  });
});

describe("a capture that Chrome refuses", () => {
  afterEach(() => vi.restoreAllMocks());

  it("leaves no failure unheard, also while another answer is awaited", async () => {
    const unheard: unknown[] = [];
    const listen = (reason: unknown): void => void unheard.push(reason);
    process.on("unhandledRejection", listen);
    const { api, capture, settled, states, cancel } = await setup({ logged: [], live: [] });
    cancel();
    api.failures.set("Network.enable", "Internal error");
    api.silent.add("Page.getFrameTree");
    await capture.resume();
    await settled();
    process.off("unhandledRejection", listen);
    expect(unheard).toEqual([]);
    expect(states.at(-1)).toMatchObject({ state: "stopped", why: say("capture.refused", { words: "Internal error" }) });
  });
});

describe("what is still to be heard of logged messages", () => {
  it("is never more than there are, and begins with the frame", () => {
    const message = fc.record({ time: fc.double({ min: 0, max: 10, noNaN: true }), direction: fc.constantFrom("sent" as const, "received" as const), opcode: fc.constant(1), data: fc.constantFrom("a", "b") });
    fc.assert(
      fc.property(fc.array(message), message, (messages: LoggedMessage[], { time, direction, opcode, data }) => {
        const left = stillToHear(messages, { timestamp: time, direction, opcode, data }, 0);
        expect(left).toBeLessThanOrEqual(messages.length);
        if (left > 0) expect(messages[messages.length - left]).toMatchObject({ direction, data });
      }),
    );
  });
});
