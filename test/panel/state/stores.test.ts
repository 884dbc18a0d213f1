import { afterEach, describe, expect, test, vi } from "vitest";
import type { FrameRow } from "../../../src/contract/rows.ts";
import { say } from "../../../src/model/said.ts";
import { byteLength, frameIndex, milliseconds } from "../../../src/model/units.ts";
import { FindStore } from "../../../src/panel/state/find-store.ts";
import { FramesStore } from "../../../src/panel/state/frames-store.ts";
import { InspectorStore } from "../../../src/panel/state/inspector-store.ts";
import { newestCall } from "../../../src/panel/state/newest-call.ts";
import { nextSort, ScopeStore } from "../../../src/panel/state/scope-store.ts";
import { SelectionStore } from "../../../src/panel/state/selection-store.ts";
import { SummaryStore } from "../../../src/panel/state/summary-store.ts";
import { aFrameRow } from "../a-frame-row.ts";
import { connectEngine, NOTHING, settle } from "./answering-engine.ts";

const row = (index: number): FrameRow => aFrameRow({ index: frameIndex(index), sinceStart: milliseconds(index), label: "text", messageKind: null, preview: `frame ${index}`, size: byteLength(8) });

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** An engine with `total` frames, each a row of its own number. */
function setup(total: number) {
  const log = { total };
  const engine = connectEngine({
    rows: ({ from, to }) => ({
      revision: 1,
      from,
      rows: Array.from({ length: Math.max(0, Math.min(to, log.total) - from) }, (_, i) => row(from + i)),
    }),
    placeOf: ({ frame }) => (frame % 2 === 0 ? frame / 2 : null),
    setScope: ({ filter }) => (filter === "/(/" ? { message: "Not closed.", from: 1, to: 2 } : null),
  });
  ends.push(engine.end);
  engine.client.listen(() => undefined);
  const frames = new FramesStore(engine.client);
  const selection = new SelectionStore(engine.client, frames);
  return { log, engine, frames, selection, state: () => frames.store.getState() };
}

