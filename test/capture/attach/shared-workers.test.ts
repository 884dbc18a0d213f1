import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BrowserTarget } from "../../../src/capture/debugger-api.ts";
import { FakeDebugger } from "../fake-debugger.ts";
import { settle, setUpCapture, TAB } from "../set-up-capture.ts";

const PAGE = "http://page.test/";
const tab = (tabId: number, url = PAGE): BrowserTarget => ({ id: `page of ${tabId}`, type: "page", title: "", url, tabId });
const worker = (id: string, url = `${PAGE}${id}.js`): BrowserTarget => ({ id, type: "worker", title: id, url });

/** A capture of tab 7, and the browser round it: `targets` may change, and `look` is when they are looked at again. */
async function setup(targets: readonly BrowserTarget[], keys: Readonly<Record<string, string>> = {}) {
  const api = new FakeDebugger();
  api.browserTargets = [...targets];
  api.answers.set("Storage.getStorageKey", ({ targetId = "" }) => ({ storageKey: keys[targetId] ?? PAGE }));
  const waits: (() => void)[] = [];
  const set = setUpCapture({ api, later: (callback, milliseconds) => (milliseconds === 2000 ? void waits.push(callback) : void setTimeout(callback, milliseconds)) });
  const { capture, frames } = set;
  await capture.start();
  await settle(3);
  const look = async (now: readonly BrowserTarget[] = targets): Promise<void> => {
    api.browserTargets = [...now];
    for (const callback of waits.splice(0)) callback();
    await settle(3);
  };
  const socket = (targetId: string): void => {
    api.emit({ targetId }, "Network.webSocketCreated", { requestId: "1", url: `ws://feed.test/${targetId}` });
    api.emit({ targetId }, "Network.webSocketFrameReceived", { requestId: "1", timestamp: 1001, response: { opcode: 1, mask: false, payloadData: `of ${targetId}` } });
  };
  return {
    ...set,
    look,
    socket,
    attached: () => api.debuggees.flatMap((one) => ("targetId" in one ? one.targetId : [])),
    heard: () => api.commands.flatMap(({ source, method }) => (method === "Network.enable" && source.targetId !== undefined ? source.targetId : [])),
    payloads: () => frames.map(({ payload }) => payload),
  };
}

const request = (requestId: string): object => ({ loaderId: "", type: "Script", requestId, documentURL: `${PAGE}${requestId}.js`, request: { url: `${PAGE}${requestId}.js` } });

