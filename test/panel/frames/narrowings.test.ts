import { expect, test } from "vitest";
import { connectionId } from "../../../src/model/units.ts";
import { narrowingsOf } from "../../../src/panel/frames/narrowings.ts";

const ALL = { text: " ", connection: null, sent: true, received: true };
const LIST = { chosen: null };

test("whatever keeps rows from the table is named, each once, and nothing where nothing does", () => {
  expect(narrowingsOf(ALL, [{ name: "-type:ping", text: "-type:ping", isOn: false }], LIST)).toEqual([]);
  const saved = [{ name: "No pings", text: "-type:ping", isOn: true }];
  expect(narrowingsOf({ ...ALL, text: "px" }, saved, LIST)).toEqual([{ by: "filter", filter: "px · No pings" }]);
  expect(narrowingsOf({ ...ALL, sent: false, received: false }, saved, LIST)).toEqual([{ by: "filter", filter: "No pings" }, { by: "sent" }, { by: "received" }]);
});

test("connections that are hidden are named beside the one that is chosen: they are not shown either once all connections are", () => {
  const list = { hidden: { connections: 1, by: [0] }, chosen: null };
  expect(narrowingsOf(ALL, [], list)).toEqual([{ by: "hidden connections" }]);
  expect(narrowingsOf({ ...ALL, connection: connectionId(2) }, [], list)).toEqual([{ by: "connection", url: "" }, { by: "hidden connections" }]);
});
