import { expect, test } from "vitest";
import type { ConnectionItem } from "../../../src/contract/connections.ts";
import { byteLength, connectionId } from "../../../src/model/units.ts";
import { drawnItems, lineChosen } from "../../../src/panel/connections/connection-items.ts";
import { describeTarget } from "../../../src/panel/connections/connection-line.ts";
import { en } from "../../words/speakers.ts";

const target: ConnectionItem<"target"> = { type: "target", line: 0, targetKey: "w", targetType: "worker", targetName: "feed.js" };
const connection = (place: number): ConnectionItem<"connection"> => ({
  type: "connection",
  line: 1 + 2 * place,
  place,
  row: { id: connectionId(place + 1), root: connectionId(place + 1), times: 1, openedAt: "", url: "wss://h/", transport: "websocket", subprotocol: "", seenFromStart: true, state: "open", ending: "", frames: 0, bytes: byteLength(0), rate: 0 },
});
const items = [target, connection(0), connection(1), connection(2)];
const drawn = (from: number, to: number, chosen: ConnectionItem<"connection"> | null = null) =>
  drawnItems({ items, chosen }, from, to).map((item) => (item.type === "target" ? describeTarget(item, en) : item.place));

test("what stands on the lines on view is drawn, also where only one line of a connection is", () => {
  expect(drawn(0, 1)).toEqual(["Dedicated worker · feed.js"]);
  expect(drawn(0, 2)).toEqual(["Dedicated worker · feed.js", 0]);
  expect(drawn(2, 4)).toEqual([0, 1]);
  expect(drawn(7, 99)).toEqual([]);
});

test("the connection chosen is drawn wherever it stands: the list names it as its active option", () => {
  expect(drawn(0, 3, connection(0))).toEqual(["Dedicated worker · feed.js", 0]);
  expect(drawn(0, 1, connection(80_000))).toEqual(["Dedicated worker · feed.js", 80_000]);
});

test("the line chosen is that of which any connection was: lines are named by the first of them", () => {
  const list = { items, chosen: connection(1) };
  expect(lineChosen(list, null)).toBeNull();
  expect(lineChosen(list, connectionId(3))).toBe(3);
  expect(lineChosen(list, connectionId(9))).toBe(2);
  expect(lineChosen({ items, chosen: null }, connectionId(9))).toBe(9);
});
