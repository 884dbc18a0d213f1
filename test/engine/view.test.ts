import fc from "fast-check";
import { unzipSync } from "fflate";
import { afterEach, describe, expect, it, vi } from "vitest";
import { MOST_PINNED, type DeltaBasis, type Scope, type SortKey } from "../../src/contract/rows.ts";
import type { ScanThread } from "../../src/engine/scanner.ts";
import { sortPositions } from "../../src/engine/sort-order.ts";
import type { Timers } from "../../src/engine/timers.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { someOf } from "../some-of.ts";
import { opened, scanThread, setupEngine, type Step } from "./setup-engine.ts";
import { TIMERS } from "./timers.ts";
import { en } from "../words/speakers.ts";

const EVERYTHING: Scope = { filter: "", connection: null, sent: true, received: true, sort: null };
let end = (): void => {};
afterEach(() => end());

async function setup(steps: readonly Step[], options: Parameters<typeof setupEngine>[0] = {}) {
  const engine = setupEngine(options);
  end = engine.end;
  engine.take(steps);
  await engine.until(({ decoded }) => decoded >= steps.filter((step) => "payload" in step).length);
  /** The payloads shown under a scope, in the order of the view. */
  const shown = async (scope: Partial<Scope>): Promise<string[]> => {
    const problem = await engine.call("setScope", { ...EVERYTHING, ...scope });
    if (problem !== null) throw new Error(JSON.stringify(problem.message));
    await expect.poll(async () => (await engine.call("rows", { from: 0, to: 0 })).revision > 0 && engine.pushes.at(-1)?.scanned).toBe(1);
    const { rows } = await engine.call("rows", { from: 0, to: 500 });
    return rows.map(({ preview }) => preview);
  };
  return { ...engine, shown };
}

const TRAFFIC: Step[] = [
  ...opened(1),
  { payload: '{"op":"order","id":1,"px":64000.5,"user":{"name":"ann"}}', direction: "sent" },
  { payload: '{"op":"tick","px":64013,"items":[{"sku":"A1"},{"sku":"B2"}]}' },
  { payload: '{"op":"ordered","id":1,"error":null}' },
  { payload: '{"op":"order","id":2}', direction: "sent" },
  { payload: "plain text" },
];