describe("the rows of the table", () => {
  test("while it follows the end, are counted once the last of them are here", async () => {
    const { frames, state } = setup(10_000);
    frames.show(0, 20);
    frames.changed({ ...NOTHING, rows: 10_000 });
    expect(state().count).toBe(0);
    await settle();
    expect(state().count).toBe(10_000);
    expect(frames.at(9_999)?.preview).toBe("frame 9999");
    expect(frames.at(0)).toBeUndefined();
  });

  test("that was gone to is selected once it is here, wherever the one before stands by then", async () => {
    const { frames, selection } = setup(1_000);
    frames.changed({ ...NOTHING, rows: 1_000 });
    await settle();
    frames.setFollowing(false);
    frames.show(0, 20);
    await settle();
    selection.goTo(10);
    selection.relocate(false);
    selection.goTo(500);
    await settle();
    expect(selection.store.getState()).toMatchObject({ frame: 500, place: 500 });
  });

  test("are of the scope that was asked for once rows of it are here, and not those that were on their way", async () => {
    const { frames, state } = setup(100);
    frames.show(0, 20);
    frames.changed({ ...NOTHING, rows: 100, asked: 1 });
    expect(state().asked).toBe(0);
    await settle();
    expect(state().asked).toBe(1);
    const seen: number[] = [];
    frames.store.subscribe(({ asked }) => seen.push(asked));
    frames.changed({ ...NOTHING, rows: 100, asked: 2, revision: 2 });
    frames.changed({ ...NOTHING, rows: 100, asked: 3, revision: 3 });
    await settle();
    expect(seen).toEqual([1, 3]);
    // Where there are none, at once.
    frames.changed({ ...NOTHING, rows: 0, asked: 4, revision: 4 });
    expect(state()).toMatchObject({ count: 0, asked: 4 });
  });

  test("of before stay while a long scan finds nothing, also where one scrolls, until there are new ones or it is over", async () => {
    const { frames, state, log } = setup(100);
    frames.show(0, 20);
    frames.changed({ ...NOTHING, frames: 9_000, rows: 100, asked: 1 });
    await settle();
    const before = state();
    // A request that is under way asks for rows of the next scope, and is answered with none.
    frames.refresh();
    log.total = 0;
    const looking = { ...NOTHING, frames: 9_000, rows: 0, scanned: 0.1, asked: 2, revision: 2 };
    frames.changed(looking);
    await settle();
    expect(state()).toMatchObject({ ...before, asked: 1, count: 100 });
    expect(frames.at(99)?.index).toBe(99);
    frames.setFollowing(false);
    frames.show(5, 25);
    frames.changed({ ...looking, scanned: 0.2, revision: 3 });
    // Another scope meanwhile, which finds nothing yet either.
    frames.changed({ ...looking, asked: 3, revision: 4 });
    await settle();
    expect(state()).toMatchObject({ asked: 1, count: 100 });
    log.total = 3;
    frames.changed({ ...looking, asked: 3, rows: 3, scanned: 0.3, revision: 5 });
    await settle();
    expect(state()).toMatchObject({ asked: 3, count: 3 });
    frames.changed({ ...looking, asked: 4, revision: 6 });
    expect(state()).toMatchObject({ asked: 3, count: 3 });
    frames.changed({ ...looking, asked: 4, scanned: 1, revision: 7 });
    expect(state()).toMatchObject({ asked: 4, count: 0, range: null });
  });

  test("of before are gone at once where little is left to look through, and with a clear", async () => {
    const { frames, state } = setup(100);
    frames.changed({ ...NOTHING, frames: 9_000, rows: 100, asked: 1 });
    await settle();
    frames.changed({ ...NOTHING, frames: 9_000, rows: 0, scanned: 0.9, asked: 2, revision: 2 });
    expect(state()).toMatchObject({ asked: 2, count: 0 });
    frames.changed({ ...NOTHING, frames: 9_000, rows: 100, asked: 3, revision: 3 });
    await settle();
    frames.changed({ ...NOTHING, frames: 9_000, rows: 0, scanned: 0.1, asked: 4, generation: 2, revision: 4 });
    expect(state().count).toBe(0);
  });

  test("once the user left the end, are counted at once and those on view stay", async () => {
    const { frames, state, log } = setup(1_000);
    frames.changed({ ...NOTHING, rows: 1_000 });
    await settle();
    frames.setFollowing(false);
    frames.show(100, 120);
    await settle();
    expect(frames.at(100)?.index).toBe(100);
    log.total = 5_000;
    frames.changed({ ...NOTHING, rows: 5_000, revision: 2 });
    expect(state().count).toBe(5_000);
    const before = frames.at(110);
    await settle();
    expect(frames.at(110)).toBe(before);
  });

  test("are gone with a clear, and the end is followed again", async () => {
    const { frames, state } = setup(1_000);
    frames.changed({ ...NOTHING, rows: 1_000 });
    await settle();
    frames.setFollowing(false);
    frames.changed({ ...NOTHING, rows: 0, revision: 2, generation: 2, clearedRows: 1_000 });
    expect(state()).toMatchObject({ count: 0, range: null, following: true });
  });

  test("are asked for one request at a time however often the log changes", async () => {
    const { frames, engine, log } = setup(1_000);
    for (let i = 1; i <= 50; i++) {
      log.total = 1_000 + i;
      frames.changed({ ...NOTHING, rows: log.total, revision: i });
    }
    await settle();
    expect(engine.calls.filter(({ name }) => name === "rows").length).toBeLessThanOrEqual(2);
    expect(frames.at(1_049)?.index).toBe(1_049);
  });
});

describe("the selection", () => {
  test("moves to a row that is not here yet, and stays within the rows", async () => {
    const { frames, selection } = setup(1_000);
    frames.changed({ ...NOTHING, rows: 1_000 });
    await settle();
    selection.goTo(10);
    expect(selection.store.getState().place).toBe(10);
    await settle();
    expect(selection.store.getState().frame).toBe(10);
    selection.goTo(5_000);
    await settle();
    expect(selection.store.getState()).toMatchObject({ place: 999, frame: 999 });
  });

  test("stops the table from following the end", async () => {
    const { frames, selection, state } = setup(1_000);
    frames.changed({ ...NOTHING, rows: 1_000 });
    await settle();
    selection.goTo(999);
    expect(state().following).toBe(false);
  });

  test("keeps its frame when other rows are shown, and finds its new place", async () => {
    const { selection } = setup(1_000);
    selection.select(row(8), 8);
    selection.relocate(false);
    await settle();
    expect(selection.store.getState()).toMatchObject({ frame: 8, place: 4 });
    selection.select(row(7), 7);
    selection.relocate(false);
    await settle();
    expect(selection.store.getState()).toMatchObject({ frame: 7, place: null });
  });
});

