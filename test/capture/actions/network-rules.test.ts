import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NETWORK_PRESETS } from "../../../src/model/network-rule.ts";
import { Refusal } from "../../../src/model/refusal.ts";
import { urlPattern } from "../../../src/capture/actions/network-rules.ts";
import { NOW, settle, setUpCapture } from "../set-up-capture.ts";

const METHOD = "Network.emulateNetworkConditionsByRule";
const FEED = "ws://page.test/feed";
const ONE = { meets: "url", url: FEED } as const;

async function setup() {
  const waits: { readonly callback: () => void; readonly milliseconds: number }[] = [];
  const set = setUpCapture({ later: (callback, milliseconds) => void (milliseconds < 500 ? setTimeout(callback, 0) : waits.push({ callback, milliseconds })) });
  await set.capture.start();
  await settle(3);
  set.emit("Network.webSocketCreated", { requestId: "1", url: FEED });
  set.emit("Network.webSocketCreated", { requestId: "2", url: FEED });
  const told = () => set.api.commands.filter(({ method }) => method === METHOD).map(({ source, params }) => ({ session: source.sessionId, rules: (params as { readonly matchedNetworkConditions: readonly object[] }).matchedNetworkConditions }));
  const attach = (sessionId: string, type: string) => set.emit("Target.attachedToTarget", { sessionId, targetInfo: { targetId: `target of ${sessionId}`, type, url: "http://frame.test/" }, waitingForDebugger: true });
  /** The longest wait is over, and what it was for is done; answers how long it was. */
  const pass = async (): Promise<number | undefined> => {
    const last = waits.splice(0).at(-1);
    last?.callback();
    await settle(5);
    return last?.milliseconds;
  };
  return { ...set, told, attach, waits, pass };
}

