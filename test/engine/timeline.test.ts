import { afterEach, describe, expect, it } from "vitest";
import type { Scope } from "../../src/contract/rows.ts";
import { connectionId, frameIndex, milliseconds, monotonicSeconds } from "../../src/model/units.ts";
import { Story } from "./findings/story.ts";
import { opened, setupEngine, type Step } from "./setup-engine.ts";

const EVERYTHING: Scope = { filter: "", connection: null, sent: true, received: true, sort: null };
let end = (): void => {};
afterEach(() => end());

function setup(steps: readonly Step[]) {
  const engine = setupEngine();
  end = engine.end;
  engine.take(steps);
  const timeline = async (range: Parameters<typeof engine.call<"timeline">>[1]["range"] = null, buckets = 10) => {
    const view = await engine.call("timeline", { range, buckets });
    if (view === null) throw new Error("The log is empty.");
    return view;
  };
  return { ...engine, timeline };
}

const sum = (values: Uint32Array): number => values.reduce((a, b) => a + b, 0);

/** A row a second: opened at 0.5 s before the first message. */
const TRAFFIC: Step[] = [
  ...opened(1),
  { payload: '{"op":"order"}', direction: "sent" },
  { payload: '{"op":"tick"}' },
  { payload: '{"op":"tick"}' },
  { payload: '{"op":"tock"}' },
  { type: "closed", connection: connectionId(1), time: monotonicSeconds(1006), observed: true },
  { type: "close-details", connection: connectionId(1), time: monotonicSeconds(1006), closing: { code: 1006, reason: "", wasClean: false } },
];

const asked = (connection: number, n: number): Step[] =>
  Array.from({ length: n }, (_, id) => [{ connection, direction: "sent" as const, payload: `{"method":"get","id":${id}}` }, { connection, payload: `{"result":1,"id":${id}}` }]).flat();