describe("what is looked at", () => {
  test("is asked for again once more is known of it, and only then", async () => {
    const asked: number[] = [];
    const engine = connectEngine({ inspect: ({ frame }) => (asked.push(frame), null) });
    ends.push(engine.end);
    engine.client.listen(() => undefined);
    const inspector = new InspectorStore(engine.client);
    inspector.changed({ ...NOTHING, inspected: 1 });
    inspector.setFrame(frameIndex(7));
    await settle();
    expect(asked).toEqual([]);
    inspector.open();
    await settle();
    inspector.changed({ ...NOTHING, inspected: 1, revision: 2 });
    await settle();
    expect(asked).toEqual([7]);
    inspector.changed({ ...NOTHING, inspected: 2 });
    await settle();
    expect(asked).toEqual([7, 7]);
  });

  test("what goes on while a frame is shown ends as another is chosen, before that is read, and begins anew with a way back", () => {
    const { engine } = setup(10);
    const inspector = new InspectorStore(engine.client);
    const done: string[] = [];
    inspector.setFrame(frameIndex(7));
    const end = inspector.whileShown(frameIndex(7), () => {
      done.push("begun");
      return () => void done.push("ended");
    });
    inspector.setTab("Raw");
    expect(done).toEqual(["begun"]);
    inspector.setFrame(frameIndex(8));
    expect(done).toEqual(["begun", "ended"]);
    inspector.setFrame(frameIndex(9));
    inspector.setFrame(frameIndex(7), 2);
    expect(done).toEqual(["begun", "ended", "begun"]);
    end();
    inspector.setFrame(frameIndex(8));
    expect(done).toEqual(["begun", "ended", "begun", "ended"]);
  });

  test("is brought on view where it stands though its place was asked for again meanwhile", async () => {
    const { frames, selection } = setup(100);
    frames.changed({ ...NOTHING, rows: 100 });
    frames.setFollowing(false);
    selection.goToFrame(frameIndex(40));
    selection.relocate(false);
    selection.relocate(false);
    const before = selection.store.getState().reveal;
    await settle();
    expect(selection.store.getState()).toMatchObject({ place: 20, reveal: before + 1 });
  });

  test("stands at once where its row is drawn: keys that are pressed before its place is told go on from there", async () => {
    const { frames, selection } = setup(100);
    frames.changed({ ...NOTHING, rows: 100 });
    frames.setFollowing(false);
    frames.show(0, 30);
    await settle();
    selection.goToFrame(frameIndex(8));
    expect(selection.store.getState()).toMatchObject({ frame: 8, place: 8, ranges: [{ from: 8, to: 9 }] });
    await settle();
    // The engine knows better.
    expect(selection.store.getState()).toMatchObject({ frame: 8, place: 4, ranges: [{ from: 4, to: 5 }] });
    selection.goToFrame(frameIndex(90));
    expect(selection.store.getState()).toMatchObject({ frame: 90, place: null, ranges: [] });
  });

  test("is summed up again where other rows stand at the places selected", async () => {
    const sums = [{ frames: 2, bytes: byteLength(1), span: milliseconds(1) }, { frames: 2, bytes: byteLength(9), span: milliseconds(1) }];
    const engine = connectEngine({ summarise: () => sums.shift() ?? { frames: 0, bytes: byteLength(0), span: milliseconds(0) } });
    ends.push(engine.end);
    engine.client.listen(() => undefined);
    const summary = new SummaryStore(engine.client);
    summary.selected([{ from: 0, to: 2 }]);
    await settle();
    expect(summary.store.getState().summary?.bytes).toBe(1);
    summary.refresh();
    await settle();
    expect(summary.store.getState().summary?.bytes).toBe(9);
  });
});

