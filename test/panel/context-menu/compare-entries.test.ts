import "../a-navigator.ts";
import { expect, test } from "vitest";
import type { ConnectionRow } from "../../../src/contract/connections.ts";
import type { InspectedFrame } from "../../../src/contract/inspect.ts";
import type { FrameRow } from "../../../src/contract/rows.ts";
import { say } from "../../../src/model/said.ts";
import { connectionId, frameIndex } from "../../../src/model/units.ts";
import { connectionCompare, frameCompare } from "../../../src/panel/context-menu/compare-entries.ts";
import { entriesOf } from "../../../src/panel/context-menu/menu-parts.ts";
import { aFrameRow } from "../a-frame-row.ts";
import { connectEngine, settle } from "../state/answering-engine.ts";
import { en } from "../../words/speakers.ts";
import { sessionOver } from "../state/a-session.ts";
import { choose, itemsOf } from "./menu-lines.ts";

const OTHER = "Compare with … › The other message selected";
const BEFORE = "Compare with … › Previous message of this type";

/** Ten messages, the fourth row an error, of which the table holds those up to `held`. */
async function setup(held = 10) {
  const rows = Array.from({ length: 10 }, (_, i) => aFrameRow(i === 3 ? { index: frameIndex(i), kind: "error", direction: null } : { index: frameIndex(i) }));
  const engine = connectEngine({
    setScope: () => null,
    rows: ({ from, to }) => ({ revision: 1, from, rows: rows.slice(from, Math.min(to, from === 0 ? held : to)) }),
    placeOf: ({ frame }) => frame,
    inspect: ({ frame, message = 0 }) => ({ index: frame, message, connection: { id: 1 } }) as unknown as InspectedFrame,
    summarise: () => ({ messages: 2, bytes: 2 }) as never,
  });
  const session = sessionOver(engine);
  await session.begin();
  engine.push({ rows: held, frames: held });
  await settle();
  const menu = (row: FrameRow) => frameCompare({ session, speaker: en, target: { type: "frame", row, column: "message", text: "" }, from: null });
  return {
    session,
    row: (place: number) => rows[place] as FrameRow,
    select: (...places: readonly number[]) => places.forEach((place, i) => session.selection.select(rows[place] as FrameRow, place, i === 0 ? "one" : "toggle")),
    items: (place: number) => itemsOf(menu(rows[place] as FrameRow)),
    choose: async (row: FrameRow, text: string) => {
      choose(menu(row), text);
      await settle();
      const { isOpen, tab, compareWith, details } = session.inspector.store.getState();
      return { isOpen, tab, with: compareWith, of: details?.index, at: details?.message };
    },
  };
}

test("a message alone is compared with the one before it of its type", async () => {
  const { items, select, choose: pick, row } = await setup();
  select(2);
  expect([...items(2).keys()]).toEqual([BEFORE]);
  expect(await pick(row(2), BEFORE)).toEqual({ isOpen: true, tab: "Compare", with: null, of: 2, at: 0 });
});

test("of two that are selected the menu of either compares it with the other, which stay selected", async () => {
  for (const places of [[1, 6], [6, 1], [4, 5]]) {
    for (const [own, other] of [places, places.toReversed()] as [number, number][]) {
      const { select, choose: pick, session, row } = await setup();
      select(...places);
      expect(await pick(row(own), OTHER)).toEqual({ isOpen: true, tab: "Compare", with: { frame: other }, of: own, at: 0 });
      expect(session.selection.store.getState().ranges.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(2);
    }
  }
});

test("two messages of one frame are compared with each other", async () => {
  const { select, session, choose: pick } = await setup();
  select(5);
  const part = (place: number): FrameRow => aFrameRow({ index: frameIndex(5), message: { place } as FrameRow["message"] });
  session.engine.call = (() => Promise.resolve({ rows: [part(0), part(2)] })) as never;
  session.selection.store.setState({ ranges: [{ from: 5, to: 7 }] });
  expect(await pick(part(2), OTHER)).toMatchObject({ with: { frame: 5, message: 0 } });
});

test("nothing is compared with one that is no message, and the menu says why, or what is chosen does", async () => {
  const near = await setup();
  near.select(3, 5);
  expect(near.items(5).get(OTHER)).toMatchObject({ reason: "Only messages can be compared." });
  expect(near.items(3).size).toBe(0);
  // Its row is not held.
  const far = await setup(3);
  far.select(3, 1);
  expect(await far.choose(far.row(1), OTHER)).toMatchObject({ tab: "Message" });
  expect(far.session.refusals.store.getState().said).toEqual(say("compare.not-compared", { why: say("compare.messages-only") }));
});

test("of more than two there is no other one", async () => {
  const { items, select } = await setup();
  select(1, 5, 6);
  expect(items(1).has(OTHER)).toBe(false);
});

test("one that was looked at before is compared with, wherever it stands", async () => {
  const { items, select, choose: pick, row } = await setup();
  select(7);
  select(2);
  const looked = "Compare with … › #8, looked at before";
  expect([...items(2).keys()]).toEqual([looked, BEFORE]);
  expect(items(7).has(looked)).toBe(false);
  expect(await pick(row(2), looked)).toEqual({ isOpen: true, tab: "Compare", with: { frame: 7, message: 0 }, of: 2, at: 0 });
});

test("a connection is compared with another, to be chosen in its tab, though a message of it was looked at", async () => {
  const { session, select } = await setup();
  select(4);
  const connection = { id: connectionId(1), root: connectionId(1), url: "ws://feed.test/", transport: "websocket", state: "open", openedAt: "", frames: 1 } as ConnectionRow;
  const menu = () => connectionCompare({ session, speaker: en, target: { type: "connection", row: connection }, from: null });
  expect(itemsOf(menu()).get("Compare with …")).toMatchObject({ reason: "no other connection" });
  session.connections.store.setState({ all: 2 });
  choose(menu(), "Compare with …");
  expect(session.scope.store.getState().connection).toBe(1);
  expect(session.selection.store.getState().frame).toBeNull();
  expect(session.inspector.store.getState()).toMatchObject({ isOpen: true, tab: "Compare", member: 1 });
  expect(itemsOf(entriesOf("connection", { session, speaker: en, target: { type: "connection", row: connection }, from: null })).has("Compare with …")).toBe(true);
});
