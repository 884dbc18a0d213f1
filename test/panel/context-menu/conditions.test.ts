import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonKind } from "../../../src/contract/inspect.ts";
import { connectionId, milliseconds } from "../../../src/model/units.ts";
import { cellCondition, valueCondition } from "../../../src/panel/context-menu/conditions.ts";
import { parseQuery } from "../../../src/query/parse.ts";
import { printQuery } from "../../../src/query/print.ts";
import { aFrameRow as row } from "../a-frame-row.ts";

test.each([
  ["type", "", row(), "type:trade"],
  ["type", "", row({ label: "order:place" }), "type:order:place"],
  ["type", "", row({ label: "ack 17" }), 'type:"ack 17"'],
  ["type", "", row({ label: "a*b" }), 'type:"a*b"'],
  ["type", "", row({ label: "text", messageKind: null }), "is:text"],
  ["direction", "", row(), "is:sent"],
  ["direction", "", row({ kind: "error", direction: null, size: null }), "is:error"],
  ["size", "", row(), "size:212"],
  ["connection", "", row({ connection: connectionId(3) }), "conn:3"],
  ["connection", "", row({ connection: connectionId(0), kind: "navigation", direction: null }), "is:navigation"],
  ["latency", "", row({ pair: { role: "answer", latency: milliseconds(38.27) } }), "latency:>=38.2ms"],
  ["latency", "", row({ pair: { role: "request", latency: null } }), "is:unanswered"],
  ["message", '"BTC\\"USD"', row(), '"BTC\\"USD"'],
  ["message", "64012.5", row(), "64012.5"],
  ["message", "", row({ kind: "pause", direction: null }), "type:paused"],
  [".px", "", row({ cells: { ".px": { kind: "number", text: "64012.50", json: "64012.50" } } }), ".px = 64012.50"],
  [".user.name", "", row({ cells: { ".user.name": { kind: "string", text: "ann", json: '"ann"' } } }), '.user.name = "ann"'],
  [".items", "", row({ cells: { ".items": { kind: "array", text: "[1]", json: null } } }), ".items"],
  [".px", "", row(), "type:trade"],
] as const)("the cell %s with %s says %o", (column, text, of, condition) => expect(printQuery(cellCondition(of, column, text))).toBe(condition));

test("a value is compared as JSON wrote it; a container only has to be there", () => {
  const path = [{ kind: "index", index: 0, deep: false }, { kind: "key", key: "user name", deep: false }] as const;
  const shown = (kind: JsonKind, json: string | null) => printQuery(valueCondition(path, kind, json));
  expect(shown("bigint", "9007199254740993")).toBe('$[0]."user name" = 9007199254740993');
  for (const number of ["0.12345678901234567890", "1e400", "-0"]) expect(shown("number", number)).toBe(`$[0]."user name" = ${number}`);
  expect(shown("number", '"NaN"')).toBe('$[0]."user name"');
  expect(shown("bytes", '{"$bytes":"AQ==","length":1}')).toBe('$[0]."user name"');
  expect(shown("string", '"a \\"b\\""')).toBe('$[0]."user name" = "a \\"b\\""');
  expect(shown("null", "null")).toBe('$[0]."user name" = null');
  expect(shown("array", null)).toBe('$[0]."user name"');
});

test("whatever a label or a text holds, the condition reads as what was meant", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "binary" }), (text) => {
      for (const condition of [cellCondition(row({ label: text }), "type", ""), cellCondition(row(), "message", text)]) {
        const parsed = parseQuery(printQuery(condition));
        expect("query" in parsed && printQuery(parsed.query)).toBe(printQuery(condition));
      }
    }),
  );
});