describe("the shared workers of a tab", () => {
  it("are those that run where no other tab can use them, and those whose script the tab asked for", async () => {
    const { attached, emit, socket, payloads, uncertain } = await setup([tab(TAB), tab(9, "http://other.test/"), worker("A"), worker("B", "http://other.test/B.js"), { ...worker("S"), title: `Service Worker ${PAGE}S.js` }]);
    emit("Network.requestWillBeSent", request("C"));
    await settle(3);
    for (const id of ["A", "B", "C"]) socket(id);
    await settle();
    expect([attached(), payloads(), uncertain]).toEqual([["A", "C"], ["of A", "of C"], []]);
  });

  it("are none that Chrome attaches us to by itself after all, as it does to dedicated ones: each of their sockets is told once", async () => {
    const { attached, emit, socket, payloads, eventsOf } = await setup([tab(TAB)]);
    emit("Network.requestWillBeSent", request("D"));
    await settle(3);
    expect(attached()).toEqual(["D"]);
    emit("Target.attachedToTarget", { sessionId: "d", targetInfo: { targetId: "D", type: "worker", url: `${PAGE}D.js` }, waitingForDebugger: true });
    // Until Chrome has ended our own attachment, it tells over both.
    socket("D");
    emit("Network.webSocketCreated", { requestId: "1", url: "ws://feed.test/D" }, "d");
    emit("Network.webSocketFrameReceived", { requestId: "1", timestamp: 1001, response: { opcode: 1, mask: false, payloadData: "of D" } }, "d");
    await settle(3);
    expect([attached(), eventsOf("created").length, payloads()]).toEqual([[], 1, ["of D"]]);
  });

  it("are not known where another tab may use them: they are told, and no event of theirs is heard", async () => {
    const { attached, heard, uncertain, capture } = await setup([tab(TAB), tab(9), worker("A")]);
    expect([attached(), heard(), uncertain]).toEqual([[], [], [[`${PAGE}A.js`]]]);
    expect(capture.uncertainWorkers).toEqual([{ targetId: "A", url: `${PAGE}A.js`, name: "A" }]);
  });

  it("are told of as soon as another tab has started one, and captured once that tab is gone", async () => {
    const { attached, uncertain, look } = await setup([tab(TAB)]);
    await look([tab(TAB), tab(9), worker("A")]);
    await look();
    await look([tab(TAB), tab(9), worker("A")]);
    expect([attached(), uncertain]).toEqual([[], [[`${PAGE}A.js`], [], [`${PAGE}A.js`]]]);
    await look([tab(TAB), worker("A")]);
    expect([attached(), uncertain.at(-1)]).toEqual([["A"], []]);
  });

  it("are captured when the user says so, with a reload too, and asked about no more when the user does not care", async () => {
    const targets = [tab(TAB), tab(9), worker("A"), worker("B")];
    const { attached, uncertain, look, capture, emit, socket, payloads } = await setup(targets);
    capture.captureWorker("A");
    capture.dismissWorker("B");
    capture.captureWorker("of nobody");
    await settle(3);
    emit("Page.frameNavigated", { frame: { id: "f", url: `${PAGE}next` } });
    await look();
    socket("A");
    await settle();
    expect([attached(), payloads(), uncertain.at(-1)]).toEqual([["A"], ["of A"], []]);
  });

  it("are asked about until they tell of their sockets: by themselves, or as the user says so, however late that is", async () => {
    const { api, capture, look, uncertain } = await setup([tab(TAB), tab(9), worker("A"), worker("B"), worker("C")]);
    const heard = new Map<string, () => void>();
    api.answers.set("Network.enable", ({ targetId = "" }) => new Promise<object>((resolve) => heard.set(targetId, () => resolve({}))));
    const asked = (): string[] => capture.uncertainWorkers.map(({ targetId }) => targetId);
    capture.captureWorker("A");
    await settle(3);
    expect([asked(), [...heard.keys()]]).toEqual([["A", "B", "C"], ["A"]]);
    heard.get("A")?.();
    await settle(3);
    expect(asked()).toEqual(["B", "C"]);
    await look([tab(TAB), worker("A"), worker("B"), worker("C")]);
    // One that is busy holds up none of the others, nor the next look.
    heard.get("C")?.();
    await settle(3);
    await look([tab(TAB), worker("A"), worker("B")]);
    expect([asked(), uncertain.at(-1)]).toEqual([["B"], [`${PAGE}B.js`]]);
    heard.get("B")?.();
    await settle(3);
    expect(asked()).toEqual([]);
  });

  it("are the tab's no longer when it goes to another site, though they run on", async () => {
    const { attached, emit, socket, payloads, look, eventsOf, leases } = await setup([tab(TAB), worker("A")]);
    socket("A");
    emit("Page.frameNavigated", { frame: { id: "f", url: "http://elsewhere.test/" } });
    await settle(3);
    socket("A");
    await look([tab(TAB, "http://elsewhere.test/"), tab(9), worker("A")]);
    expect([attached(), payloads(), leases.size]).toEqual([[], ["of A"], 1]);
    expect(eventsOf("closed").map(({ synthesised }) => synthesised)).toEqual(["navigation"]);
  });

  it("are not those of frames under another tab's page, though they are of one origin: their storage key tells", async () => {
    const { attached, heard, uncertain } = await setup([tab(TAB), tab(9, "http://news.test/"), worker("A"), worker("F")], { F: `${PAGE}^0http://news.test` });
    expect([attached(), heard(), uncertain]).toEqual([["A"], ["A"], [[`${PAGE}F.js`]]]);
  });

  it("are those of frames of other sites under its own page", async () => {
    const { attached, emit, look } = await setup([tab(TAB), tab(9, "http://chat.test/"), worker("F", "http://chat.test/F.js"), worker("G", "http://chat.test/G.js")], { F: "http://chat.test/^0http://page.test", G: "http://chat.test/" });
    expect(attached()).toEqual([]);
    emit("Target.attachedToTarget", { sessionId: "f", targetInfo: { targetId: "f", type: "iframe", url: "http://chat.test/" } });
    await look();
    expect(attached()).toEqual(["F"]);
  });

  it("are uncertain where Chrome does not tell a storage key", async () => {
    const { attached, uncertain } = await setup([tab(TAB), worker("A")], { A: "" });
    expect([attached(), uncertain]).toEqual([[], [[`${PAGE}A.js`]]]);
  });

  it("are let go with the end of the capture, and nobody looks any more", async () => {
    const { api, attached, leases, capture, look, uncertain } = await setup([tab(TAB), tab(9), worker("A")]);
    capture.captureWorker("A");
    await settle(3);
    expect(attached()).toEqual(["A"]);
    await capture.stop();
    await look([tab(TAB), worker("B")]);
    expect([api.attached, leases.size, uncertain.at(-1)]).toEqual([0, 0, []]);
  });

  it("are never recorded while a page that may be theirs is open elsewhere, in whatever order tabs and workers come and go", async () => {
    const urls = fc.constantFrom(PAGE, "http://page.test:81/", "http://other.test/", "about:blank", "chrome://newtab/");
    const states = fc.array(fc.record({ others: fc.array(urls, { maxLength: 3 }), workers: fc.uniqueArray(fc.constantFrom("A", "B", "C")) }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(states, async (browser) => {
        const { look, heard, uncertain } = await setup([tab(TAB)]);
        const known = new Set<string>();
        for (const { others, workers } of browser) {
          await look([tab(TAB), ...others.map((url, i) => tab(100 + i, url)), ...workers.map((id) => worker(id))]);
          const isAlone = others.every((url) => ["http://other.test/", "chrome://newtab/"].includes(url));
          if (isAlone) for (const id of workers) known.add(id);
          expect(new Set(heard())).toEqual(known);
          expect(new Set(uncertain.at(-1))).toEqual(new Set(workers.filter((id) => !known.has(id)).map((id) => `${PAGE}${id}.js`)));
        }
      }),
      { numRuns: 40 },
    );
  });
});
