import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settle, setUpCapture, TAB } from "../set-up-capture.ts";

/** A capture of tab 7 that takes popups along, and the browser round it. */
async function setup(capturePopups = true) {
  const set = setUpCapture({ settings: { capturePopups } });
  const { api, capture, emit } = set;
  await capture.start();
  await settle();
  const announce = (sessionId?: string): void => emit("Page.windowOpen", { url: "http://page.test/popup" }, sessionId);
  /** A new tab; `opener`: the tab whose page opened it, the user where there is none. */
  const open = (tabId: number, opener?: number): void => {
    if (opener !== undefined) api.openers.set(tabId, opener);
    api.openTab(tabId);
  };
  const socket = (tabId: number): void => {
    api.emit({ tabId }, "Network.webSocketCreated", { requestId: "1", url: `ws://feed.test/${tabId}` });
    api.emit({ tabId }, "Network.webSocketFrameReceived", { requestId: "1", timestamp: 1001, response: { opcode: 1, mask: false, payloadData: `of ${tabId}` } });
  };
  return {
    ...set,
    announce,
    open,
    socket,
    attached: () => api.debuggees.flatMap((one) => ("tabId" in one ? one.tabId : [])),
    asked: () => new Set(api.commands.flatMap(({ source: { tabId } }) => (tabId === undefined || tabId === TAB ? [] : tabId))),
    payloads: () => set.frames.map(({ payload }) => payload),
  };
}

describe("the tabs that are captured with a page", () => {
  it("are those that Chrome says it has opened, of frames and noopener too, and those that they open in turn", async () => {
    const { announce, open, socket, attached, payloads, api, emit } = await setup();
    emit("Target.attachedToTarget", { sessionId: "frame", targetInfo: { targetId: "F", type: "iframe", url: "http://other.test/" } });
    announce();
    open(8, TAB);
    announce("frame");
    open(9, TAB);
    await settle(3);
    api.emit({ tabId: 9 }, "Page.windowOpen", {});
    open(10, 9);
    await settle(3);
    for (const tab of [8, 9, 10]) socket(tab);
    await settle();
    expect(attached()).toEqual([TAB, 8, 9, 10]);
    expect(payloads()).toEqual(["of 8", "of 9", "of 10"]);
  });

  it("are named by what they show, of sockets too that they open before that is known", async () => {
    const { announce, open, socket, api, eventsOf } = await setup();
    announce();
    open(8, TAB);
    socket(8);
    await settle(3);
    api.emit({ tabId: 8 }, "Page.frameNavigated", { frame: { id: "f", url: "http://other.test/" } });
    api.emit({ tabId: 8 }, "Network.webSocketCreated", { requestId: "2", url: "ws://feed.test/other" });
    await settle();
    const targets = new Map(eventsOf("target").map(({ target }) => [target.key, `${target.type} ${target.url}`]));
    expect(eventsOf("created").map(({ url, targetKey }) => [url, targets.get(targetKey)])).toEqual([
      ["ws://feed.test/8", "popup http://page.test/"],
      ["ws://feed.test/other", "popup http://other.test/"],
    ]);
  });

  it("are none that the user opens after a popup was blocked: nobody even attaches to them", async () => {
    const { announce, open, socket, attached, asked, payloads, leases } = await setup();
    announce();
    announce();
    await settle(3);
    open(8);
    open(9, 5);
    await settle(3);
    socket(8);
    await settle();
    expect([attached(), [...asked()], payloads(), leases.size]).toEqual([[TAB], [], [], 1]);
  });

  it("are none that come up in the very moment of a popup, by the user or by another page: they are let go unrecorded", async () => {
    const { announce, open, socket, attached, payloads, leases } = await setup();
    announce();
    open(8);
    open(9, 5);
    open(10, TAB);
    // Another view captures these tabs: their events come here too.
    for (const tab of [8, 9, 10]) socket(tab);
    await settle(3);
    for (const tab of [8, 9, 10]) socket(tab);
    await settle();
    expect([attached(), payloads(), leases.size]).toEqual([[TAB, 10], ["of 10", "of 10"], 2]);
  });

  it("are found among however many that the page tries to open, with a bounded number of questions", async () => {
    const { announce, open, attached, api } = await setup();
    for (let i = 0; i < 5000; i++) announce();
    open(8, TAB);
    await settle(3);
    announce();
    open(9, TAB);
    await settle(3);
    expect(attached()).toEqual([TAB, 8, 9]);
    expect(api.commands.filter(({ method }) => method === "Page.getFrameTree").length).toBeLessThan(50);
  });

  it("are none where the user has not asked for them", async () => {
    const { announce, open, attached, asked } = await setup(false);
    announce();
    open(8, TAB);
    await settle(3);
    expect([attached(), [...asked()]]).toEqual([[TAB], []]);
  });

  it("are said to be missing where the user has not asked for them, until the page is another or the capture ends", async () => {
    const { announce, emit, openings, capture } = await setup(false);
    announce();
    announce();
    expect([openings, capture.opensTabs]).toEqual([[true], true]);
    emit("Page.frameNavigated", { frame: { id: "f", loaderId: "next", url: "http://page.test/next" } });
    expect(openings).toEqual([true, false]);
    announce();
    await capture.stop();
    expect([openings, capture.opensTabs]).toEqual([[true, false, true, false], false]);
    const asked = await setup();
    asked.announce();
    expect(asked.openings).toEqual([]);
  });

  it("are let go where the capture ends before Chrome has answered", async () => {
    const { announce, open, attached, leases, api, capture } = await setup();
    api.silent.add("Target.getTargetInfo");
    announce();
    open(8, TAB);
    await settle();
    expect(attached()).toEqual([TAB, 8]);
    await capture.stop();
    expect([attached(), leases.size]).toEqual([[], 0]);
  });

  it("are exactly the page's own, in whatever order popups are opened and blocked, and the user and other pages open tabs", async () => {
    const happening = fc.constantFrom("popup", "blocked popup", "tab of the user", "popup of another page", "time passes");
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 12 }), async (happenings) => {
        const { announce, open, socket, attached, payloads } = await setup();
        const own: number[] = [];
        for (const [i, what] of happenings.entries()) {
          const tabId = 100 + i;
          if (what === "popup" || what === "blocked popup") announce();
          if (what === "popup") own.push(tabId);
          if (what === "popup" || what === "tab of the user" || what === "popup of another page") open(tabId, { popup: TAB, "tab of the user": undefined, "popup of another page": 5 }[what]);
          if (what === "time passes") await settle(2);
        }
        await settle(4);
        for (const i of happenings.keys()) socket(100 + i);
        await settle();
        expect(attached()).toEqual([TAB, ...own]);
        expect(payloads()).toEqual(own.map((tabId) => `of ${tabId}`));
      }),
      { numRuns: 60 },
    );
  });
});
