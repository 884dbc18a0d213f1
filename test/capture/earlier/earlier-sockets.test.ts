import { describe, expect, it } from "vitest";
import type { FakeDebugger } from "../fake-debugger.ts";
import { holdLiveSockets, laterUnlessBound, NOW, settle, setUpCapture, TAB } from "../set-up-capture.ts";
import type { Refusal } from "../../../src/model/refusal.ts";
import { say } from "../../../src/model/said.ts";
import { connectionId } from "../../../src/model/units.ts";
import { en } from "../../words/speakers.ts";

interface HarSocket {
  readonly url: string;
  readonly key: string;
  readonly messages?: readonly (readonly [number, "send" | "receive", string])[];
  readonly receive?: number;
}

const harEntry = ({ url, key, messages = [], receive = 0 }: HarSocket) => ({
  _resourceType: "websocket",
  startedDateTime: new Date((NOW - 10) * 1000).toISOString(),
  time: 9000,
  timings: { receive },
  request: { url, headers: [{ name: "Sec-WebSocket-Key", value: key }] },
  response: { status: 101, statusText: "Switching Protocols", headers: [] },
  _webSocketMessages: messages.map(([time, type, data]) => ({ time: NOW - 1000 + time, type, opcode: 1, data })),
});

/** A capture of a page that had sockets before: what DevTools logged of them, and what lives in the page. */
async function setup(page: { readonly logged: () => readonly HarSocket[]; readonly live: readonly string[] }, early: (api: FakeDebugger) => void = () => {}) {
  const { api, capture, rows, batches, eventsOf: of } = setUpCapture({ later: laterUnlessBound, readDevToolsLog: async () => ({ entries: page.logged().map(harEntry) }) });
  holdLiveSockets(api, () => page.live, "chat");
  api.answers.set("Network.enable", () => {
    queueMicrotask(() => early(api));
    return {};
  });
  await capture.start();
  const settled = (): Promise<void> => settle(5);
  await settled();
  const receive = (requestId: string, timestamp: number, payloadData: string): void =>
    api.emit({ tabId: TAB }, "Network.webSocketFrameReceived", { requestId, timestamp, response: { opcode: 1, mask: false, payloadData } });
  const times = (): number[] => batches.flatMap(({ times: those, count }) => [...those.subarray(0, count)]);
  return { api, capture, rows, times, of, receive, settled };
}