describe("a timeline", () => {
  it("is empty without frames", async () => {
    const { call } = setup([]);
    expect(await call("timeline", { range: null, buckets: 10 })).toBeNull();
  });

  it("tells what passed each way, from the first row to the last, and follows the log", async () => {
    const { timeline, take } = setup(TRAFFIC);
    const view = await timeline();
    expect([view.first, view.last, view.from, view.to]).toEqual([0, 5500, 0, 5500]);
    expect([...view.all.sent].reduce((a, b) => a + b)).toBe(1);
    expect([...view.all.received].reduce((a, b) => a + b)).toBe(3);
    expect(view.shown).toBeNull();
    take([{ payload: "more" }]);
    expect([...(await timeline()).all.received].reduce((a, b) => a + b)).toBe(4);
  });

  it("tells each connection by itself where that is asked for, those with most rows, and how many there are", async () => {
    const { call, take, until } = setup([...opened(1), ...opened(2), ...opened(3), { connection: 1, payload: '{"a":1}' }, { connection: 2, payload: '{"a":2}' }, { connection: 2, payload: '{"b":2}', direction: "sent" }]);
    const lanesOf = async (lanes: number) => {
      const view = await call("timeline", { range: null, buckets: 10, lanes });
      return { count: view?.lanes.count, shown: view?.lanes.shown.map(({ connection, traffic, marks }) => [connection, sum(traffic.sent), sum(traffic.received), marks.map(({ kind }) => kind)]) };
    };
    expect(await lanesOf(0)).toEqual({ count: 0, shown: [] });
    expect(await lanesOf(8)).toEqual({ count: 3, shown: [[1, 0, 1, ["open"]], [2, 1, 1, ["open"]], [3, 0, 0, ["open"]]] });
    take([{ connection: 1, payload: '{"a":3}' }, { connection: 1, payload: '{"a":4}' }]);
    expect(await lanesOf(1)).toEqual({ count: 3, shown: [[1, 0, 3, ["open"]]] });
    await call("setScope", { ...EVERYTHING, filter: ".b" });
    await until(({ scanned, matches }) => scanned === 1 && matches === 1);
    expect((await lanesOf(1)).shown).toEqual([[1, 0, 3, ["open"]]]);
  });

  it("tells apart what the filter lets through, and the stretch of time that the filter asks for", async () => {
    const { timeline, call, until } = setup(TRAFFIC);
    await call("setScope", { ...EVERYTHING, filter: "tick time:1s..2.6s" });
    await until(({ scanned, rows }) => scanned === 1 && rows === 2);
    const { all, shown, window } = await timeline();
    expect([...all.received].reduce((a, b) => a + b)).toBe(3);
    expect([...(shown?.received ?? [])].reduce((a, b) => a + b)).toBe(2);
    expect(window).toEqual({ from: 1000, to: 2600 });
  });

  it("answers a part of it, and the last of it as it grows", async () => {
    const { timeline } = setup(TRAFFIC);
    const part = await timeline({ from: milliseconds(1000), to: milliseconds(2000) }, 3);
    expect([part.from, part.to]).toEqual([1000, 2000]);
    expect([...part.all.received].reduce((a, b) => a + b)).toBe(1);
    const last = await timeline({ last: milliseconds(2000) }, 3);
    expect([last.from, last.to]).toEqual([3500, 5500]);
  });

  it("marks openings, closings with their codes, navigations and pins", async () => {
    const { timeline, call } = setup(TRAFFIC);
    await call("pin", { frame: frameIndex(2), pinned: true });
    const { marks } = await timeline();
    expect(marks.map(({ kind, count, frame, code }) => ({ kind, count, frame, code }))).toEqual([
      { kind: "open", count: 1, frame: 0, code: null },
      { kind: "pin", count: 1, frame: 2, code: null },
      { kind: "close", count: 1, frame: 5, code: 1006 },
    ]);
  });

  it("marks errors, navigations and pauses, with the rows that they stand for", async () => {
    const at = (second: number) => monotonicSeconds(1000 + second);
    const { timeline, call } = setup([
      ...opened(1),
      { payload: "a" },
      { type: "error", connection: connectionId(1), time: at(2), message: "Invalid frame header" },
      { type: "navigated", time: at(3), url: "http://page.test/next", keepLog: true },
      { type: "resumed", time: at(4), skipped: 3 },
      { type: "resumed", time: at(4), skipped: 1 },
    ]);
    const { marks } = await timeline(null, 100);
    expect(marks.map(({ kind, at: when, count }) => [kind, when, count])).toEqual([["open", 0, 1], ["error", 1500, 1], ["navigation", 2500, 1], ["pause", 3500, 2]]);
    const kinds = await Promise.all(marks.map(async ({ frame }) => (await call("rows", { from: frame, to: frame + 1 })).rows[0]?.kind));
    expect(kinds).toEqual(["open", "error", "navigation", "pause"]);
  });

  it("leaves out the least telling marks where there are too many, and says how many", async () => {
    const many = Array.from({ length: 700 }, (_, i): Step => ({ type: "resumed", time: monotonicSeconds(1002 + i), skipped: 1 }));
    const { timeline } = setup([...opened(1), { payload: "a" }, { type: "error", connection: connectionId(1), time: monotonicSeconds(1500), message: "Invalid frame header" }, ...many]);
    const { marks, unmarked } = await timeline(null, 2000);
    expect([marks.length, unmarked]).toEqual([500, 202]);
    expect(marks.filter(({ kind }) => kind !== "pause").map(({ kind }) => kind)).toEqual(["error"]);
    expect((await timeline(null, 10)).unmarked).toBe(0);
  });

  it("marks closings of each code by themselves, also where they fall into one stretch", async () => {
    const ended = (id: number, code: number): Step[] => [
      { type: "closed", connection: connectionId(id), time: monotonicSeconds(1006), observed: true },
      { type: "close-details", connection: connectionId(id), time: monotonicSeconds(1006), closing: { code, reason: "", wasClean: true } },
    ];
    const { timeline } = setup([...opened(1), ...opened(2), ...opened(3), ...ended(1, 1000), ...ended(2, 1011), ...ended(3, 1011)]);
    const { marks } = await timeline(null, 1);
    expect(marks.map(({ kind, count, code }) => [kind, count, code])).toEqual([["open", 3, null], ["close", 1, 1000], ["close", 2, 1011]]);
  });

  it("tells how long answers took, of what the filter lets through", async () => {
    const { call, until } = setup([...opened(1), ...opened(2), ...asked(1, 40), ...asked(2, 2)]);
    await until(({ decoded }) => decoded >= 86);
    const latencyOf = async () => (await call("timeline", { range: null, buckets: 10, latency: true }))?.latency;
    const all = await latencyOf();
    expect(all?.spread).toEqual({ count: 42, least: 1000, median: 1000, p95: 1000, most: 1000 });
    expect([...(all?.frames ?? [])].toSorted((a, b) => a - b).slice(0, 3)).toEqual([2, 4, 6]);
    expect([...(all?.at ?? [])].toSorted((a, b) => a - b).slice(0, 2)).toEqual([500, 2500]);
    await call("setScope", { ...EVERYTHING, connection: connectionId(2) });
    expect((await latencyOf())?.spread.count).toBe(2);
    // The requests alone are shown; their answers count all the same.
    await call("setScope", { ...EVERYTHING, filter: "type:get" });
    await until(({ scanned, rows }) => scanned === 1 && rows === 42);
    expect((await latencyOf())?.spread.count).toBe(42);
    expect((await call("timeline", { range: null, buckets: 10 }))?.latency).toBeNull();
  });

  it("tells where nothing came for far longer than usual, and nothing where that is not known", async () => {
    const { timeline, engine } = setup(opened(1));
    expect((await timeline()).silences).toEqual([]);
    const story = new Story().open(0).times(60, (one, i) => one.received(i < 40 ? i : i + 30, "x"));
    engine.receive({ type: "batch", batch: story.batch() }, () => {});
    const { silences } = await timeline();
    expect(silences.map(({ from, to }) => to - from)).toEqual([31_000]);
    engine.receive({ type: "batch", batch: new Story().pause(130).batch() }, () => {});
    engine.receive({ type: "batch", batch: new Story().received(131, "x", 1).batch() }, () => {});
    expect((await timeline()).silences).toHaveLength(1);
  });

  it("begins anew with a cleared log", async () => {
    const { timeline, call, take } = setup(TRAFFIC);
    await timeline();
    await call("clear", null);
    expect(await call("timeline", { range: null, buckets: 10 })).toBeNull();
    take([{ payload: "later" }]);
    expect([...(await timeline()).all.received].reduce((a, b) => a + b)).toBe(1);
  });
});
