import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/decode/json/json-document.ts";
import type { TreeLine } from "../../src/engine/contract.ts";
import { JsonTree } from "../../src/engine/json-tree.ts";
import { TextLines } from "../../src/engine/text-lines.ts";

function treeOf(value: unknown): JsonTree {
  const read = readJson(typeof value === "string" ? value : JSON.stringify(value));
  if ("problem" in read) throw new Error(read.problem.message);
  return new JsonTree(read.document);
}

const drawn = (lines: readonly TreeLine[]): string[] =>
  lines.map(({ depth, key, text }) => `${"  ".repeat(depth)}${key === null ? "" : `${key}: `}${text}`);

describe("a JSON tree", () => {
  it("opens a small message whole", () => {
    expect(drawn(treeOf({ ok: true, fills: [{ id: 1 }, {}], note: null }).lines(0, 20))).toEqual([
      "{3}",
      "  ok: true",
      "  fills: Array(2)",
      "    0: {1}",
      "      id: 1",
      "    1: {}",
      "  note: null",
    ]);
  });

  it("folds and unfolds one container, or all below it", () => {
    const tree = treeOf({ a: { b: { c: 1 } }, d: 2 });
    expect(tree.toggle(1, false)).toBe(3);
    expect(drawn(tree.lines(0, 9))).toEqual(["{2}", "  a: {b}", "  d: 2"]);
    expect(tree.toggle(1, false)).toBe(5);
    expect(tree.toggle(0, true)).toBe(1);
    expect(tree.toggle(0, false)).toBe(3);
    expect(tree.toggle(1, true)).toBe(5);
  });

  it("gives any range of lines as it gives them all", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(20), fc.nat(20), fc.array(fc.nat(20), { maxLength: 4 }), (json, from, count, toggles) => {
        const tree = treeOf(json);
        for (const line of toggles) tree.toggle(line, line % 2 === 0);
        expect(tree.lines(from, from + count)).toEqual(tree.lines(0, tree.length).slice(from, from + count));
      }),
    );
  });

  it("opens a long array folded below its first level, and numbers its entries to the last", () => {
    const tree = treeOf(Array.from({ length: 50_000 }, (_, i) => ({ i })));
    expect(tree.length).toBe(50_001);
    expect(drawn(tree.lines(50_000, 50_001))).toEqual(["  49999: {i}"]);
  });

  it("tells integers that JavaScript would round from others, and reads times", () => {
    const [, big, time, plain] = treeOf('{"big":9007199254740993,"at":1795174622259,"n":12}').lines(0, 4);
    expect(big).toMatchObject({ kind: "bigint", text: "9007199254740993" });
    expect(time).toMatchObject({ kind: "number", hint: "2026-11-20 11:37:02.259Z" });
    expect(plain).toMatchObject({ kind: "number", hint: null });
  });
});

describe("lines of a text", () => {
  it("give the text back when joined, none longer than asked", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "bc", "\n", "😀", "é"), { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (parts, columns) => {
        const text = parts.join("");
        const lines = new TextLines(text, columns).lines(0, Infinity);
        const joined = lines.map((line, i) => (line.number !== null && i > 0 ? "\n" : "") + line.text).join("");
        expect(joined).toBe(text);
        for (const line of lines) expect(line.text.length).toBeLessThanOrEqual(columns + 1);
        expect(lines.flatMap(({ number }) => number ?? [])).toEqual(text.split("\n").map((_, i) => i + 1));
      }),
    );
  });
});