describe("sockets from before the capture", () => {
  it("stand in the log in the order of time, whichever socket a message is of, and before what is heard", async () => {
    const { rows, of } = await setup(
      {
        logged: () => [
          { url: "ws://a.test/", key: "a", messages: [[991, "receive", "first"], [995, "send", "third"]] },
          { url: "ws://b.test/", key: "b", messages: [[993, "receive", "second"]], receive: 100 },
        ],
        live: ["ws://a.test/"],
      },
      (api) => {
        api.emit({ tabId: TAB }, "Network.webSocketCreated", { requestId: "9", url: "ws://new.test/" });
        api.emit({ tabId: TAB }, "Network.webSocketFrameReceived", { requestId: "9", timestamp: 1001, response: { opcode: 1, mask: false, payloadData: "heard" } });
      },
    );
    expect(rows().map((row) => row.split(" ")[1])).toEqual(["first", "second", "third", "heard"]);
    expect(of("closed").map(({ connection }) => connection)).toEqual([2]);
  });

  it("are not told twice where Chrome tells of them too", async () => {
    const headers = { "Sec-WebSocket-Key": "both" };
    const { of } = await setup({ logged: () => [{ url: "ws://a.test/", key: "both" }], live: ["ws://a.test/"] }, (api) => {
      api.emit({ tabId: TAB }, "Network.webSocketCreated", { requestId: "9", url: "ws://a.test/" });
      api.emit({ tabId: TAB }, "Network.webSocketWillSendHandshakeRequest", { requestId: "9", timestamp: 1000, wallTime: NOW, request: { headers } });
    });
    expect(of("created").map(({ url }) => url)).toEqual(["ws://a.test/"]);
  });

  it("have the address that DevTools logged where Chrome told of them when their handshake was under way", async () => {
    for (const isHeld of [true, false]) {
      const headers = { "Sec-WebSocket-Key": "key 1" };
      const tell = (api: FakeDebugger): void => api.emit({ tabId: TAB }, "Network.webSocketWillSendHandshakeRequest", { requestId: "9", timestamp: 1000, wallTime: NOW, request: { headers } });
      let isLogged = isHeld;
      const { api, of, rows, receive, settled } = await setup({ logged: () => (isLogged ? [{ url: "ws://feed.test/1", key: "key 1" }] : []), live: [] }, isHeld ? tell : undefined);
      isLogged = true;
      if (!isHeld) tell(api);
      receive("9", 1002, "first");
      await settled();
      await settled();
      expect(of("created")).toHaveLength(1);
      expect(of("named")).toMatchObject([{ connection: 1, url: "ws://feed.test/1", notice: say("capture.while-opening") }]);
      expect(rows()).toEqual(["1 first"]);
    }
  });

  it("take up what is heard of them, without the frames that the log had already, and with those that it lacked", async () => {
    const messages: [number, "receive", string][] = [[991, "receive", "one"], [1001, "receive", "two"]];
    const { rows, receive, settled } = await setup({ logged: () => [{ url: "ws://a.test/", key: "a", messages }], live: ["ws://a.test/"] });
    messages.push([1002, "receive", "unheard"], [1003, "receive", "three"]);
    receive("5", 1003.00001, "three");
    receive("5", 1004, "four");
    await settled();
    expect(rows()).toEqual(["1 one", "1 two", "1 unheard", "1 three", "1 four"]);

    const twice = await setup({ logged: () => [{ url: "ws://a.test/", key: "a", messages: messages.slice(0, 2) }], live: ["ws://a.test/"] });
    twice.receive("5", 1001.00001, "two");
    twice.receive("5", 1002, "next");
    await twice.settled();
    expect(twice.rows()).toEqual(["1 one", "1 two", "1 next"]);
  });

  it("are found in DevTools' log where a busy machine takes long to read it, and long again", async () => {
    const messages: [number, "receive", string][] = [[991, "receive", "one"]];
    const bounds: (() => void)[] = [];
    const readings: (() => void)[] = [];
    const { api, capture, rows, eventsOf } = setUpCapture({
      later: (callback, milliseconds) => void (milliseconds < 1000 ? setTimeout(callback, 0) : bounds.push(callback)),
      readDevToolsLog: async () => {
        await new Promise<void>((resolve) => readings.push(resolve));
        return { entries: [harEntry({ url: "ws://a.test/", key: "a", messages })] };
      },
    });
    holdLiveSockets(api, () => ["ws://a.test/"], "chat");
    api.answers.set("Network.enable", () => {
      queueMicrotask(() => api.emit({ tabId: TAB }, "Network.webSocketFrameReceived", { requestId: "5", timestamp: 1001, response: { opcode: 1, mask: false, payloadData: "two" } }));
      return {};
    });
    const started = capture.start();
    await settle(5);
    const sinceTheBeginning = [...bounds];
    readings[0]?.();
    await settle(5);
    expect(readings).toHaveLength(2);
    for (const isOver of sinceTheBeginning) isOver();
    await settle(5);
    messages.push([1001, "receive", "two"]);
    readings[1]?.();
    await started;
    await settle(5);
    expect(rows()).toEqual(["1 one", "1 two"]);
    expect(eventsOf("created").map(({ url }) => url)).toEqual(["ws://a.test/"]);
  });

  it("are found in DevTools' log where a busy machine tells DevTools late of a frame, and takes longer for each reading than all may take on a calm one", async () => {
    const messages: [number, "receive", string][] = [[991, "receive", "one"]];
    const bounds: (() => void)[] = [];
    let readings = 0;
    const { api, capture, rows, eventsOf } = setUpCapture({
      later: (callback, milliseconds) => void (milliseconds < 1000 ? setTimeout(callback, 0) : bounds.push(callback)),
      readDevToolsLog: async () => {
        readings++;
        const before = bounds.splice(0);
        const entries = [harEntry({ url: "ws://a.test/", key: "a", messages: [...messages] })];
        // What was begun before the reading before this one takes too long.
        if (readings > 1) for (const isOver of before.slice(0, -1)) isOver();
        if (readings === 7) messages.push([1001, "receive", "two"]);
        return { entries };
      },
    });
    holdLiveSockets(api, () => ["ws://a.test/"], "chat");
    await capture.start();
    await settle(5);
    api.emit({ tabId: TAB }, "Network.webSocketFrameReceived", { requestId: "5", timestamp: 1001, response: { opcode: 1, mask: false, payloadData: "two" } });
    await settle(40);
    expect(rows()).toEqual(["1 one", "1 two"]);
    expect(eventsOf("created").map(({ url }) => url)).toEqual(["ws://a.test/"]);
  });

  it("go on no earlier than what was filled in, though Chrome takes the time anew for each who listens", async () => {
    for (const late of [0, 0.005]) {
      const messages: [number, "receive", string][] = [[991, "receive", "one"], [1001 + late, "receive", "two"]];
      const { receive, settled, rows, times } = await setup({ logged: () => [{ url: "ws://a.test/", key: "a", messages }], live: ["ws://a.test/"] });
      messages.push([1001.004, "receive", "three"], [1001.0055, "receive", "four"]);
      receive("5", 1001.004, "three");
      receive("5", 1001.0055, "four");
      await settled();
      expect(rows()).toEqual(["1 one", "1 two", "1 three", "1 four"]);
      expect(times()).toEqual([991, 1001 + late, Math.max(1001.004, 1001 + late), 1001.0055].map((time) => expect.closeTo(time, 6) as number));
    }
  });

  it("go on no earlier than what was filled in, also where Chrome first tells what was filled in long before its end", async () => {
    const messages: [number, "receive", string][] = [[991, "receive", "one"], [1001, "receive", "two"], [1001.08, "receive", "three"]];
    const { receive, settled, rows, times } = await setup({ logged: () => [{ url: "ws://a.test/", key: "a", messages }], live: ["ws://a.test/"] });
    receive("5", 1001, "two");
    receive("5", 1001.079, "three");
    receive("5", 1001.0795, "four");
    await settled();
    expect(rows()).toEqual(["1 one", "1 two", "1 three", "1 four"]);
    expect(times()).toEqual(times().toSorted((a, b) => a - b));
  });

  it("of which two got the very same payloads say that only the times tell them apart, and one alone does not", async () => {
    for (const [keys, notice] of [[["a", "b"], expect.stringMatching(/sent over .*ws:\/\/b\.test\/.*, so only the times tell them apart/)], [["a"], undefined]] as const) {
      const logged = keys.map((key): HarSocket & { readonly messages: [number, "receive", string][] } => ({ url: `ws://${key}.test/`, key, messages: [] }));
      const { rows, of, receive, settled } = await setup({ logged: () => logged, live: logged.map(({ url }) => url) });
      for (let i = 0; i < 12; i++) {
        // The other one was told of 4 ms later, and less evenly.
        logged.forEach(({ messages }, k) => messages.push([1001 + i / 10 + k * (0.004 + (i % 4) / 1000), "receive", `tick ${i}`]));
        receive("5", 1001 + i / 10 + 0.00001, `tick ${i}`);
      }
      await settled();
      expect(rows()).toEqual(Array.from({ length: 12 }, (_, i) => `1 tick ${i}`));
      expect(of("retargeted").map((event) => event.notice && en.tell(event.notice))).toEqual([notice]);
    }
  });

  it("of DevTools’ log that live no more in the page have ended", async () => {
    const { of } = await setup({ logged: () => [{ url: "ws://gone.test/", key: "a" }, { url: "ws://here.test/", key: "b" }], live: ["ws://here.test/"] });
    expect(of("closed")).toMatchObject([{ connection: 1, synthesised: "before the capture" }]);
  });

  it("are one of the page’s objects where all that are left are alike, and stay apart where they are not", async () => {
    const alike = await setup({ logged: () => [], live: ["ws://a.test/", "ws://a.test/"] });
    alike.receive("5", 1001, "x");
    await alike.settled();
    expect(alike.rows()).toEqual(["1 x"]);
    expect(alike.of("created")).toHaveLength(2);
    expect(alike.of("created")[0]).toMatchObject({ seenFromStart: false, subprotocol: "chat", notice: say("capture.not-seen") });

    expect(en.tell(alike.of("retargeted")[0]?.notice ?? "")).toContain("one of 2 sockets of this URL");

    const different = await setup({ logged: () => [], live: ["ws://a.test/", "ws://b.test/"] });
    different.receive("5", 1001, "x");
    await different.settled();
    expect(different.rows()).toEqual(["3 x"]);
    expect(en.tell(different.of("created")[2]?.notice ?? "")).toContain("one of these; which is unknown: ws://a.test/ and ws://b.test/");
  });

  it("are looked for in the page's memory by itself only where that is small, for all documents together", async () => {
    for (const [usage, documents, isLookedFor] of [[{ usedSize: 2_000_000 }, 1, true], [{ usedSize: 2_000_001 }, 1, false], [{ usedSize: 1_100_000 }, 2, false], [{ usedSize: 1e6, embedderHeapUsedSize: 9e6 }, 1, false], [{}, 1, false]] as const) {
      const { api, of } = await setup({ logged: () => [], live: ["ws://a.test/"] }, (chrome) => {
        chrome.answers.set("Runtime.getHeapUsage", () => usage);
        chrome.answers.set("Runtime.enable", (source) => {
          for (let id = 0; id < documents; id++) chrome.emit(source, "Runtime.executionContextCreated", { context: { id, uniqueId: `document ${id}`, auxData: { isDefault: true } } });
          return {};
        });
      });
      expect([usage, api.commands.some(({ method }) => method === "Runtime.queryObjects")]).toEqual([usage, isLookedFor]);
      expect(of("created")).toHaveLength(isLookedFor ? 1 : 0);
    }
  });

  it("are not looked for in the page's memory where that has grown since its size was asked for", async () => {
    const { api, of } = await setup({ logged: () => [], live: ["ws://a.test/"] }, ({ answers }) => {
      const enable = answers.get("Runtime.enable");
      answers.set("Runtime.enable", (source, params) => {
        answers.set("Runtime.getHeapUsage", () => ({ usedSize: 50_000_000 }));
        return enable?.(source, params);
      });
    });
    expect(api.sentTo(undefined)).toContain("Runtime.enable");
    expect(api.sentTo(undefined)).not.toContain("Runtime.queryObjects");
    expect(of("created")).toEqual([]);
  });

  it("of pages before this one, which DevTools kept, have ended, also where nobody looks", async () => {
    const { of } = await setup(
      { logged: () => [{ url: "ws://of-a-page-before.test/", key: "a" }], live: [] },
      ({ answers }) => {
        answers.set("Runtime.getHeapUsage", () => ({ usedSize: 50_000_000 }));
        answers.set("Performance.getMetrics", () => ({ metrics: [{ name: "Timestamp", value: 1000 }, { name: "NavigationStart", value: 995 }] }));
      },
    );
    expect(of("closed")).toMatchObject([{ connection: 1, synthesised: "before the capture" }]);
  });

  it("can be used once they are heard, which is said until then, and not any more once they have ended", async () => {
    const { capture, settled, api } = await setup({ logged: () => [{ url: "ws://a.test/", key: "a" }], live: ["ws://a.test/"] });
    const refusal = (): Promise<unknown> => capture.live.reach(connectionId(1), false).then(() => expect.unreachable(), (why: unknown) => (why as Refusal).told);
    expect(await refusal()).toEqual(say("live.not-heard-yet"));
    api.emit({ tabId: TAB }, "Page.frameNavigated", { frame: { id: "f", url: "http://next.test/" } });
    await settled();
    expect(await refusal()).toEqual(say("live.ended"));
  });

  it("end with the page", async () => {
    const { api, of, settled } = await setup({ logged: () => [{ url: "ws://a.test/", key: "a" }], live: ["ws://a.test/", "ws://b.test/"] });
    api.emit({ tabId: TAB }, "Page.frameNavigated", { frame: { id: "f", url: "http://next.test/" } });
    await settled();
    expect(of("closed")).toMatchObject([{ connection: 1, synthesised: "navigation" }, { connection: 2, synthesised: "navigation" }]);
  });

  it("are not taken for ended where Chrome had told of the page's documents before, and only the top one can be asked", async () => {
    const logged = (): HarSocket[] => [{ url: "ws://top.test/", key: "a" }, { url: "ws://frame.test/", key: "b" }];
    const whole = await setup({ logged, live: ["ws://top.test/", "ws://unlogged.test/"] });
    expect(whole.of("closed")).toHaveLength(1);
    const { of } = await setup({ logged, live: ["ws://top.test/", "ws://unlogged.test/"] }, (api) => api.answers.delete("Runtime.enable"));
    expect(of("closed")).toEqual([]);
    expect(of("created").map(({ url }) => url)).toEqual(["ws://top.test/", "ws://frame.test/", "ws://unlogged.test/"]);
  });
});