describe("a selection of several rows", () => {
  const ranges = (selection: SelectionStore) => selection.store.getState().ranges.map(({ from, to }) => [from, to]);

  async function setupRows() {
    const parts = setup(1_000);
    parts.frames.changed({ ...NOTHING, rows: 1_000 });
    await settle();
    parts.frames.setFollowing(false);
    parts.frames.show(0, 100);
    await settle();
    return parts;
  }

  test("goes from the row picked last to here, and shrinks again", async () => {
    const { selection } = await setupRows();
    selection.goTo(10);
    selection.goTo(14, "extend");
    expect(ranges(selection)).toEqual([[10, 15]]);
    selection.goTo(8, "extend");
    expect(ranges(selection)).toEqual([[8, 11]]);
    expect(selection.store.getState()).toMatchObject({ place: 8, frame: 8 });
  });

  test("keeps what was picked before when one more row is picked, and extends from there", async () => {
    const { selection } = await setupRows();
    selection.goTo(10);
    selection.goTo(12, "extend");
    selection.goTo(20, "move");
    expect(ranges(selection)).toEqual([[10, 13]]);
    selection.goTo(20, "toggle");
    selection.goTo(22, "extend");
    expect(ranges(selection)).toEqual([[10, 13], [20, 23]]);
    selection.goTo(11, "toggle");
    expect(ranges(selection)).toEqual([[10, 11], [12, 13], [20, 23]]);
    selection.goTo(5);
    expect(ranges(selection)).toEqual([[5, 6]]);
  });

  test("is one range where all rows are selected", async () => {
    const { selection } = await setupRows();
    selection.selectAll();
    expect(ranges(selection)).toEqual([[0, 1_000]]);
  });

  test("is the one frame again in another scope, where places are other rows", async () => {
    const { selection } = await setupRows();
    selection.goTo(2);
    selection.goTo(8, "extend");
    selection.relocate(true);
    expect(ranges(selection)).toEqual([]);
    await settle();
    expect(ranges(selection)).toEqual([[4, 5]]);
    expect(selection.store.getState().frame).toBe(8);
  });

  test("goes to a frame wherever it stands", async () => {
    const { selection } = await setupRows();
    selection.goToFrame(frameIndex(600));
    await settle();
    expect(selection.store.getState()).toMatchObject({ frame: 600, place: 300 });
    selection.goToFrame(frameIndex(601));
    await settle();
    expect(selection.store.getState()).toMatchObject({ frame: 601, place: null, ranges: [] });
  });
});

describe("rows below those on view", () => {
  async function left(total: number) {
    const parts = setup(total);
    parts.frames.changed({ ...NOTHING, rows: total });
    await settle();
    parts.frames.setFollowing(false);
    return { ...parts, below: () => parts.frames.below.getState() };
  }

  test("are told of once more came since the end was left, all of them, and as the user goes on", async () => {
    const { frames, below } = await left(1_000);
    frames.show(94, 126, 120);
    expect(below()).toBe(0);
    frames.changed({ ...NOTHING, rows: 1_003, revision: 2 });
    expect(below()).toBe(883);
    frames.show(974, 1_003, 1_000);
    expect(below()).toBe(3);
    frames.setFollowing(true);
    expect(below()).toBe(0);
    frames.setFollowing(false);
    frames.show(94, 126, 120);
    expect(below()).toBe(0);
  });

  test("are told of where another scope is read in its middle: its end has not been on view", async () => {
    const { frames, below } = await left(3_000);
    frames.show(1_500, 1_520);
    frames.scopeTaken(1);
    // Until its place is known, the view stands at the end of what there is.
    frames.changed({ ...NOTHING, rows: 90, revision: 2, asked: 1 });
    frames.show(70, 90);
    expect(below()).toBe(0);
    frames.show(30, 50);
    expect(below()).toBe(40);
    frames.changed({ ...NOTHING, rows: 91, revision: 3, asked: 1 });
    expect(below()).toBe(41);
  });

  test("are told of while a filter is behind with what comes", async () => {
    const { frames, below } = await left(1_000);
    frames.show(980, 1_000);
    frames.changed({ ...NOTHING, rows: 1_100, revision: 2, scanned: 0.9 });
    frames.changed({ ...NOTHING, rows: 1_200, revision: 3, scanned: 0.9 });
    expect(below()).toBe(200);
  });

  test("are not told of where only a row was unfolded, or nothing is left of them", async () => {
    const { frames, below } = await left(1_000);
    frames.show(100, 120);
    frames.rowsUnfolded();
    frames.changed({ ...NOTHING, rows: 1_005, revision: 2 });
    expect(below()).toBe(0);
    frames.changed({ ...NOTHING, rows: 1_006, revision: 3 });
    expect(below()).toBe(886);
    frames.changed({ ...NOTHING, rows: 0, revision: 4, asked: 1 });
    expect(below()).toBe(0);
  });
});

