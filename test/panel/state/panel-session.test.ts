import { describe, expect, test } from "vitest";
import type { Answer } from "../../../src/contract/calls.ts";
import type { InspectedFrame } from "../../../src/contract/inspect.ts";
import type { FrameRow } from "../../../src/contract/rows.ts";
import { connectionId, frameIndex } from "../../../src/model/units.ts";
import { closeWhenEmpty } from "../../../src/panel/inspector/close-when-empty.ts";
import { endWaiting } from "../../../src/panel/first-rows.ts";
import { sessionOver } from "./a-session.ts";
import { connectEngine, settle } from "./answering-engine.ts";

const rowAt = (index: number): FrameRow => ({ index: frameIndex(index), message: null, messages: 0, marks: [], cells: {} }) as unknown as FrameRow;

/** It tells of the rows of another scope before it says that it shows them. */
function quickEngine(): ReturnType<typeof connectEngine> {
  const engine: ReturnType<typeof connectEngine> = connectEngine({
    setScope: ({ connection, asked = 0 }) => {
      engine.push({ asked, rows: connection === null ? 108 : 56, shown: asked });
      return null;
    },
    rows: ({ from, to }) => ({ revision: 1, from, rows: Array.from({ length: to - from }, (_, i) => rowAt(from + i)) }),
    placeOf: ({ frame }) => frame,
    placeNear: () => ({ place: 20, isExact: true, isSure: true }),
  });
  return engine;
}

test("the row selected stays under the eye, also where the engine tells of its rows before it says that it shows them", async () => {
  const engine = quickEngine();
  const session = sessionOver(engine);
  await session.begin();
  await settle();
  session.frames.show(55, 70);
  session.selection.select(rowAt(60), 60);
  session.frames.setFollowing(false);
  await settle();
  session.scope.setConnection(connectionId(3));
  await settle();
  expect(session.place.store.getState().wish).toEqual({ place: 20, offset: null, isAmongOthers: true });
});

test("rows of another scope are asked for once where the engine tells of them before it says that it shows them", async () => {
  const engine = quickEngine();
  const session = sessionOver(engine);
  await session.begin();
  session.frames.show(0, 15);
  await settle();
  const before = engine.calls.length;
  session.scope.setConnection(connectionId(3));
  await settle();
  expect(engine.calls.slice(before).filter(({ name }) => name === "rows")).toHaveLength(1);
});

test("a connection that is chosen keeps the frame that is looked at only where it is its own, however one came to it", async () => {
  const engine = connectEngine({
    placeOf: () => null,
    setScope: () => null,
    inspect: ({ frame }) => ({ index: frame, message: 0, connection: { id: 2 } }) as unknown as InspectedFrame,
  });
  const session = sessionOver(engine);
  await session.begin();
  const frame = () => session.selection.store.getState().frame;
  const goFromOneToTheOther = async (): Promise<void> => {
    session.selection.select({ ...rowAt(4), connection: connectionId(1) }, 4);
    session.inspector.open();
    session.selection.goToFrame(frameIndex(9));
    await settle();
  };
  await goFromOneToTheOther();
  session.chooseConnection(connectionId(2), true);
  expect(frame()).toBe(9);
  await goFromOneToTheOther();
  session.chooseConnection(connectionId(1), true);
  expect(frame()).toBeNull();
});

/** Frame 4, of connection 1, is selected and looked at; the rows of another scope are every tenth. */
async function setUpReader() {
  let every = 1;
  const engine: ReturnType<typeof connectEngine> = connectEngine({
    setScope: ({ filter, asked = 0 }) => {
      every = filter === "" ? 1 : 10;
      engine.push({ asked, rows: 1000 / every, frames: 1000, shown: asked });
      return null;
    },
    clear: () => null,
    rows: ({ from, to }) => ({ revision: 1, from, rows: Array.from({ length: to - from }, (_, i) => rowAt((from + i) * every)) }),
    placeOf: ({ frame }) => (frame % every === 0 ? frame / every : null),
    placeNear: ({ frame }) => ({ place: Math.round(frame / every), isExact: frame % every === 0, isSure: true }),
    inspect: ({ frame }) => ({ index: frame, message: 0, connection: { id: 1 } }) as unknown as InspectedFrame,
  });
  const session = sessionOver(engine);
  await session.begin();
  session.place.drawnBy({ firstRow: () => 500, offsetOf: (row) => (row >= 500 && row < 520 ? (row - 500) * 22 : null) });
  session.frames.show(500, 520);
  await settle();
  session.frames.setFollowing(false);
  session.selection.select({ ...rowAt(504), connection: connectionId(1) }, 504);
  session.inspector.open();
  await settle();
  return { engine, session, isOpen: () => session.inspector.store.getState().isOpen };
}