/** Chrome tells of a socket of the page. */
type Tell = (event: "Created" | "Closed", requestId: string) => void;

/**
 * A page with a frame that ran before, too. `looked` is done as soon as the page's own objects have been looked through, and the
 * frame's are only when `letGo` is called. `bySearch`: where the user asks for it, nothing is held back meanwhile.
 */
async function setUpSlowFrame({ bySearch, live, before, looked }: { readonly bySearch: boolean; readonly live: readonly string[]; readonly before?: (tell: Tell) => void; readonly looked: (tell: Tell, navigate: () => void) => void }) {
  const { api, capture, eventsOf: of, silents, emit } = setUpCapture({ later: laterUnlessBound });
  const tell: Tell = (event, requestId) => emit(`Network.webSocket${event}`, { requestId, url: "ws://a.test/", timestamp: 1001 });
  let letGo = (): void => {};
  const isFrameDone = new Promise<void>((resolve) => (letGo = resolve));
  holdLiveSockets(api, (sessionId) => {
    if (sessionId !== undefined) return [];
    setTimeout(() => looked(tell, () => emit("Page.frameNavigated", { frame: { id: "f", url: "http://next.test/" } })));
    return live;
  });
  const find = api.answers.get("Runtime.queryObjects");
  api.answers.set("Runtime.queryObjects", async (source, params) => {
    if (source.sessionId === undefined) before?.(tell);
    else await isFrameDone;
    return find?.(source, params);
  });
  if (!bySearch) api.answers.set("Runtime.getHeapUsage", () => ({ usedSize: 50_000_000 }));
  api.answers.set("Network.enable", ({ sessionId }) => {
    if (sessionId === undefined) queueMicrotask(() => emit("Target.attachedToTarget", { sessionId: "f", targetInfo: { targetId: "F", type: "iframe", url: "http://frame.test/" }, waitingForDebugger: false }));
    return {};
  });
  await capture.start();
  await settle(5);
  const isFound = bySearch ? settle(5) : capture.findSilent();
  await settle(5);
  return {
    capture,
    of,
    silents,
    end: async () => {
      letGo();
      await isFound;
      await settle(5);
    },
  };
}

