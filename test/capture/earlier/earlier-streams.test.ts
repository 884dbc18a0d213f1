import { describe, expect, it } from "vitest";
import { ConnectionTable } from "../../../src/log/connection-table.ts";
import { laterUnlessBound, NOW, settle, setUpCapture } from "../set-up-capture.ts";
import { say } from "../../../src/model/said.ts";

/** CDP's clock stands 5 ms apart from that of DevTools' log. */
const wall = (time: number): number => NOW + time - 1000 + 0.005;
const event = (time: number, data: string, eventName = "message", eventId = "") => ({ time: wall(time), eventName, eventId, data });
const logged = (url: string, started: number, events: readonly object[], { again, ...response }: { readonly again?: string; readonly _error?: string } = {}) => ({
  _resourceType: "eventsource",
  startedDateTime: new Date(wall(started) * 1000).toJSON(),
  request: { url, headers: again === undefined ? [] : [{ name: "Last-Event-ID", value: again }] },
  response: { status: 200, statusText: "OK", headers: [{ name: "content-type", value: "text/event-stream" }], bodySize: 0, _error: null, ...response },
  _eventSourceMessages: events,
});

/** A capture beside DevTools, whose log has these streams; `before`: what Chrome tells while the log is read; `later`: what it has at each further reading. */
async function setup(entries: readonly object[], before: readonly (readonly [string, object])[] = [], ...later: readonly (readonly object[])[]) {
  let readings = 0;
  const set = setUpCapture({
    later: laterUnlessBound,
    readDevToolsLog: async () => {
      if (readings++ > 0) return { entries: later[Math.min(readings - 2, later.length - 1)] ?? entries };
      for (const [method, params] of before) set.emit(method, params);
      return { entries };
    },
  });
  set.api.answers.set("Performance.getMetrics", () => ({ metrics: [{ name: "Timestamp", value: 1000 }, { name: "NavigationStart", value: 900 }] }));
  await set.capture.start();
  await settle(3);
  const connections = () => {
    const table = new ConnectionTable();
    for (const one of set.events) table.apply(one);
    return [...table.connections.values()].map(({ id, url, state, ending }) => ({ id, url, state, ending }));
  };
  return { ...set, connections };
}

const heard = (requestId: string, time: number, data: string, eventName = "message", eventId = "") => ["Network.eventSourceMessageReceived", { requestId, timestamp: time, eventName, eventId, data }] as const;

describe("event streams from before the capture", () => {
  it("are filled in from DevTools' own log, in the order of time, and end as they did there", async () => {
    const set = await setup([
      logged("http://page.test/a", 950, [event(960, "1", "tick", "7"), event(980, "3")]),
      logged("http://page.test/b", 951, [event(970, "2", "message", "b1")]),
      logged("http://page.test/b", 975, [], { again: "b1" }),
      logged("http://page.test/c", 952, [event(990, "4")], { _error: "net::ERR_FAILED" }),
      logged("http://page.test/old", 100, [event(101, "0")]),
    ]);
    expect(set.frames.map(({ payload }) => payload)).toEqual(["0", "1", "2", "3", "4"]);
    expect(set.eventsOf("stream-event")).toMatchObject([{ name: "tick", id: "7" }, { name: "message", id: "b1" }]);
    expect(set.connections()).toMatchObject([
      { url: "http://page.test/old", state: "closed" },
      { url: "http://page.test/a", state: "open" },
      { url: "http://page.test/b", state: "closed", ending: say("log.closed-by-server") },
      { url: "http://page.test/c", state: "closed", ending: "net::ERR_FAILED" },
      { url: "http://page.test/b", state: "open" },
    ]);
  });

  it("have each event once that is both in the log and heard, and those that follow", async () => {
    const set = await setup(
      [logged("http://page.test/a", 950, [event(960, "1"), event(961, "1"), event(1001, "2"), event(1002, "3")]), logged("http://page.test/b", 951, [event(1001, "other")])],
      [heard("9", 1001, "2"), heard("9", 1002, "3"), heard("9", 1003, "3"), heard("8", 1004, "new")],
      [logged("http://page.test/a", 950, [event(960, "1"), event(961, "1"), event(1001, "2"), event(1002, "3"), event(1003, "3")]), logged("http://page.test/b", 951, [event(1001, "other"), event(1004, "new")])],
    );
    set.emit(...heard("9", 1005, "4"));
    await settle(5);
    const a = set.eventsOf("created").find(({ url }) => url.endsWith("/a"))?.connection;
    expect(set.frames.filter(({ connection }) => connection === a).map(({ payload }) => payload)).toEqual(["1", "1", "2", "3", "3", "4"]);
    // The log had it when it was read again.
    expect(set.frames.filter(({ connection }) => connection !== a).map(({ payload }) => payload)).toEqual(["other", "new"]);
    expect(set.connections()).toHaveLength(2);
  });

  it("have what DevTools heard of between its log and our first event, however late a busy machine tells it of that one", async () => {
    const stream = (...events: readonly object[]): object[] => [logged("http://page.test/a", 950, [event(960, "1"), ...events])];
    const whole = stream(event(1001, "2"), event(1002.2, "3", "tick", "7"), event(1003.2, "4"));
    const set = await setup(stream(), [], stream(event(1001, "2")), stream(event(1001, "2")), whole);
    set.emit(...heard("9", 1003, "4"));
    set.emit(...heard("9", 1004, "5"));
    await settle(10);
    expect(set.rows()).toEqual(["1 1", "1 2", "1 3", "1 4", "1 5"]);
    expect(set.eventsOf("stream-event")).toMatchObject([{ name: "tick", id: "7" }]);
    expect(set.connections()).toHaveLength(1);
  });

  it("are not those of which Chrome itself tells, nor told again when the log is read again", async () => {
    const url = "http://page.test/a";
    const set = await setup(
      [logged(url, 1001, [event(1002, "1")])],
      [
        ["Network.requestWillBeSent", { requestId: "9", type: "EventSource", request: { url, headers: {} }, timestamp: 1001, wallTime: wall(1001) }],
        heard("9", 1002, "1"),
      ],
    );
    expect([set.rows(), set.connections().length]).toEqual([["1 1"], 1]);
  });

  it("end with the page, and one that nobody can tell is known by its events alone", async () => {
    const set = await setup([logged("http://page.test/a", 950, []), logged("http://page.test/b", 951, [])]);
    set.emit(...heard("9", 1005, "whose"));
    await settle(5);
    set.emit("Page.frameNavigated", { frame: { url: "http://page.test/next", loaderId: "L" } });
    await settle();
    expect(set.connections().map(({ url, ending }) => [url, ending])).toEqual([
      ["http://page.test/a", say("log.closed-navigation")],
      ["http://page.test/b", say("log.closed-navigation")],
      ["", say("log.closed-navigation")],
    ]);
  });
});
