import { createElement } from "react";
import { expect, test } from "vitest";
import type { FrameRow } from "../../../src/contract/rows.ts";
import { byteLength } from "../../../src/model/units.ts";
import { FrameCell } from "../../../src/panel/frames/frame-cells.tsx";
import type { ColumnId } from "../../../src/panel/state/column-layout.ts";
import { aFrameRow } from "../a-frame-row.ts";
import { drawn } from "./drawn.ts";

const cell = (column: ColumnId, part: Partial<FrameRow>): string => drawn(createElement(FrameCell, { row: aFrameRow(part), column, at: 1, timeMode: "clock", deltaOf: "table", characters: 200, hasMarks: false, isMarked: false }));

test("a type longer than its column shows its beginning: it stands whole in a label that ends in an ellipsis", () => {
  expect(cell("type", { label: "subscription.orders.updated.partially" })).toContain('<span class="frame-label label-event">subscription.orders.updated.partially</span>');
});

test("an empty message says so, and one whose payload was not reported says what is known", () => {
  expect(cell("message", { size: byteLength(0) })).toContain("<i>empty</i>");
  expect(cell("message", { size: byteLength(1), preview: "0" })).not.toContain("<i>");
  expect(cell("message", { size: null, preview: "Blob" })).toContain("<i>Blob</i>");
});

test("the path of a connection is cut in its middle, as siblings differ in the end", () => {
  expect(cell("connection", { url: "wss://h.test/socket/rooms/general/4211" })).toMatch(/>\/socket\/rooms\/gen<\/span><span class="middle-cut-end">eral\/4211</);
});