test("the inspector gives its room back as soon as nothing is left to read in it, and not before", async () => {
  const { engine, session, isOpen } = await setUpReader();
  // It ends with the session.
  closeWhenEmpty(session);
  session.scope.setFilter("type:trade");
  await settle();
  expect([isOpen(), session.selection.store.getState().frame]).toEqual([true, 504]);
  session.chooseConnection(connectionId(2), true);
  await settle();
  expect([isOpen(), session.selection.store.getState().frame]).toEqual([true, null]);
  session.chooseConnection(null, false);
  await settle();
  expect(isOpen()).toBe(false);

  // A page that navigates where the log is not to be kept.
  session.selection.select(rowAt(504), 504);
  session.inspector.open();
  engine.push({ generation: 2, clearedRows: 1000, rows: 0 });
  await settle();
  expect(isOpen()).toBe(false);

  // Findings are of no row.
  for (const tab of ["Findings", "Message"] as const) {
    session.selection.select(rowAt(504), 504);
    session.inspector.setTab(tab);
    session.inspector.open();
    session.clear();
    await settle();
    expect(isOpen()).toBe(tab === "Findings");
  }

  // Rows that an undo puts before it are no end of it.
  engine.push({ generation: 3, clearedRows: 1000, rows: 2 });
  await settle();
  session.selection.select(rowAt(1), 1);
  session.inspector.open();
  engine.push({ generation: 4, clearedRows: 0, rows: 1002 });
  await settle();
  expect([isOpen(), session.selection.store.getState().frame]).toEqual([true, 1001]);
});

test("a filter and none again lead back to the same place, and an end that is followed stays so", async () => {
  const { session } = await setUpReader();
  const filter = async (text: string): Promise<void> => {
    session.scope.setFilter(text);
    await settle();
  };
  await filter("type:trade");
  expect(session.place.store.getState().wish).toEqual({ place: 50, offset: 88, isAmongOthers: true });
  await filter("");
  expect(session.place.store.getState().wish).toEqual({ place: 504, offset: 88, isAmongOthers: true });

  const { wish } = session.place.store.getState();
  session.followEnd();
  await filter("type:trade");
  await filter("");
  expect(session.frames.store.getState().following).toBe(true);
  expect(session.place.store.getState().wish).toBe(wish);
});

test("the engine is asked for the first rows, and for what they do not need only once they are shown", async () => {
  const engine = connectEngine({ rows: ({ from, to }) => ({ revision: 1, from, rows: Array.from({ length: to - from }, (_, i) => rowAt(from + i)) }) });
  const session = sessionOver(engine);
  engine.push({ rows: 50, frames: 50 });
  await session.begin();
  await settle();
  const asked = (): readonly string[] => engine.calls.map(({ name }) => name);
  expect(asked()).toContain("rows");
  for (const name of ["exportForms", "captures", "decoders"]) expect(asked()).not.toContain(name);
  endWaiting();
  await expect.poll(asked).toEqual(expect.arrayContaining(["exportForms", "captures", "decoders"]));
});

test("figures are drawn with the rows that they tell of", async () => {
  const rows = later<Answer<"rows">>();
  const engine = connectEngine({ rows: () => rows.promise });
  const session = sessionOver(engine);
  await session.begin();
  const drawn = (): number | undefined => session.drawnCounts.getState().changed?.frames;
  engine.push({ rows: 1, frames: 1 });
  await expect.poll(() => session.counts.getState().changed?.frames).toBe(1);
  expect(drawn()).toBeUndefined();
  let drawnWith: number | undefined;
  session.frames.store.subscribe(({ range }) => range !== null && void Promise.resolve().then(() => (drawnWith = drawn())));
  rows.resolve({ revision: 1, from: 0, rows: [rowAt(0)] });
  await expect.poll(() => drawnWith).toBe(1);
  // Where no row is on its way, at once.
  engine.push({ rows: 0, frames: 0, revision: 2 });
  await expect.poll(drawn).toBe(0);
});

test("a link to a row shows what it says where a tab of the connection stood open, and keeps one of messages", async () => {
  const session = sessionOver(connectEngine({ placeOf: ({ frame }) => frame, inspect: ({ frame }) => ({ index: frame }) as unknown as InspectedFrame }));
  for (const [before, after] of [["Findings", "Message"], ["Connection", "Message"], ["Handshake", "Message"], ["Hex", "Hex"], ["Compare", "Compare"]] as const) {
    session.inspector.setTab(before);
    session.showFrame(frameIndex(60));
    await settle();
    expect(session.inspector.store.getState()).toMatchObject({ isOpen: true, tab: after });
    expect(session.selection.store.getState().frame).toBe(60);
  }
});

function later<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (why: Error) => void;
  const promise = new Promise<Value>((done, failed) => ([resolve, reject] = [done, failed]));
  return { promise, resolve, reject };
}

