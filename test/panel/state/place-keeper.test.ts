import { afterEach, describe, expect, test } from "vitest";
import type { FrameRow } from "../../../src/contract/rows.ts";
import { frameIndex } from "../../../src/model/units.ts";
import { FramesStore } from "../../../src/panel/state/frames-store.ts";
import { PlaceKeeper } from "../../../src/panel/state/place-keeper.ts";
import { SelectionStore } from "../../../src/panel/state/selection-store.ts";
import { connectEngine, NOTHING, settle } from "./answering-engine.ts";

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A table of 1,000 rows whose places are their frames, or in the other scope of every tenth. Row 500 is the first on view. */
async function setup() {
  let every = 1;
  let isSure = true;
  const engine = connectEngine({
    rows: ({ from, to }) => ({ revision: 1, from, rows: Array.from({ length: to - from }, (_, i) => ({ index: (from + i) * every, message: null, messages: 0, marks: [], cells: {} }) as unknown as FrameRow) }),
    placeOf: ({ frame }) => (frame % every === 0 ? frame / every : null),
    placeNear: ({ frame }) => ({ place: Math.round(frame / every), isExact: frame % every === 0, isSure }),
  });
  ends.push(engine.end);
  engine.client.listen(() => undefined);
  const frames = new FramesStore(engine.client);
  const selection = new SelectionStore(engine.client, frames);
  const place = new PlaceKeeper(engine.client, frames, selection);
  place.drawnBy({ firstRow: () => 500, offsetOf: (row) => (row >= 500 && row < 520 ? (row - 500) * 22 : null) });
  frames.changed({ ...NOTHING, rows: 1000 });
  frames.setFollowing(false);
  frames.show(500, 520);
  await settle();
  let asked = 0;
  /** The engine shows the scope that was asked for. */
  const show = async (rows: number): Promise<void> => {
    frames.scopeTaken(++asked);
    place.taken();
    selection.relocate(true);
    frames.changed({ ...NOTHING, rows, asked });
    place.changed();
    await settle();
  };
  return {
    frames,
    selection,
    place,
    show,
    wish: () => place.store.getState().wish,
    other: (n: number, sure = true) => {
      every = n;
      isSure = sure;
    },
  };
}

describe("the place where the table is read", () => {
  test("stays with the row selected, as far below the edge as it stood", async () => {
    const { selection, place, show, wish, other } = await setup();
    selection.goTo(510);
    place.leave();
    other(10);
    await show(100);
    expect(wish()).toEqual({ place: 51, offset: 220, isAmongOthers: true });
  });

  test("is where it was, however near to an edge, as rows come before", async () => {
    const { frames, selection, place, wish } = await setup();
    selection.goTo(519);
    place.moveOn(10);
    frames.changed({ ...NOTHING, rows: 1010 });
    place.changed();
    await settle();
    expect(wish()).toEqual({ place: 529, offset: 418, isAmongOthers: false });
  });

  test("is the first row on view where none is selected, and the nearest in time where that is not shown", async () => {
    const { place, show, wish, other } = await setup();
    place.leave();
    other(7);
    await show(143);
    expect(wish()).toEqual({ place: 71, offset: 0, isAmongOthers: false });
  });

  test("is the same again after any number of other lists, until the user goes on", async () => {
    const { selection, place, show, wish, other } = await setup();
    place.leave();
    other(10);
    await show(100);
    place.leave();
    other(1);
    await show(1000);
    expect(wish()).toEqual({ place: 500, offset: 0, isAmongOthers: false });
    selection.goTo(505);
    place.leave();
    other(10);
    await show(100);
    expect(wish()).toEqual({ place: 51, offset: 110, isAmongOthers: true });
  });

  test("has what was selected selected again, once it is shown again", async () => {
    const { selection, place, show, other } = await setup();
    selection.goTo(505);
    place.leave();
    selection.clear();
    other(10);
    await show(100);
    expect(selection.store.getState().frame).toBeNull();
    place.leave();
    other(1);
    await show(1000);
    expect(selection.store.getState()).toMatchObject({ frame: 505, place: 505 });
  });

  test("is found once the filter has come so far", async () => {
    const { frames, place, show, wish, other } = await setup();
    place.leave();
    other(10, false);
    await show(20);
    const first = wish();
    other(10, true);
    frames.changed({ ...NOTHING, rows: 100 });
    place.changed();
    await settle();
    expect(wish()).not.toBe(first);
    expect(wish()).toEqual({ place: 50, offset: 0, isAmongOthers: false });
  });

  test("is the end where that is followed", async () => {
    const { frames, place, show, wish, other } = await setup();
    frames.setFollowing(true);
    place.leave();
    other(10);
    await show(100);
    expect(wish()).toBeNull();
    expect(frames.store.getState().following).toBe(true);
  });

  test("is the top of another order, also where a row was still to be brought on view", async () => {
    const { selection, place, show, wish } = await setup();
    selection.goToFrame(frameIndex(510));
    place.sort(true, false);
    await show(1000);
    expect(wish()).toEqual({ place: 0, offset: 0, isAmongOthers: false });
    expect(selection.store.getState()).toMatchObject({ frame: 510, place: 510, reveal: 0 });
  });

  test("is the top of another order, and after it the end that was followed, or the row that was looked at", async () => {
    const { frames, place, show, wish } = await setup();
    place.sort(true, false);
    await show(1000);
    expect(wish()).toEqual({ place: 0, offset: 0, isAmongOthers: false });
    place.sort(false, true);
    await show(1000);
    expect(wish()).toEqual({ place: 500, offset: 0, isAmongOthers: false });
    frames.setFollowing(true);
    place.sort(true, false);
    await show(1000);
    expect(frames.store.getState().following).toBe(false);
    place.sort(false, true);
    expect(frames.store.getState().following).toBe(true);
  });

  test("is not looked for again once the log was cleared", async () => {
    const { place, show, wish } = await setup();
    place.leave();
    place.moved();
    await show(10);
    expect(wish()).toBeNull();
  });
});
