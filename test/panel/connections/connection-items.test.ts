import { expect, test } from "vitest";
import type { ConnectionRow } from "../../../src/engine/contract.ts";
import { byteLength, connectionId } from "../../../src/model/units.ts";
import { connectionOf, listConnections, withoutEnded } from "../../../src/panel/connections/connection-items.ts";
import { describeTarget } from "../../../src/panel/connections/connection-line.ts";
import { en } from "../../words/speakers.ts";

const row = (id: number, targetKey: string, part: Partial<ConnectionRow> = {}): ConnectionRow => ({
  id: connectionId(id),
  targetKey,
  targetType: "page",
  targetName: targetKey,
  url: `wss://h/${id}`,
  subprotocol: "",
  seenFromStart: true,
  state: "open",
  ending: "",
  frames: 0,
  bytes: byteLength(0),
  rate: 0,
  ...part,
});

test("connections stand under their targets, both in the order in which they came", () => {
  const worker = { targetType: "worker", targetName: "feed.js" } as const;
  const items = listConnections([row(1, "shop.example"), row(2, "w", worker), row(3, "shop.example")]);
  const shown = items.map((item) => (item.type === "target" ? describeTarget(item.row, en) : connectionOf(item)));
  expect(shown).toEqual([null, "Page · shop.example", 1, 3, "Dedicated worker · feed.js", 2]);
});

test("without those that are over, the one chosen stays", () => {
  const rows = [row(1, "t"), row(2, "t", { state: "closed" }), row(3, "t", { state: "failed" }), row(4, "t", { state: "closed" }), row(5, "t", { state: "connecting" })];
  expect(withoutEnded(rows, connectionId(4)).map(({ id }) => id)).toEqual([1, 4, 5]);
  expect(withoutEnded(rows, null).map(({ id }) => id)).toEqual([1, 5]);
});

test("the first choice is all connections, also where there is none", () => {
  expect(listConnections([])).toEqual([{ type: "all", key: "all" }]);
  expect(connectionOf(undefined)).toBeUndefined();
});