describe("while the page’s objects are looked through, a socket", () => {
  it("that Chrome tells of is not told twice, though it has ended before that is over", async () => {
    for (const bySearch of [true, false]) {
      const { capture, of, end } = await setUpSlowFrame({
        bySearch,
        live: ["ws://a.test/"],
        before: (tell) => tell("Created", "9"),
        looked: (tell) => tell("Closed", "9"),
      });
      // Who records is about to end: what was held back is passed on.
      if (bySearch) capture.flush();
      await end();
      expect([bySearch, of("created").map(({ seenFromStart }) => seenFromStart), of("closed").length]).toEqual([bySearch, [true], 1]);
    }
  });

  it("of the page before is not taken for one of the page that comes", async () => {
    const { of, silents, end } = await setUpSlowFrame({ bySearch: false, live: ["ws://a.test/"], looked: (_, navigate) => navigate() });
    await end();
    expect(of("created")).toEqual([]);
    expect(silents.at(-1)).toBe("none");
  });

  it("from before is found, whatever others of its URL have ended by then", async () => {
    const { of } = await setup({ logged: () => [], live: ["ws://a.test/"] }, (api) => {
      api.emit({ tabId: TAB }, "Network.webSocketCreated", { requestId: "9", url: "ws://a.test/" });
      api.emit({ tabId: TAB }, "Network.webSocketClosed", { requestId: "9", timestamp: 1001 });
    });
    expect(of("created").map(({ seenFromStart }) => seenFromStart)).toEqual([false, true]);
    expect(of("closed").map(({ connection }) => connection)).toEqual([2]);
  });

  it("that lives is not ended for one that closed before", async () => {
    const { of } = await setup({ logged: () => [], live: ["ws://a.test/"] }, (api) => api.emit({ tabId: TAB }, "Network.webSocketClosed", { requestId: "unknown", timestamp: 1001 }));
    expect(of("created")).toHaveLength(1);
    expect(of("closed")).toEqual([]);

    const heard = await setup({ logged: () => [], live: ["ws://a.test/"] }, (api) => {
      api.emit({ tabId: TAB }, "Network.webSocketFrameReceived", { requestId: "unknown", timestamp: 1000, response: { opcode: 1, mask: false, payloadData: "last" } });
      api.emit({ tabId: TAB }, "Network.webSocketClosed", { requestId: "unknown", timestamp: 1001 });
    });
    expect(heard.rows()).toEqual(["2 last"]);
    expect(heard.of("closed").map(({ connection }) => connection)).toEqual([2]);
    expect(en.tell(heard.of("created")[1]?.notice ?? "")).toContain("Its address is unknown.");
  });
});
