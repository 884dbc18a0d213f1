import { expect, test } from "vitest";
import type { JsonKind, TreeLine } from "../../../src/contract/inspect.ts";
import { printPath } from "../../../src/query/path.ts";
import { findPath, wholeValue } from "../../../src/panel/inspector/tree-path.ts";

const line = (depth: number, key: string | null, kind: JsonKind, text = ""): TreeLine => ({
  depth,
  key,
  isOddKey: false,
  kind,
  text,
  hint: null,
  look: null,
  size: null,
  children: 0,
  expanded: true,
  isInner: false,
});

const LINES = [
  line(0, null, "array"),
  line(1, "0", "object"),
  line(2, "ok", "boolean"),
  line(2, "line items", "array"),
  line(3, "0", "object"),
  line(4, "px", "number"),
  line(3, "1", "object"),
  line(4, "px", "number"),
];
const ask = (from: number, to: number) => Promise.resolve(LINES.slice(from, to));

test("a node's path is that of the filter language", async () => {
  expect(printPath(await findPath(ask, 7))).toBe('$[0]."line items"[1].px');
  expect(printPath(await findPath(ask, 2))).toBe("$[0].ok");
  expect(await findPath(ask, 0)).toEqual([]);
});

test("a value that was cut is no value to compare with", () => {
  expect(wholeValue({ kind: "string", text: '"whole \\" text"' })).toBe('"whole \\" text"');
  expect(wholeValue({ kind: "string", text: '"cut here …' })).toBeNull();
  expect(wholeValue({ kind: "string", text: '"…"' })).toBe('"…"');
  expect(wholeValue({ kind: "bigint", text: "1234567890…" })).toBeNull();
  expect(wholeValue({ kind: "object", text: "{a, b}" })).toBeNull();
  expect(wholeValue({ kind: "bigint", text: "9007199254740993" })).toBe("9007199254740993");
});
