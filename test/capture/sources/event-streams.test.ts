import { describe, expect, it } from "vitest";
import { ConnectionTable } from "../../../src/log/connection-table.ts";
import type { Connection } from "../../../src/model/connection.ts";
import { settle, setUpCapture, type setUpCapture as SetUp } from "../set-up-capture.ts";
import { say } from "../../../src/model/said.ts";

const WALL = 1_800_000_000;
const URL_ = "https://shop.test/events";

async function setup() {
  const set = setUpCapture();
  await set.capture.start();
  await settle();
  const { emit } = set;
  let time = 1000;
  const next = (): { readonly timestamp: number } => ({ timestamp: ++time });
  return {
    ...set,
    request: (requestId: string, more: object = {}, session?: string) => {
      const { timestamp } = next();
      emit("Network.requestWillBeSent", { requestId, type: "EventSource", request: { url: URL_, headers: { Accept: "text/event-stream" } }, timestamp, wallTime: WALL + timestamp - 1000, initiator: { type: "other" }, ...more }, session);
    },
    respond: (requestId: string, status = 200, type = "text/event-stream", session?: string) =>
      emit("Network.responseReceived", { requestId, ...next(), type: "EventSource", response: { status, statusText: status === 200 ? "OK" : "No", headers: { "content-type": type } } }, session),
    event: (requestId: string, data: string, eventName = "message", eventId = "", session?: string) =>
      emit("Network.eventSourceMessageReceived", { requestId, ...next(), eventName, eventId, data }, session),
    finish: (requestId: string) => emit("Network.loadingFinished", { requestId, ...next(), encodedDataLength: 10 }),
    fail: (requestId: string, more: object) => emit("Network.loadingFailed", { requestId, ...next(), type: "EventSource", errorText: "net::ERR_ABORTED", ...more }),
    wire: (requestId: string, side: "request" | "response", headers: object, session?: string) =>
      emit(side === "request" ? "Network.requestWillBeSentExtraInfo" : "Network.responseReceivedExtraInfo", { requestId, headers }, session),
  };
}

/** What the log makes of all that the capture told. */
function connectionsOf({ events }: Pick<ReturnType<typeof SetUp>, "events">): readonly Connection[] {
  const table = new ConnectionTable();
  for (const event of events) table.apply(event);
  return [...table.connections.values()];
}

