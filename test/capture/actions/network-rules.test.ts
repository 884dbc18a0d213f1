import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NETWORK_PRESETS } from "../../../src/model/network-rule.ts";
import { urlPattern } from "../../../src/capture/actions/network-rules.ts";
import { settle, setUpCapture } from "../set-up-capture.ts";

const METHOD = "Network.emulateNetworkConditionsByRule";
const FEED = "ws://page.test/feed";

async function setup() {
  const set = setUpCapture();
  await set.capture.start();
  await settle(3);
  set.emit("Network.webSocketCreated", { requestId: "1", url: FEED });
  set.emit("Network.webSocketCreated", { requestId: "2", url: FEED });
  const told = () => set.api.commands.filter(({ method }) => method === METHOD).map(({ source, params }) => ({ session: source.sessionId, rules: (params as { readonly matchedNetworkConditions: readonly object[] }).matchedNetworkConditions }));
  const attach = (sessionId: string, type: string) => set.emit("Target.attachedToTarget", { sessionId, targetInfo: { targetId: `target of ${sessionId}`, type, url: "http://frame.test/" }, waitingForDebugger: true });
  return { ...set, told, attach };
}

describe("a network rule", () => {
  it("is told to every session, once for each change, and says how many connections it meets", async () => {
    const { capture, told, attach } = await setup();
    attach("frame", "iframe");
    await capture.rules.set(FEED, { type: "freeze" });
    await capture.rules.set(FEED, { type: "freeze" });
    const frozen = [{ urlPattern: FEED, offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 }];
    expect(told()).toEqual([{ session: undefined, rules: frozen }, { session: "frame", rules: frozen }]);
    expect(capture.rules.inForce).toEqual([{ url: FEED, effect: { type: "freeze" }, connections: 2 }]);
    await capture.rules.set(FEED, NETWORK_PRESETS["2g"]);
    expect(told().at(-1)?.rules).toEqual([{ urlPattern: FEED, offline: false, latency: 0, downloadThroughput: 35_000, uploadThroughput: 10_000 }]);
    await capture.rules.lift();
    expect(told().at(-1)?.rules).toEqual([]);
    expect(capture.rules.inForce).toEqual([]);
  });

  it("is in force in a new frame or worker before that runs", async () => {
    const { capture, attach, api } = await setup();
    await capture.rules.set(FEED, { type: "freeze" });
    attach("worker", "worker");
    const sent = api.sentTo("worker");
    expect(sent.indexOf(METHOD)).toBeGreaterThan(-1);
    expect(sent.indexOf(METHOD)).toBeLessThan(sent.indexOf("Runtime.runIfWaitingForDebugger"));
  });

  it("ends with the capture, and is not there when it goes on", async () => {
    const { capture, told } = await setup();
    await capture.rules.set(FEED, { type: "freeze" });
    await capture.stop();
    expect(capture.rules.inForce).toEqual([]);
    const before = told().length;
    await capture.resume();
    await settle();
    expect(told()).toHaveLength(before);
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
    expect(urlPattern("ws://page.test:8080/a:b?x=*")).toBe("ws://page.test:8080/a\\:b?x=\\*");
  });
});