describe("a network rule", () => {
  it("is told to every session, once for each change, and says how many connections it meets", async () => {
    const { capture, told, attach } = await setup();
    attach("frame", "iframe");
    await capture.rules.set(ONE, { type: "freeze" });
    await capture.rules.set(ONE, { type: "freeze" });
    const frozen = [{ urlPattern: `${FEED}\\?`, offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 }];
    expect(told()).toEqual([{ session: undefined, rules: frozen }, { session: "frame", rules: frozen }]);
    expect(capture.rules.inForce).toEqual([{ ...ONE, effect: { type: "freeze" }, phase: "frozen", until: null, met: [1, 2] }]);
    await capture.rules.set(ONE, NETWORK_PRESETS["2g"]);
    expect(told().at(-1)?.rules).toEqual([{ urlPattern: `${FEED}\\?`, offline: false, latency: 0, downloadThroughput: 35_000, uploadThroughput: 10_000 }]);
    await capture.rules.lift();
    expect(told().at(-1)?.rules).toEqual([]);
    expect(capture.rules.inForce).toEqual([]);
  });

  it("is told of as on, as another, and as off once every session has answered, or is gone", async () => {
    const { api, capture, attach, emit } = await setup();
    attach("frame", "iframe");
    attach("goes", "iframe");
    const answers: (() => void)[] = [];
    api.answers.set(METHOD, ({ sessionId }) => (sessionId === undefined ? {} : new Promise<void>((resolve) => void (sessionId === "frame" && answers.push(resolve)))));
    const phases = (): readonly string[] => capture.rules.inForce.map(({ phase }) => phase);
    const answer = async (): Promise<void> => {
      await settle(2);
      for (const one of answers.splice(0)) one();
      await settle(2);
    };
    void capture.rules.set(ONE, { type: "freeze" });
    await answer();
    expect(phases()).toEqual([]);
    emit("Target.detachedFromTarget", { sessionId: "goes" });
    expect(phases()).toEqual(["frozen"]);
    void capture.rules.set(ONE, { type: "hold" });
    await settle(2);
    expect(phases()).toEqual(["frozen"]);
    await answer();
    expect(phases()).toEqual(["held"]);
    void capture.rules.lift();
    await settle(2);
    expect(phases()).toEqual(["held"]);
    await answer();
    expect(phases()).toEqual([]);
  });

  it("is named where a connection fails for it, and for nothing else", async () => {
    const { capture, emit, eventsOf } = await setup();
    await capture.rules.set(ONE, { type: "freeze" });
    const fail = (requestId: string, url: string, reason: string): void => {
      emit("Network.webSocketCreated", { requestId, url });
      emit("Network.webSocketFrameError", { requestId, timestamp: 1001, errorMessage: `Error in connection establishment: net::${reason}` });
    };
    fail("3", FEED, "ERR_INTERNET_DISCONNECTED");
    fail("4", FEED, "ERR_CONNECTION_REFUSED");
    fail("5", "ws://other.test/", "ERR_INTERNET_DISCONNECTED");
    await capture.rules.set(ONE, NETWORK_PRESETS["2g"]);
    fail("6", FEED, "ERR_INTERNET_DISCONNECTED");
    await settle(2);
    const codes = eventsOf("error").map(({ message }) => (typeof message === "object" ? message.code : message));
    expect(codes).toEqual(["capture.error-by-rule", "capture.error-known", "capture.error-known", "capture.error-known"]);
    expect(eventsOf("error")[0]).not.toHaveProperty("failure");
  });

  it("is in force in a new frame or worker before that runs", async () => {
    const { capture, attach, api } = await setup();
    await capture.rules.set(ONE, { type: "freeze" });
    attach("worker", "worker");
    const sent = api.sentTo("worker");
    expect(sent.indexOf(METHOD)).toBeGreaterThan(-1);
    expect(sent.indexOf(METHOD)).toBeLessThan(sent.indexOf("Runtime.runIfWaitingForDebugger"));
  });

  it("ends with the capture, and is not there when it goes on", async () => {
    const { capture, told } = await setup();
    await capture.rules.set(ONE, { type: "freeze" });
    await capture.stop();
    expect(capture.rules.inForce).toEqual([]);
    const before = told().length;
    await capture.resume();
    await settle();
    expect(told()).toHaveLength(before);
  });

  it("meets all connections of a host, or of one URL, which goes before", async () => {
    const { capture, told, emit } = await setup();
    emit("Network.webSocketCreated", { requestId: "3", url: "ws://page.test/other?x=1" });
    emit("Network.webSocketCreated", { requestId: "4", url: "ws://page.test:81/feed" });
    await capture.rules.set({ meets: "host", url: FEED }, { type: "hold" });
    await capture.rules.set(ONE, { type: "freeze" });
    expect(capture.rules.inForce.map(({ meets, phase, met }) => [meets, phase, met.length])).toEqual([["url", "frozen", 2], ["host", "held", 3]]);
    expect(told().at(-1)?.rules).toMatchObject([{ urlPattern: `${FEED}\\?`, offline: true }, { urlPattern: "ws://page.test/*\\?*", offline: false, latency: 1_000_000_000 }]);
    // Named by another of its connections, it is the same rule.
    await capture.rules.set({ meets: "host", url: "ws://page.test/other?x=1" }, null);
    expect(capture.rules.inForce).toHaveLength(1);
  });

  it("meets all connections of a pattern, over both schemes where it names none, and is refused where it is none", async () => {
    const { capture, told, emit } = await setup();
    emit("Network.webSocketCreated", { requestId: "3", url: "wss://live.page.test:8443/feed?x=1" });
    await capture.rules.set({ meets: "pattern", url: "*page.test/f*" }, { type: "freeze" });
    expect(told().at(-1)?.rules).toMatchObject(["ws", "wss"].map((scheme) => ({ urlPattern: `${scheme}://*page.test:*/f*\\?*`, offline: true })));
    expect(capture.rules.inForce).toMatchObject([{ meets: "pattern", phase: "frozen", met: [1, 2, 3] }]);
    await capture.rules.set({ meets: "host", url: FEED }, { type: "hold" });
    // The narrower one goes before.
    expect(capture.rules.inForce.map(({ meets }) => meets)).toEqual(["pattern", "host"]);
    await expect(capture.rules.set({ meets: "pattern", url: "http://page.test/" }, { type: "freeze" })).rejects.toThrow(Refusal);
    await capture.rules.set({ meets: "pattern", url: "*page.test/f*" }, null);
    expect(capture.rules.inForce.map(({ meets }) => meets)).toEqual(["host"]);
  });

  it("of an outage stalls, ends what is open, lets nothing new in for a while, and lifts itself", async () => {
    const { capture, told, pass, waits } = await setup();
    const begun = capture.rules.set(ONE, { type: "outage" });
    await settle(5);
    // Nothing passes that would tell which sockets they are.
    expect(waits.at(-1)?.milliseconds).toBe(3000);
    await pass();
    await begun;
    expect(told().at(-1)?.rules).toMatchObject([{ offline: true }]);
    expect(capture.rules.inForce).toMatchObject([{ phase: "frozen", until: (NOW + 30) * 1000 }]);
    expect(await pass()).toBe(30_000);
    expect(told().at(-1)?.rules).toMatchObject([{ offline: false }]);
    expect(await pass()).toBe(500);
    expect(told().at(-1)?.rules).toMatchObject([{ offline: true }]);
    expect(capture.rules.inForce).toMatchObject([{ phase: "down", until: (NOW + 10) * 1000 }]);
    expect(await pass()).toBe(10_000);
    expect(told().at(-1)?.rules).toEqual([]);
    expect(capture.rules.inForce).toEqual([]);
  });

  it("of an outage lets connections speak first that another froze, so that they can be told apart and ended", async () => {
    const { capture, told, pass } = await setup();
    await capture.rules.set(ONE, { type: "freeze" });
    const before = told().length;
    const begun = capture.rules.set(ONE, { type: "outage" });
    await settle(5);
    expect(told().slice(before).map(({ rules }) => rules)).toMatchObject([[{ offline: false }]]);
    await pass();
    await begun;
    expect(told().slice(before).map(({ rules }) => rules)).toMatchObject([[{ offline: false }], [{ offline: true }]]);
  });

  describe("that refuses new connections", () => {
    const SPARED = { urlPattern: `${FEED}\\?`, offline: false, latency: 1_000_000_000 };
    const REFUSED = { urlPattern: "ws://page.test/*\\?*", offline: true, latency: 0 };
    const ALL = { meets: "host", url: FEED } as const;

    async function withOpen() {
      const set = await setup();
      for (const requestId of ["1", "2"]) set.emit("Network.webSocketHandshakeResponseReceived", { requestId, timestamp: 1001, response: { status: 101, headers: {} } });
      const close = (requestId: string): void => set.emit("Network.webSocketClosed", { requestId, timestamp: 1002 });
      return { ...set, close };
    }

    it("lets those that are open go on, holds new ones of their URL, and names the rule where one fails", async () => {
      const { capture, told, emit, eventsOf } = await withOpen();
      emit("Network.webSocketCreated", { requestId: "3", url: "ws://page.test/opening" });
      await capture.rules.set(ALL, { type: "refuse" });
      expect(told().at(-1)?.rules).toMatchObject([SPARED, REFUSED]);
      expect(told().at(-1)?.rules).toHaveLength(2);
      expect(capture.rules.inForce).toMatchObject([{ phase: "refusing", until: null, met: [1, 2, 3] }]);
      emit("Network.webSocketFrameError", { requestId: "3", timestamp: 1002, errorMessage: "Error in connection establishment: net::ERR_INTERNET_DISCONNECTED" });
      await settle(2);
      expect(eventsOf("error")).toMatchObject([{ message: { code: "capture.error-by-rule" } }]);
    });

    it("refuses a URL too once it has no connection any more, and not while one waits that began at once", async () => {
      const { capture, told, emit, close } = await withOpen();
      await capture.rules.set(ALL, { type: "refuse" });
      close("1");
      await settle(3);
      expect(told().at(-1)?.rules).toMatchObject([SPARED, REFUSED]);
      close("2");
      emit("Network.webSocketCreated", { requestId: "3", url: FEED });
      await settle(3);
      expect(told().at(-1)?.rules).toMatchObject([SPARED, REFUSED]);
      close("3");
      await settle(3);
      expect(told().at(-1)?.rules).toMatchObject([REFUSED]);
      expect(told().at(-1)?.rules).toHaveLength(1);
    });

    it("tells nothing of what ends once it is lifted", async () => {
      const { capture, told, close } = await withOpen();
      await capture.rules.set(ALL, { type: "refuse" });
      await capture.rules.lift();
      const before = told().length;
      close("1");
      close("2");
      await settle(3);
      expect(told()).toHaveLength(before);
    });
  });

  it("that changes by itself stops where it is lifted, or another takes its place", async () => {
    for (const next of [null, { type: "freeze" }] as const) {
      const { capture, told, waits, pass } = await setup();
      await capture.rules.set(ONE, { type: "flaky" });
      expect(capture.rules.inForce).toMatchObject([{ phase: "passing" }]);
      await pass();
      expect(capture.rules.inForce).toMatchObject([{ phase: "frozen" }]);
      await capture.rules.set(ONE, next);
      const before = told().length;
      expect(waits).toHaveLength(1);
      await pass();
      expect(told()).toHaveLength(before);
      expect(capture.rules.inForce.map(({ phase }) => phase)).toEqual(next === null ? [] : ["frozen"]);
    }
  });

  it("has a pattern that its URL alone matches, whatever stands in that", () => {
    const { URLPattern } = globalThis as { URLPattern?: new (pattern: string) => { test(url: string): boolean } };
    const part = fc.string({ unit: fc.constantFrom("a", "b", "*", "+", "?", "=", "&", ":", "(", ")", "{", "}", "%7B", ".", "-", "/", "\\"), maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom("page.test", "page.test:8080", "127.0.0.1:1", "[::1]:80", "[::1]"), part, part, (host, path, query) => {
        const { href } = new URL(`ws://${host}/${path}?${query}`);
        const pattern = urlPattern(href);
        expect(pattern.replace(/\\(.)/g, "$1")).toBe(href);
        // Node has no URLPattern before 24; Chrome reads the pattern in the end-to-end test.
        if (URLPattern !== undefined) expect(new URLPattern(pattern).test(href)).toBe(true);
      }),
    );
    expect(urlPattern("ws://page.test:8080/a:b?x=*")).toBe("ws://page.test:8080/a\\:b\\?x=\\*");
    // Without a query of its own it would meet any.
    expect(urlPattern("ws://page.test/a")).toBe("ws://page.test/a\\?");
  });
});