describe("finding", () => {
  function setupFind(found: readonly number[]) {
    const sought: (string | undefined)[] = [];
    const engine = connectEngine({
      rows: ({ from, to, sought: marked }) => {
        sought.push(marked);
        return { revision: 1, from, rows: Array.from({ length: to - from }, (_, i) => row(from + i)) };
      },
      find: ({ from, backwards }) => {
        const place = backwards ? found.findLast((at) => at < (from ?? Infinity)) : found.find((at) => at > (from ?? -1));
        return place === undefined ? null : { place, frame: frameIndex(place) };
      },
    });
    ends.push(engine.end);
    engine.client.listen(() => undefined);
    const frames = new FramesStore(engine.client);
    const selection = new SelectionStore(engine.client, frames);
    frames.changed({ ...NOTHING, rows: 100 });
    return { find: new FindStore(engine.client, selection, frames), selection, sought };
  }

  test("goes from row to row, both ways, and on from the other end", async () => {
    const { find, selection } = setupFind([20, 40]);
    find.setText("btc");
    const places: (number | null)[] = [];
    for (const backwards of [false, false, false, true]) {
      await find.go(backwards);
      places.push(selection.store.getState().place);
    }
    expect(places).toEqual([20, 40, 20, 40]);
    expect(find.store.getState().outcome).toMatchObject({ type: "found", wrapped: true });
    expect(selection.store.getState().revealAt).toBe("middle");
  });

  test("has what it looks for marked in the rows, from the first search until it looks for something else or is closed", async () => {
    const { find, sought } = setupFind([20]);
    find.setText("btc");
    await find.go(false);
    await vi.waitFor(() => expect(sought.at(-1)).toBe("btc"));
    find.setText("bt");
    await vi.waitFor(() => expect(sought.at(-1)).toBeUndefined());
    await find.go(false);
    await vi.waitFor(() => expect(sought.at(-1)).toBe("bt"));
    find.close();
    await vi.waitFor(() => expect(sought.at(-1)).toBeUndefined());
  });

  test("says where there is no such row", async () => {
    const { find, selection } = setupFind([]);
    find.setText("btc");
    await find.go(false);
    expect(find.store.getState().outcome).toEqual({ type: "none" });
    expect(selection.store.getState().place).toBeNull();
  });
});

