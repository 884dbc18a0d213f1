import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { FrameRow } from "../../../src/engine/contract.ts";
import { byteLength, connectionId, frameIndex, milliseconds } from "../../../src/model/units.ts";
import { cellCondition, pathCondition, pathOf, pathStep } from "../../../src/panel/filter/edit/conditions.ts";
import { parser } from "../../../src/query/grammar/query-parser.ts";

const row = (part: Partial<FrameRow> = {}): FrameRow => ({
  index: frameIndex(0),
  kind: "message",
  direction: "sent",
  connection: connectionId(1),
  time: null,
  sinceStart: milliseconds(0),
  sinceNavigation: null,
  delta: null,
  label: "trade",
  messageKind: "event",
  pair: null,
  preview: "",
  marks: [],
  size: byteLength(212),
  highlight: null,
  pinned: false,
  note: "",
  ...part,
});

test.each([
  ["type", "", row(), "type:trade"],
  ["type", "", row({ label: "order:place" }), "type:order:place"],
  ["type", "", row({ label: "ack 17" }), 'type:"ack 17"'],
  ["type", "", row({ label: "a*b" }), 'type:"a*b"'],
  ["type", "", row({ label: "text", messageKind: null }), "is:text"],
  ["direction", "", row(), "is:sent"],
  ["direction", "", row({ kind: "error", direction: null, size: null }), "is:error"],
  ["size", "", row(), "size:212"],
  ["latency", "", row({ pair: { role: "answer", latency: milliseconds(38.27) } }), "latency:>=38.2ms"],
  ["latency", "", row({ pair: { role: "request", latency: null } }), "is:unanswered"],
  ["message", '"BTC\\"USD"', row(), '"BTC\\"USD"'],
  ["message", "64012.5", row(), '"64012.5"'],
  ["message", "", row({ kind: "pause", direction: null }), "type:paused"],
] as const)("the cell %s with %s says %o", (column, text, of, condition) => expect(cellCondition(of, column, text)).toBe(condition));

test("a value is named by its path and compared as JSON wrote it", () => {
  expect(pathOf([pathStep("array", "0"), pathStep("object", "user name"), pathStep("object", "id")])).toBe('$[0]."user name".id');
  expect(pathCondition(".id", "bigint", "9007199254740993")).toBe(".id = 9007199254740993");
  expect(pathCondition(".s", "string", '"a \\"b\\""')).toBe('.s = "a \\"b\\""');
  expect(pathCondition(".n", "null", "null")).toBe(".n = null");
  expect(pathCondition(".list", "array", null)).toBe(".list");
});

test("whatever a label or a key holds, the condition is one term of the language", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "binary" }), (text) => {
      for (const condition of [cellCondition(row({ label: text }), "type", "") ?? "", pathCondition(pathOf([pathStep("object", text)]), "null", "null")]) {
        const names: string[] = [];
        parser.parse(condition).iterate({ enter: ({ type, node }) => void (node.parent?.name === "Query" && names.push(type.isError ? "wrong" : type.name)) });
        expect(names).toHaveLength(1);
        expect(names[0]).not.toBe("wrong");
      }
    }),
  );
});