describe("a view", () => {
  it.each([
    ["type:tick", [2]],
    ["is:sent -type:tick", [1, 4]],
    ["is:request", [1, 4]],
    ["is:unanswered", [4]],
    ["is:answer OR is:open", [0, 3]],
    ["latency:>1.5s", [1, 3]],
    [".px > 64000.5", [2]],
    ['.user.name = "ANN" OR .user.name = "ann"', [1]],
    [".items[*].sku ~ /^B/", [2]],
    [".error", [3]],
    ["size:>50", [1, 2]],
    ["id:2", [4]],
    ["time:1s..3s", [2, 3]],
    ["near:#3±1", [1, 2, 3]],
    ["NOT (is:json OR is:open)", [5]],
  ])("shows for %s the rows %j", async (filter, rows) => {
    const { call, until } = await setup(TRAFFIC);
    expect(await call("setScope", { ...EVERYTHING, filter })).toBeNull();
    await until(({ scanned, rows: count }) => scanned === 1 && count === rows.length);
    expect((await call("rows", { from: 0, to: 20 })).rows.map(({ index }) => index)).toEqual(rows);
  });

  it("goes on showing the rows of before until there is a first screen of the new filter's, or a moment has passed", async () => {
    let held: (() => void)[] | undefined = [];
    const startScanThread = (): ScanThread => {
      const thread = scanThread();
      const post = thread.post.bind(thread);
      return Object.assign(thread, { post: (...given: Parameters<ScanThread["post"]>) => (held === undefined ? post(...given) : held.push(() => post(...given))) });
    };
    const moments: (() => void)[] = [];
    const later: Timers["later"] = (callback, milliseconds) => (milliseconds >= 100 && milliseconds < 1000 ? (moments.push(callback), () => {}) : TIMERS.later(callback, milliseconds));
    const { call, until, take } = await setup(TRAFFIC, { startScanThread, later });
    await until(({ matches }) => matches === 5);
    const taken = call("setScope", { ...EVERYTHING, filter: "plain" });
    await vi.waitUntil(() => (held?.length ?? 0) > 0, { interval: 1 });
    take([{ payload: "later" }]);
    expect(await until(({ frames }) => frames === 6)).toMatchObject({ matches: 6 });
    const waiting = held;
    held = undefined;
    for (const post of waiting) post();
    expect(await taken).toBeNull();
    await until(({ matches, scanned }) => matches === 1 && scanned === 1);
    // Nobody answers: what is told after a moment is that nothing is found yet.
    held = [];
    const last = call("setScope", { ...EVERYTHING, filter: "tick" });
    await vi.waitUntil(() => (held?.length ?? 0) > 0, { interval: 1 });
    for (const moment of moments.splice(0)) moment();
    expect(await last).toBeNull();
    await until(({ matches, scanned }) => matches === 0 && scanned < 1);
  });

  it("tells of a filter's last row at once, though it told of its first ones a moment ago", async () => {
    const held: (() => void)[] = [];
    let posts = 0;
    const startScanThread = (): ScanThread => {
      const thread = scanThread();
      const post = thread.post.bind(thread);
      return Object.assign(thread, { post: (...given: Parameters<ScanThread["post"]>) => (++posts > 2 ? held.push(() => post(...given)) : post(...given)) });
    };
    // What is put off until the next frame never comes.
    let isPutOff = false;
    const later: Timers["later"] = (callback, milliseconds) => (isPutOff && milliseconds > 10 && milliseconds < 100 ? () => {} : TIMERS.later(callback, milliseconds));
    const rows = Array.from({ length: 250 }, () => ({ payload: "tick ".repeat(800) }));
    const { call, until } = await setup([...opened(1), ...rows], { startScanThread, later });
    await call("setScope", { ...EVERYTHING, filter: "tick" });
    await until(({ scanned, matches }) => scanned < 1 && matches >= 100);
    isPutOff = true;
    for (const post of held) post();
    await until(({ scanned, matches }) => scanned === 1 && matches === rows.length);
  });

  it("counts frames and events so that together they are the number of the last row", async () => {
    const { call, until, take } = await setup(TRAFFIC);
    const lastRow = async (): Promise<number> => ((await call("rows", { from: 0, to: 100 })).rows.at(-1)?.index ?? 0) + 1;
    expect(await until(({ rows }) => rows === 6)).toMatchObject({ frames: 5, events: 1 });
    expect(await lastRow()).toBe(6);
    take([{ type: "closed", connection: connectionId(1), time: monotonicSeconds(1010) }, { payload: "late" }]);
    expect(await until(({ rows }) => rows === 8)).toMatchObject({ frames: 6, events: 2 });
    expect(await lastRow()).toBe(8);
    // A filter shows other rows, and counts none of the log.
    await call("setScope", { ...EVERYTHING, filter: "is:close" });
    expect(await until(({ scanned, rows }) => scanned === 1 && rows === 1)).toMatchObject({ frames: 6, events: 2, matches: 0 });
    expect(await lastRow()).toBe(7);
  });

  it("lets a request that is answered leave is:unanswered", async () => {
    const { take, call, until } = await setup(TRAFFIC);
    await call("setScope", { ...EVERYTHING, filter: "is:unanswered" });
    await until(({ rows, scanned }) => rows === 1 && scanned === 1);
    take([{ payload: '{"op":"ordered","id":2}' }]);
    await until(({ rows, decoded }) => rows === 0 && decoded === 7);
  });

  it("shows the filter asked for instead of one that is none, and says so", async () => {
    const { call, until, pushes } = await setup(TRAFFIC);
    await call("setScope", { ...EVERYTHING, filter: "t" });
    expect(await call("setScope", { ...EVERYTHING, filter: "typo:trade", instead: "type:tick" })).toMatchObject({ instead: "type:tick" });
    await until(({ scanned, rows }) => scanned === 1 && rows === 1);
    const { shown } = pushes.at(-1) as { shown: number };
    // What is typed on, and is no filter yet, shows nothing else.
    expect(await call("setScope", { ...EVERYTHING, filter: "typo:trades", instead: "type:tick" })).toMatchObject({ instead: "type:tick" });
    expect(await call("setScope", { ...EVERYTHING, filter: "(", instead: "(" })).toMatchObject({ instead: "type:tick" });
    await call("pin", { frame: frameIndex(0), pinned: true });
    await until(({ rows, shown: now }) => rows === 1 && now === shown);
  });

  it("shows no row of a connection that is hidden, unless it is asked for, and all of those of other sites", async () => {
    const { call, until } = await setup([...opened(1, "ws://feed.test/ticks?token=a1b2"), ...opened(2, "ws://feed.test/news"), { connection: 1, payload: "tick" }, { connection: 2, payload: "news" }]);
    const rowsOf = async (scope: Partial<Scope>): Promise<string[]> => {
      await call("setScope", { ...EVERYTHING, ...scope });
      await until(({ scanned }) => scanned === 1);
      return (await call("rows", { from: 0, to: 20 })).rows.filter(({ kind }) => kind === "message").map(({ preview }) => preview);
    };
    const hidden = [{ site: "page.test", pattern: "ws://feed.test/ticks?token=*" }];
    expect(await rowsOf({ hidden })).toEqual(["news"]);
    expect(await rowsOf({ hidden, filter: "tick" })).toEqual([]);
    expect(await rowsOf({ hidden, connection: connectionId(1) })).toEqual(["tick"]);
    expect(await rowsOf({ hidden: [{ site: "other.test", pattern: "ws://feed.test/ticks?token=*" }] })).toEqual(["tick", "news"]);
    expect(await rowsOf({ hidden: [] })).toEqual(["tick", "news"]);
  });

  it("tells how many frames mutes alone hide, whatever is looked for, as more come and as what is said of them changes", async () => {
    const { call, until, take } = await setup(TRAFFIC);
    let asked = 0;
    const muting = async (filter: string, by: string, scope: Partial<Scope> = {}): Promise<number | null> => {
      asked++;
      await call("setScope", { ...EVERYTHING, filter: filter === "" ? by : `(${filter}) ${by}`, mute: { filter, instead: "", by }, asked, ...scope });
      const { muted } = await until((changed) => changed.asked === asked && changed.scanned === 1 && changed.muted !== null);
      return muted;
    };
    expect(await muting("", "(-type:tick)")).toBe(1);
    // Looked for in texts too, by the scan thread.
    expect(await muting("px", "(-type:tick)")).toBe(1);
    expect(await muting("ann", "(-type:tick)")).toBe(0);
    expect(await muting("", "(-type:tick)", { received: false })).toBe(0);
    expect(await muting("", "(-type:tick)", { connection: connectionId(2) })).toBe(0);
    expect(await muting("", "(-type:tick) (-is:unanswered)")).toBe(2);
    take([{ payload: '{"op":"tick","px":64014}' }]);
    await until(({ muted }) => muted === 3);
    take([{ payload: '{"op":"ordered","id":2,"error":null}' }]);
    await until(({ muted }) => muted === 2);
    // While what is typed is no filter, as beside the one that is in force.
    expect(await muting("typo:trade", "(-type:tick)", { instead: "(64014) (-type:tick)", mute: { filter: "typo:trade", instead: "64014", by: "(-type:tick)" } })).toBe(1);
    await call("setScope", EVERYTHING);
    await until(({ muted, rows }) => muted === null && rows === 8);
  });

  it("tells which of the scopes that were asked for it shows, also where one is no filter", async () => {
    const { call, until } = await setup(TRAFFIC);
    await call("setScope", { ...EVERYTHING, filter: "type:tick", asked: 1 });
    expect(await until(({ asked }) => asked === 1)).toMatchObject({ rows: 1 });
    await call("setScope", { ...EVERYTHING, filter: "(", instead: "type:tick", asked: 2 });
    expect(await until(({ asked }) => asked === 2)).toMatchObject({ rows: 1 });
  });

  it("knows the first row of a connection, where a note on the whole of it stands", async () => {
    const { call } = await setup(TRAFFIC);
    const connection = (await call("rows", { from: 0, to: 1 })).rows[0]?.connection ?? connectionId(0);
    expect(await call("firstRow", { connection })).toEqual({ frame: 0, note: "" });
    await call("note", { frame: frameIndex(0), text: "Ours" });
    expect(await call("firstRow", { connection })).toEqual({ frame: 0, note: "Ours" });
    expect(await call("firstRow", { connection: connectionId(99) })).toBeNull();
  });

  it("finds the row that stands at a frame, or is nearest to it in time", async () => {
    const { call, until } = await setup(TRAFFIC);
    const near = (frame: number) => call("placeNear", { frame: frameIndex(frame) });
    expect(await near(3)).toEqual({ place: 3, isExact: true, isSure: true });
    await call("setScope", { ...EVERYTHING, filter: "type:order" });
    await until(({ scanned, rows }) => scanned === 1 && rows === 2);
    expect([await near(0), await near(1), await near(2), await near(3), await near(5), await near(99)]).toEqual([
      { place: 0, isExact: false, isSure: true },
      { place: 0, isExact: true, isSure: true },
      { place: 0, isExact: false, isSure: true },
      { place: 1, isExact: false, isSure: true },
      { place: 1, isExact: false, isSure: true },
      { place: 1, isExact: false, isSure: true },
    ]);
    await call("setScope", { ...EVERYTHING, filter: "nothing-like-it" });
    await until(({ scanned, rows }) => scanned === 1 && rows === 0);
    expect(await near(3)).toBeNull();
  });

  it("sorts by what stands in a column of words, and tells the time since the row before it in the log", async () => {
    const { call, until } = await setup(TRAFFIC);
    const sorted = async (by: SortKey, descending = false) => {
      await call("setScope", { ...EVERYTHING, sort: { by, descending } });
      await until(({ rows }) => rows === 6);
      return (await call("rows", { from: 0, to: 20 })).rows;
    };
    expect((await sorted("type")).map(({ label }) => label)).toEqual(["open", "order", "order", "ordered", "text", "tick"]);
    expect((await sorted("type", true)).map(({ label }) => label)).toEqual(["tick", "text", "ordered", "order", "order", "open"]);
    expect((await sorted("direction")).map(({ direction }) => direction)).toEqual(["sent", "sent", "received", "received", "received", null]);
    expect((await sorted("message")).map(({ preview }) => preview.slice(0, 14))).toEqual(["plain text", '{"op":"order",', '{"op":"order",', '{"op":"ordered', '{"op":"tick","', "Opened: 101 Sw"]);
    expect((await sorted("message")).map(({ index }) => index).slice(1, 3)).toEqual([1, 4]);
    for (const row of await sorted("size", true)) expect(row.delta === null || row.delta >= 0).toBe(true);
  });

  it("tells the time since the row before it in the table, or of the same connection, and sorts by either", async () => {
    const from = (connection: number): Step => ({ connection, payload: `{"op":"tick","of":${connection}}` });
    // Connection 1 speaks at 1001, 1003, 1006 and 1007 s, connection 2 at 1002, 1004 and 1005 s.
    const { call, until } = await setup([...opened(1), ...opened(2), ...[1, 2, 1, 2, 2, 1, 1].map(from), { type: "resumed", time: monotonicSeconds(1008), skipped: 3 }]);
    const shown = async (scope: Partial<Scope>, deltaOf: DeltaBasis) => {
      await call("setScope", { ...EVERYTHING, ...scope });
      await until(({ scanned }) => scanned === 1);
      return (await call("rows", { from: 0, to: 20, deltaOf })).rows.map(({ connection, delta }) => [connection, delta]);
    };
    const ticks = { filter: "type:tick" };
    expect((await shown({}, "table")).map(([, delta]) => delta)).toEqual([null, 0, 500, 1000, 1000, 1000, 1000, 1000, 1000, 1000]);
    expect(await shown({}, "connection")).toEqual([[1, null], [2, null], [1, 500], [2, 1500], [1, 2000], [2, 2000], [2, 1000], [1, 3000], [1, 1000], [0, null]]);
    // What the filter hides counts for nothing.
    expect(await shown(ticks, "connection")).toEqual([[1, null], [2, null], [1, 2000], [2, 2000], [2, 1000], [1, 3000], [1, 1000]]);
    expect((await shown({ filter: ".of = 2" }, "connection")).map(([, delta]) => delta)).toEqual([null, 2000, 1000]);
    expect((await shown({ ...ticks, sort: { by: "connection-delta", descending: true } }, "connection")).map(([, delta]) => delta)).toEqual([3000, 2000, 2000, 1000, 1000, null, null]);
    expect((await shown({ ...ticks, sort: { by: "connection-delta", descending: false } }, "connection")).map(([, delta]) => delta)).toEqual([1000, 1000, 2000, 2000, 3000, null, null]);
    expect((await shown({ ...ticks, sort: { by: "delta", descending: true } }, "table")).map(([, delta]) => delta)).toEqual([1000, 1000, 1000, 1000, 1000, 1000, null]);
  });

  it("counts the time since the row before of a connection anew once the log is cleared", async () => {
    const tick: Step = { payload: "tick" };
    const { call, until, take } = await setup([...opened(1), tick, tick]);
    const deltas = async () => (await call("rows", { from: 0, to: 20, deltaOf: "connection" })).rows.map(({ delta }) => delta);
    expect(await deltas()).toEqual([null, 500, 1000]);
    await call("clear", null);
    await until(({ rows }) => rows === 0);
    take([tick, tick]);
    await until(({ rows }) => rows === 2);
    expect(await deltas()).toEqual([null, 1000]);
  });

  it("sorts by any column, rows without a value last, and keeps the log's order among equals", async () => {
    const payload = fc.record({ payload: fc.string({ maxLength: 30 }), direction: fc.constantFrom("sent" as const, "received" as const) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(payload, { minLength: 1, maxLength: 20 }),
        fc.constantFrom<SortKey>("number", "time", "size", "latency"),
        fc.boolean(),
        async (messages, by, descending) => {
          const { call, until } = await setup([...opened(1), ...messages]);
          await call("setScope", { ...EVERYTHING, sort: { by, descending } });
          await until(({ rows }) => rows === messages.length + 1);
          const { rows } = await call("rows", { from: 0, to: 100 });
          const key = ({ index, size }: { index: number; size: number | null }): number | null => (by === "size" ? size : by === "latency" ? null : index);
          const expected = rows
            .toSorted((a, b) => a.index - b.index)
            .toSorted((a, b) => {
              const [x, y] = [key(a), key(b)];
              if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
              return descending ? y - x : x - y;
            });
          expect(rows.map(({ index }) => index)).toEqual(expected.map(({ index }) => index));
          for (const [place, row] of rows.entries()) expect(await call("placeOf", { frame: row.index })).toBe(place);
          end();
        },
      ),
      { numRuns: someOf(40) },
    );
  });

  it("sorts by latency once the answers are paired, and tells of it though there are as many rows", async () => {
    const { call, until, pushes, take } = await setup([...opened(1), { payload: "x" }]);
    await call("setScope", { ...EVERYTHING, sort: { by: "latency", descending: true } });
    take([
      { payload: '{"op":"a","id":1}', direction: "sent" },
      { payload: '{"op":"b","id":2}', direction: "sent" },
      { payload: '{"op":"answer","id":1}' },
      { payload: "y" },
      { payload: '{"op":"answer","id":2}' },
    ]);
    const { shown } = await until(({ decoded }) => decoded === 7);
    await until((changed) => changed.shown > shown || pushes.length > 50);
    await expect
      .poll(async () => (await call("rows", { from: 0, to: 4 })).rows.map(({ pair }) => pair?.latency ?? null), { timeout: 5000 })
      .toEqual([3000, 3000, 2000, 2000]);
  });

  it("colours rows by up to four highlights, the first that matches", async () => {
    const { call } = await setup(TRAFFIC);
    expect(await call("setHighlights", ["type:tick", "/order/", "(", "px"])).toEqual([null, null, expect.objectContaining({ from: expect.any(Number) as number }), null]);
    const { rows } = await call("rows", { from: 0, to: 20 });
    expect(rows.map(({ highlight }) => highlight)).toEqual([null, 1, 0, 1, 1, null]);
  });

  it("finds the next and the previous row that a filter matches", async () => {
    const { call } = await setup(TRAFFIC);
    const find = (from: number, backwards: boolean) => call("find", { filter: "type:order", from, backwards });
    expect(await find(-1, false)).toEqual({ place: 1, frame: 1 });
    expect(await find(1, false)).toEqual({ place: 4, frame: 4 });
    expect(await find(4, false)).toBeNull();
    expect(await find(4, true)).toEqual({ place: 1, frame: 1 });
    await expect(call("find", { filter: "type:", from: 0, backwards: false })).rejects.toThrow();
    expect(await call("countFound", { filter: "type:order", place: 4 })).toEqual({ at: 2, all: 2, isMore: false });
    expect(await call("countFound", { filter: "type:order", place: 3 })).toEqual({ at: 1, all: 2, isMore: false });
  });

  it("marks in its rows what is looked for beside what the filter looked for", async () => {
    const { call } = await setup(TRAFFIC);
    const { rows: plain } = await call("rows", { from: 0, to: 20 });
    expect(plain.flatMap(({ marks }) => marks)).toEqual([]);
    const { rows } = await call("rows", { from: 0, to: 20, sought: "px" });
    const marked = ({ preview, marks: [from = 0, to = 0] }: (typeof rows)[number]): string => preview.slice(from, to);
    expect(rows.map(marked)).toEqual(plain.map(({ preview }) => (preview.includes("px") ? "px" : "")));
    expect(rows.some(({ marks }) => marks.length > 0)).toBe(true);
    const { rows: ofNone } = await call("rows", { from: 0, to: 20, sought: "type:" });
    expect(ofNone.flatMap(({ marks }) => marks)).toEqual([]);
    // One word of two is in three rows, both are in one.
    const { rows: ofBoth } = await call("rows", { from: 0, to: 20, sought: "px order" });
    expect(ofBoth.filter(({ marks }) => marks.length > 0).map(marked)).toEqual(["order"]);
    const { rows: nowhere } = await call("rows", { from: 0, to: 20, sought: "px opened" });
    expect(nowhere.flatMap(({ marks }) => marks)).toEqual([]);
  });

  it("keeps pins and notes in the journal and in HAR", async () => {
    const payloads = new MemoryFile();
    const journal = new MemoryFile();
    const { call, shown, engine, exported } = await setup(TRAFFIC, { log: { payloads, journal } });
    await call("pin", { frame: frameIndex(2), pinned: true });
    await call("note", { frame: frameIndex(2), text: "look here \"é\"" });
    await call("pin", { frame: frameIndex(1), pinned: true });
    await call("pin", { frame: frameIndex(1), pinned: false });
    expect(await call("inspect", { frame: frameIndex(2), columns: 80 })).toMatchObject({ pinned: true, userNote: "look here \"é\"" });
    const { name } = await call("export", { format: "har", scope: "all", sensitive: false });
    const har = JSON.parse(Buffer.from(exported.get(name)?.contents ?? []).toString()) as { log: { entries: { _webSocketMessages: object[] }[] } };
    expect(har.log.entries[0]?._webSocketMessages.map((message) => ["_pinned" in message, "_note" in message && message._note])).toEqual([
      [false, false],
      [true, "look here \"é\""],
      [false, false],
      [false, false],
      [false, false],
    ]);
    expect(await shown({ filter: "is:pinned" })).toHaveLength(1);
    engine.end();
    const { marks } = recoverCapture(journal, payloads, 0);
    expect([marks.get(1), marks.get(2)]).toEqual([undefined, { type: "mark", frame: 2, pinned: true, note: "look here \"é\"" }].map((mark) => mark && { pinned: mark.pinned, note: mark.note }));
  });

  it("pins all rows selected, those that are shown at their places, and refuses more than it should", async () => {
    const { call, shown, take, until } = await setup(TRAFFIC);
    await shown({ filter: "is:received" });
    await call("pinPlaces", { places: [{ from: 0, to: 2 }], pinned: true });
    expect(await shown({ filter: "is:pinned" })).toEqual([expect.stringContaining("tick"), expect.stringContaining("ordered")]);
    await call("pinPlaces", { places: [{ from: 0, to: 2 }], pinned: false });
    expect(await shown({ filter: "is:pinned" })).toEqual([]);
    await shown({});
    take(Array.from({ length: MOST_PINNED }, () => ({ payload: "many" })));
    await until(({ rows }) => rows > MOST_PINNED);
    await expect(call("pinPlaces", { places: [{ from: 0, to: MOST_PINNED + 1 }], pinned: true })).rejects.toThrow(/More than 10,000 rows are selected/);
    expect(await shown({ filter: "is:pinned" })).toEqual([]);
  });

  it("sums up, copies and exports just what is selected", async () => {
    const { call, exported } = await setup(TRAFFIC);
    const places = [{ from: 4, to: 6 }, { from: 0, to: 1 }];
    expect(await call("summarise", { places })).toEqual({ frames: 2, bytes: 31, span: 4500 });
    expect(await call("copyText", { places })).toEqual({ messages: 2, isJsonLines: false, text: '{"op":"order","id":2}\nplain text' });
    expect(await call("copyForm", { places })).toEqual({ messages: 2, isJsonLines: false });
    const { name, frames } = await call("export", { format: "har", scope: { places }, sensitive: false });
    expect([frames, Buffer.from(exported.get(name)?.contents ?? []).toString().includes('"plain text"')]).toEqual([2, true]);
  });

  it("gives the payloads of what is selected as they came, with a name for each, and as one zip", async () => {
    const bytes = Uint8Array.of(0, 255);
    const { call } = await setup([...opened(1), { payload: "één" }, { opcode: 2, payload: bytes }]);
    const places = [{ from: 0, to: 3 }];
    const files = await call("payloads", { places });
    expect(files.map(({ name, bytes: held }) => [name, [...held]])).toEqual([["frame-2.txt", [...Buffer.from("één")]], ["frame-3.bin", [...bytes]]]);
    const unzipped = unzipSync(await call("payloadsZip", { places }));
    expect(Object.entries(unzipped).map(([name, held]) => [name, [...held]])).toEqual(files.map(({ name, bytes: held }) => [name, [...held]]));
  });

  it("copies messages so that each can be told from the next, whatever they hold", async () => {
    const breaks = fc.constantFrom("\n", "\r\n", "\r", "\u2028", "\u2029", "\u0085", "\v", "\f", '"', "\\", "a", "é", "😀");
    const texts = fc.array(fc.array(breaks, { maxLength: 4 }).map((parts) => parts.join("")), { minLength: 2, maxLength: 4 });
    const payloads = ["one", "two\nlines", "three"];
    const { call } = await setup([...opened(1), ...payloads.map((payload) => ({ payload })), { opcode: 2, payload: Uint8Array.of(0, 255) }]);
    const some = (from: number, to: number) => call("copyText", { places: [{ from, to }] });
    expect(await some(1, 5)).toEqual({ messages: 4, isJsonLines: true, text: '"one"\n"two\\nlines"\n"three"\n"AP8="' });
    expect(await call("copyForm", { places: [{ from: 1, to: 5 }] })).toEqual({ messages: 4, isJsonLines: true });
    // One message alone is itself.
    expect(await some(2, 3)).toEqual({ messages: 1, isJsonLines: false, text: "two\nlines" });
    expect(await some(0, 2)).toEqual({ messages: 1, isJsonLines: false, text: "one" });
    await fc.assert(
      fc.asyncProperty(texts, async (each) => {
        const copying = await setup([...opened(1), ...each.map((payload) => ({ payload }))]);
        const { text, isJsonLines } = await copying.call("copyText", { places: [{ from: 1, to: 1 + each.length }] });
        copying.end();
        const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
        expect(isJsonLines ? lines.map((line) => JSON.parse(line) as string) : lines).toEqual(each);
      }),
      { numRuns: someOf(30) },
    );
  });

  it("offers fields, and values and paths that the capture really holds", async () => {
    const { call } = await setup(TRAFFIC);
    const offered = async (text: string): Promise<string[]> => (await call("complete", { text, at: text.length })).map((option) => option.text);
    expect(await offered("ty")).toEqual(expect.arrayContaining([expect.stringContaining("type:")]));
    expect(await offered("type:")).toEqual(expect.arrayContaining(["order", "tick", "ordered"]));
    expect(await offered(".us")).toEqual(expect.arrayContaining([".user"]));
  });

  it("says what its figures count: all frames of a type, but only the latest messages that have a path", async () => {
    const { call } = await setup([...opened(1), ...Array.from({ length: 220 }, () => ({ payload: '{"px":1}' })), { payload: '{"type":"tick","px":2}' }]);
    const details = async (text: string): Promise<string[]> => (await call("complete", { text, at: text.length })).map(({ detail }) => (detail === null ? "" : en.tell(detail)));
    expect(await details("type:tic")).toEqual(["1 frame"]);
    expect(await details(".p")).toContain("in 200 of the last 200");
    expect(await details(".ty")).toContain("in 1 of the last 200");
  });

  it("tells what is usual for a request, and who answered it", async () => {
    const { call } = await setup(TRAFFIC);
    expect((await call("inspect", { frame: frameIndex(1), columns: 80 }))?.pair).toEqual({
      role: "request",
      other: { frame: 3, message: 0, label: "ordered" },
      latency: 2000,
      usual: { median: 2000, p95: 2000, count: 1 },
      stream: null,
    });
  });

  it("knows the time since the last navigation", async () => {
    const { call } = await setup([{ type: "navigated", time: monotonicSeconds(1000), url: "http://a.test/", keepLog: true }, { payload: "a" }]);
    expect((await call("rows", { from: 0, to: 9 })).rows.map(({ sinceNavigation, sinceStart }) => [sinceNavigation, sinceStart])).toEqual([[0, 0], [1000, 1000]]);
  });
});

describe("sorted positions", () => {
  it("are those of a stable sort", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(5), fc.constantFrom(0xffffffff, 0x10000, 0xfffe))), (keys) => {
        const expected = keys.map((key, i) => [key, i] as const).toSorted((a, b) => a[0] - b[0]).map(([, i]) => i);
        const work = sortPositions(Uint32Array.from(keys));
        let step = work.next();
        while (step.done !== true) step = work.next();
        expect([...step.value]).toEqual(expected);
      }),
    );
  });
});