describe("the scope", () => {
  test("asks for saved filters too, and finds a problem's place in the box", async () => {
    const sent: string[] = [];
    const engine = connectEngine({
      setScope: ({ filter }) => {
        sent.push(filter);
        const at = filter.indexOf("wrong");
        return at === -1 ? null : { message: "Not so.", from: at, to: at + 5 };
      },
    });
    ends.push(engine.end);
    engine.client.listen(() => undefined);
    let saved = [{ name: "Sent", text: "is:sent", isOn: true }];
    const scope = new ScopeStore(engine.client, () => saved);
    scope.setFilter("a wrong");
    await settle();
    expect(sent).toEqual(["(a wrong) (is:sent)"]);
    expect(scope.store.getState().problem).toEqual({ message: "Not so.", from: 2, to: 7 });
    saved = [{ name: "Sent", text: "wrong", isOn: true }];
    scope.setFilter("a");
    await settle();
    expect(scope.store.getState().problem?.message).toEqual(say("filter.in-saved", { problem: "Not so." }));
  });

  test("says what is looked for apart from what is asked for besides, so that what that hides can be counted", async () => {
    const { engine } = setup(0);
    const saved = [{ name: "a", text: "-is:heartbeat", isOn: true }, { name: "b", text: "is:sent", isOn: false }];
    const scope = new ScopeStore(engine.client, () => saved);
    scope.setFilter("px");
    await settle();
    expect(engine.calls.at(-1)?.argument).toMatchObject({ filter: "(px) (-is:heartbeat)", mute: { filter: "px", by: "(-is:heartbeat)" } });
    const alone = new ScopeStore(engine.client, () => saved.slice(1));
    alone.setFilter("px");
    await settle();
    expect(engine.calls.at(-1)?.argument).not.toHaveProperty("mute");
  });

  test("sorts by a column rising, falling, and then no more; the largest and slowest come first", () => {
    const rising = nextSort(null, "time");
    expect(rising).toEqual({ by: "time", descending: false });
    const falling = nextSort(rising, "time");
    expect(falling).toEqual({ by: "time", descending: true });
    expect(nextSort(falling, "time")).toBeNull();
    for (const by of ["size", "latency", "delta"] as const) {
      expect(nextSort(falling, by)).toEqual({ by, descending: true });
      expect(nextSort({ by, descending: true }, by)).toEqual({ by, descending: false });
      expect(nextSort({ by, descending: false }, by)).toBeNull();
    }
  });

  test("shows, while what is typed is no filter, the last one that stood, not one on the way", async () => {
    const sent: string[] = [];
    const engine = connectEngine({
      setScope: ({ filter, instead }) => {
        sent.push(`${filter} / ${instead ?? ""}`);
        return filter.endsWith(":") || filter.includes("typo:") ? { message: "No.", from: 0, to: 1, instead: instead ?? "" } : null;
      },
    });
    ends.push(engine.end);
    engine.client.listen(() => undefined);
    let now = 0;
    const scope = new ScopeStore(engine.client, () => [], () => now);
    const type = async (text: string): Promise<void> => {
      for (let end = 1; end <= text.length; end++) {
        now += 100;
        scope.typeFilter(text.slice(0, end));
        await settle();
      }
    };
    await type("typo:t");
    expect(sent.at(-1)).toBe("typo:t / ");
    expect(scope.store.getState().problem).toMatchObject({ instead: "" });
    // Looked at for a while, a filter stands.
    scope.typeFilter("trade");
    await settle();
    now += 1_000;
    scope.typeFilter("trade typo:");
    await settle();
    expect(sent.at(-1)).toBe("trade typo: / trade");
    // One that is chosen stands at once.
    scope.setFilter("is:sent");
    await settle();
    scope.typeFilter("is:sent type:");
    await settle();
    expect(sent.at(-1)).toBe("is:sent type: / is:sent");
  });

  test("takes a filter for one that stood only from when its rows are shown, however long they are looked for", async () => {
    let answer = (): void => undefined;
    const engine = connectEngine({
      setScope: ({ filter, instead }) =>
        filter === "trad" ? new Promise<null>((resolve) => (answer = () => resolve(null))) : filter.endsWith(":") ? { message: "No.", from: 0, to: 1, instead: instead ?? "" } : null,
    });
    ends.push(engine.end);
    engine.client.listen(() => undefined);
    let now = 0;
    const scope = new ScopeStore(engine.client, () => [], () => now);
    scope.setFilter("trade");
    await settle();
    scope.typeFilter("trad");
    await settle();
    // No row of it was seen: it is on the way still.
    now += 5_000;
    scope.typeFilter("type:");
    answer();
    await settle();
    expect(scope.store.getState().problem).toMatchObject({ instead: "trade" });
  });

  test("shows why a filter was not taken until another one is", async () => {
    const { engine } = setup(0);
    const scope = new ScopeStore(engine.client);
    scope.setFilter("/(/");
    await settle();
    expect(scope.store.getState()).toMatchObject({ text: "/(/", problem: { message: "Not closed.", from: 1, to: 2 } });
    scope.setFilter("/()/");
    await settle();
    expect(scope.store.getState().problem).toBeNull();
  });

  test("sends what was typed last, not every letter, while the engine is busy", async () => {
    const { engine } = setup(0);
    const scope = new ScopeStore(engine.client);
    for (const text of ["t", "tr", "tra", "trad", "trade"]) scope.setFilter(text);
    await settle();
    const sent = engine.calls.map(({ argument }) => (argument as { filter: string }).filter);
    expect(sent).toEqual(["t", "trade"]);
  });
});

describe("a call with the newest argument only", () => {
  test("does not show an answer that a newer argument has made old", async () => {
    const shown: number[] = [];
    const call = newestCall(
      (argument: number) => Promise.resolve(argument * 10),
      (answer) => shown.push(answer),
      () => undefined,
    );
    call(1);
    call(2);
    call(3);
    await settle();
    expect(shown).toEqual([30]);
  });

  test("goes on after a failure", async () => {
    const shown: string[] = [];
    const call = newestCall(
      (argument: string) => (argument === "bad" ? Promise.reject(new Error("No.")) : Promise.resolve(argument)),
      (answer) => shown.push(answer),
      ({ message }) => shown.push(message),
    );
    call("bad");
    await settle();
    call("good");
    await settle();
    expect(shown).toEqual(["No.", "good"]);
  });
});