describe("the streams of events of a tab", () => {
  it("are connections with their events as messages, each with its name and id", async () => {
    const set = await setup();
    set.request("1");
    set.respond("1");
    set.event("1", "plain");
    set.event("1", '{"a":1}', "price", "7");
    set.event("1", "", "price", "7");
    await settle();
    expect(set.rows()).toEqual(["1 plain", '1 {"a":1}', "1 "]);
    expect(set.eventsOf("stream-event").map(({ name, id }) => [name, id])).toEqual([["price", "7"], ["price", "7"]]);
    expect(connectionsOf(set)).toMatchObject([{ transport: "event-source", url: URL_, state: "open", seenFromStart: true, reconnections: 0 }]);
  });

  it("are told from all other requests of a page, whatever ids these have", async () => {
    const set = await setup();
    set.request("1", { type: "Fetch" });
    set.wire("1", "request", { cookie: "a=b" });
    set.respond("1");
    set.finish("1");
    await settle();
    expect([set.frames, set.eventsOf("created"), set.eventsOf("wire-headers"), set.eventsOf("closed")]).toEqual([[], [], [], []]);
  });

  it.each([
    ["the server", (set: Awaited<ReturnType<typeof setup>>) => set.finish("1"), { state: "closed", ending: say("log.closed-by-server") }],
    ["the page", (set: Awaited<ReturnType<typeof setup>>) => set.fail("1", { canceled: true }), { state: "closed", ending: say("log.closed-by-page") }],
    ["an error", (set: Awaited<ReturnType<typeof setup>>) => set.fail("1", { errorText: "net::ERR_CONNECTION_RESET" }), { state: "closed", failure: { reason: "hung-up" } }],
  ])("that %s ends say so", async (_, end, ended) => {
    const set = await setup();
    set.request("1");
    set.respond("1");
    end(set);
    await settle();
    expect(connectionsOf(set)).toMatchObject([ended]);
  });

  it.each([
    [401, "text/event-stream", "401 No"],
    [200, "text/html", say("log.not-a-stream", { type: "text/html" })],
    [204, "", "204 No"],
  ])("that are answered by %i %s failed", async (status, type, ending) => {
    const set = await setup();
    set.request("1");
    set.respond("1", status, type);
    set.fail("1", { canceled: true });
    await settle();
    expect(connectionsOf(set)).toMatchObject([{ state: "failed", ending }]);
  });

  it("are one family where the browser connects again, and none where the page opens another", async () => {
    const set = await setup();
    for (const requestId of ["1", "2", "3"]) {
      set.request(requestId);
      set.respond(requestId);
      if (requestId === "2") set.fail(requestId, { errorText: "net::ERR_CONNECTION_RESET" });
      else if (requestId === "1") set.finish(requestId);
    }
    // While the third is open.
    set.request("4");
    set.respond("4");
    set.fail("3", { canceled: true });
    set.request("5");
    set.request("6", {}, "another session");
    await settle();
    expect(connectionsOf(set).map((one) => (one.transport === "event-source" ? [one.id, one.family, one.reconnections] : []))).toEqual([
      [1, undefined, 0],
      [2, 1, 1],
      [3, 1, 2],
      [4, undefined, 0],
      [5, undefined, 0],
      [6, undefined, 0],
    ]);
  });

  it("have the headers of the wire, also where Chrome tells of them before the request, or in another session", async () => {
    const set = await setup();
    set.emit("Target.attachedToTarget", { sessionId: "w", targetInfo: { targetId: "T", type: "worker", url: "https://shop.test/w.js" } });
    set.wire("1", "request", { Cookie: "early=1" });
    set.request("1", {}, "w");
    set.wire("1", "response", { "content-type": "text/event-stream", "set-cookie": "a=1\nb=2" });
    set.respond("1", 200, "text/event-stream", "w");
    await settle();
    expect(connectionsOf(set)).toMatchObject([
      {
        targetKey: "T",
        state: "open",
        exchange: {
          requestHeaders: [{ name: "Cookie", value: "early=1" }],
          responseHeaders: [{ name: "content-type", value: "text/event-stream" }, { name: "set-cookie", value: "a=1" }, { name: "set-cookie", value: "b=2" }],
        },
      },
    ]);
  });

  it("that are redirected are one connection, with the headers of the last request", async () => {
    const set = await setup();
    set.request("1");
    set.wire("1", "request", { Cookie: "first=1" });
    set.wire("1", "response", { location: "/elsewhere" });
    // Of the second request, before Chrome tells of it.
    set.wire("1", "request", { Cookie: "second=2" });
    set.request("1", { type: "Other", request: { url: "https://shop.test/elsewhere", headers: {} }, redirectResponse: { status: 307 } });
    set.wire("1", "response", { "content-type": "text/event-stream", "x-last": "1" });
    set.respond("1");
    set.event("1", "here");
    await settle();
    expect(connectionsOf(set)).toMatchObject([
      {
        url: "https://shop.test/elsewhere",
        redirects: [{ url: URL_, status: 307 }],
        state: "open",
        exchange: { requestHeaders: [{ name: "Cookie", value: "second=2" }], responseHeaders: [{ name: "content-type" }, { name: "x-last" }] },
      },
    ]);
  });

  it("that were open before are known by their first event", async () => {
    const set = await setup();
    set.event("9", "from before", "tick", "3");
    set.event("9", "more");
    await settle();
    expect(set.rows()).toEqual(["1 from before", "1 more"]);
    expect(connectionsOf(set)).toMatchObject([{ transport: "event-source", url: "", seenFromStart: false, state: "open" }]);
  });

  it("end with their page or worker, of which Chrome tells nothing", async () => {
    const set = await setup();
    set.emit("Target.attachedToTarget", { sessionId: "w", targetInfo: { targetId: "T", type: "worker", url: "https://shop.test/w.js" } });
    set.request("1");
    set.respond("1");
    set.request("2", {}, "w");
    set.respond("2", 200, "text/event-stream", "w");
    set.emit("Target.detachedFromTarget", { sessionId: "w" });
    set.emit("Page.frameNavigated", { frame: { url: "https://shop.test/next", loaderId: "L" } });
    await settle();
    expect(connectionsOf(set)).toMatchObject([{ ending: say("log.closed-navigation") }, { ending: say("log.closed-gone") }]);
  });

  it("are counted and not recorded in a pause", async () => {
    const set = await setup();
    set.request("1");
    set.respond("1");
    set.capture.pause();
    set.event("1", "unrecorded");
    await set.capture.resume();
    set.event("1", "recorded");
    await settle();
    expect(set.rows()).toEqual(["1 recorded"]);
    expect(set.eventsOf("resumed")).toMatchObject([{ skipped: 1 }]);
  });

  it("harm nothing whatever Chrome sends", async () => {
    const set = await setup();
    const odd: readonly unknown[] = [undefined, null, 1, "x", [], {}, { requestId: 3 }, { requestId: "1" }, { requestId: "1", type: "EventSource" }, { requestId: "1", type: "EventSource", timestamp: 1, wallTime: 1, request: 4 }];
    for (const method of ["requestWillBeSent", "requestWillBeSentExtraInfo", "responseReceived", "responseReceivedExtraInfo", "eventSourceMessageReceived", "loadingFailed", "loadingFinished"]) {
      for (const params of odd) expect(() => set.emit(`Network.${method}`, params)).not.toThrow();
    }
    await settle();
    expect(set.frames).toEqual([]);
    // An event without data, and those that name no request.
    expect(set.eventsOf("error").length).toBeGreaterThan(0);
  });
});