describe("between the press of Clear, or of Undo, and what the engine says of it", () => {
  /** A log of 50 rows, after 70 that were cleared; the table shows rows 20 to 40; `clear` is answered when the test says so. */
  async function clearLate(answers: Parameters<typeof connectEngine>[0] = {}) {
    const answered = later<null>();
    const engine = connectEngine({
      clear: () => answered.promise,
      setScope: () => null,
      rows: ({ from, to }) => ({ revision: 1, from, rows: Array.from({ length: to - from }, (_, i) => rowAt(from + i)) }),
      placeOf: ({ frame }) => frame,
      placeNear: ({ frame }) => ({ place: frame, isExact: true, isSure: true }),
      inspect: ({ frame }) => ({ index: frame, message: 0 }) as unknown as InspectedFrame,
      ...answers,
    });
    const session = sessionOver(engine);
    engine.push({ rows: 50, frames: 50, clearedRows: 70 });
    await session.begin();
    await settle();
    session.frames.setFollowing(false);
    session.frames.show(20, 40);
    session.place.drawnBy({ firstRow: () => 20, offsetOf: (row) => (row - 20) * 22 });
    await settle();
    expect(session.frames.store.getState().count).toBe(50);
    return { engine, session, answered, selected: () => session.selection.store.getState(), isAnything: () => session.frames.store.getState().range !== null || session.frames.rows > 0 };
  }

  test("no row of the log that is cleared can be selected, and one that is selected of the new one stays so", async () => {
    const { engine, session, answered, selected, isAnything } = await clearLate();
    session.clear();
    expect(isAnything()).toBe(false);
    engine.push({ rows: 51, frames: 51, revision: 2, clearedRows: 70 });
    await settle();
    session.selection.goTo(3);
    expect(isAnything()).toBe(false);
    engine.push({ generation: 2, revision: 3, clearedRows: 121 });
    engine.push({ generation: 2, revision: 4, clearedRows: 121, rows: 2, frames: 2 });
    await settle();
    expect(selected().frame).toBeNull();
    session.selection.goTo(1);
    session.inspector.open();
    answered.resolve(null);
    await settle();
    expect(selected()).toMatchObject({ frame: 1, place: 1 });
    expect(session.inspector.store.getState().details?.index).toBe(1);
  });

  test.each(["refused", "nothing to clear"])("rows are shown again where it is %s", async (how) => {
    const { session, answered, isAnything } = await clearLate();
    session.clear();
    await settle();
    expect(isAnything()).toBe(false);
    if (how === "refused") answered.reject(new Error("It is being read."));
    else answered.resolve(null);
    await settle();
    expect(session.frames.rows).toBe(50);
    expect(session.frames.at(49)?.index).toBe(49);
  });

  test("what was read of the log before is not shown as of the new one", async () => {
    const read = later<InspectedFrame>();
    const { engine, session } = await clearLate({ inspect: () => read.promise });
    session.inspector.open();
    session.selection.goTo(30);
    session.selection.goTo(31);
    session.menu.open({ x: 0, y: 0 }, { type: "frame", row: rowAt(31), column: "message", text: "" }, null);
    session.menu.ask({ type: "note", frame: frameIndex(31), text: "", from: null });
    session.find.store.setState({ outcome: { type: "found", place: 31, wrapped: false } });
    engine.push({ generation: 2, clearedRows: 120 });
    await settle();
    read.resolve({ index: 31 } as unknown as InspectedFrame);
    await settle();
    expect(session.inspector.store.getState()).toMatchObject({ details: null, before: null });
    expect(session.menu.store.getState()).toMatchObject({ menu: null, asked: null });
    expect(session.find.store.getState().outcome).toBeNull();
  });

  test("a search goes on", async () => {
    const { engine, session } = await clearLate();
    session.find.store.setState({ outcome: { type: "searching", share: 0.5 } });
    engine.push({ generation: 2, clearedRows: 120 });
    await settle();
    expect(session.find.store.getState().outcome).toEqual({ type: "searching", share: 0.5 });
  });

  test("a row selected stays so and under the eye where an undo puts others before it, and without one the first on view", async () => {
    for (const isSelected of [true, false]) {
      const { engine, session, selected } = await clearLate();
      if (isSelected) session.selection.goTo(30);
      engine.push({ generation: 2, revision: 2, clearedRows: 0, rows: 120, frames: 120 });
      await settle();
      expect(selected()).toMatchObject(isSelected ? { frame: 100, place: 100 } : { frame: null });
      expect(session.place.store.getState().wish).toEqual({ ...(isSelected ? { place: 100, offset: 220 } : { place: 90, offset: 0 }), isAmongOthers: false });
      expect(session.frames.store.getState()).toMatchObject({ following: false, count: 120 });
    }
  });
});
