import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompareLine } from "../../../src/contract/compare.ts";
import { readJson } from "../../../src/decode/json/read-json.ts";
import { compareBytes } from "../../../src/engine/compare/compare-bytes.ts";
import { compareText } from "../../../src/engine/compare/compare-text.ts";
import { differenceText, type ComparedSides } from "../../../src/engine/compare/difference-text.ts";
import { compareValues } from "../../../src/engine/compare/compare-values.ts";
import type { Difference } from "../../../src/engine/compare/difference.ts";
import { Refusal } from "../../../src/model/refusal.ts";
import { frameIndex } from "../../../src/model/units.ts";
import { matchSequences, NO_PARTNER } from "../../../src/engine/compare/match-sequences.ts";

function finish<Result>(work: Generator<number, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

function documentOf(text: string) {
  const { document } = readJson(new TextEncoder().encode(text));
  if (document === undefined) throw new Error(`${text} is no JSON.`);
  return document;
}

const values = (before: string, after: string): Difference => finish(compareValues(documentOf(before), documentOf(after)));

/** All lines, with what is equal unfolded where it was left out. */
function allLines(difference: Difference, unfoldsEqual = false): CompareLine[] {
  for (let line = 0; line < difference.length; line++) {
    const { state, children, expanded } = difference.lines(line, line + 1)[0] as CompareLine;
    if (!expanded && children > 0 && (state === "fold" || unfoldsEqual)) difference.toggle(line);
  }
  return difference.lines(0, difference.length).filter(({ state }) => state !== "fold");
}

const SIGNS = { same: " ", removed: "-", added: "+", inside: " ", fold: "…" } as const;
const drawn = (difference: Difference): string[] => difference.lines(0, 100).map(({ state, depth, key, text }) => `${SIGNS[state]} ${"  ".repeat(depth)}${key === null ? "" : `${key}: `}${text}`);

describe("matching two lists", () => {
  it("finds the longest common sequence of short ones", () => {
    const few = fc.array(fc.nat(4), { maxLength: 12 });
    fc.assert(
      fc.property(few, few, (a, b) => {
        const partners = [...matchSequences(Uint32Array.from(a), Uint32Array.from(b))];
        const matched = partners.filter((partner) => partner !== NO_PARTNER);
        expect(matched).toEqual(matched.toSorted((x, y) => x - y));
        expect(new Set(matched).size).toBe(matched.length);
        partners.forEach((partner, j) => expect(partner === NO_PARTNER || a[partner] === b[j]).toBe(true));
        const lengthOf = (i: number, j: number): number => (i === a.length || j === b.length ? 0 : a[i] === b[j] ? 1 + lengthOf(i + 1, j + 1) : Math.max(lengthOf(i + 1, j), lengthOf(i, j + 1)));
        expect(matched.length).toBe(lengthOf(0, 0));
      }),
      { numRuns: 100 },
    );
  });

  it("finds what stayed of long ones, of which every third was changed", () => {
    const a = Uint32Array.from({ length: 30_000 }, (_, i) => i);
    const b = a.map((value, i) => (i % 3 === 0 ? 1_000_000 + i : value));
    const partners = matchSequences(a, b);
    expect(partners.filter((partner, j) => partner === j).length).toBe(20_000);
  });
});

describe("the difference of two values", () => {
  it("is looked for in pieces: each pass over a long list is one, beside the numbering", () => {
    const list = (last: number) => documentOf(JSON.stringify(Array.from({ length: 5_000 }, (_, i) => ({ id: i, px: i === 4_999 ? last : i }))));
    const shares = Array.from(compareValues(list(1), list(2)));
    const numbered = shares.indexOf(1);
    expect(numbered).toBeGreaterThan(4);
    expect(shares.length - 1 - numbered).toBeGreaterThanOrEqual(2);
  });

  it("stands in the place of what was changed, with what stayed around it", () => {
    expect(drawn(values('{"type":3,"invocationId":"6","headers":{"a":1,"b":2},"result":{"ok":true,"orderId":"9c20"}}', '{"type":3,"invocationId":"8","headers":{"b":2,"a":1},"result":{"ok":true,"orderId":"a71f","fills":[1,2]}}'))).toEqual([
      "  {4}",
      "    type: 3",
      '-   invocationId: "6"',
      '+   invocationId: "8"',
      "    headers: {2}",
      "    result: {3}",
      "      ok: true",
      '-     orderId: "9c20"',
      '+     orderId: "a71f"',
      "+     fills: Array(2)",
    ]);
  });

  it("matches entries of a list by what they are known by, else by what is the same", () => {
    expect(drawn(values('[{"id":1,"q":1},{"id":2,"q":2},{"id":3,"q":3}]', '[{"id":3,"q":3},{"id":1,"q":9},{"id":4,"q":4}]'))).toEqual([
      "  Array(3)",
      "-   1: {2}",
      "    0: {2}",
      "    1: {2}",
      "      id: 1",
      "-     q: 1",
      "+     q: 9",
      "+   2: {2}",
    ]);
    expect(drawn(values("[1,2,3,4]", "[1,3,5,4,6]"))).toEqual(["  Array(5)", "    0: 1", "-   1: 2", "    1: 3", "+   2: 5", "    3: 4", "+   4: 6"]);
  });

  it("tells integers apart that JavaScript cannot", () => {
    expect(values('{"id":9007199254740993}', '{"id":9007199254740992}').changes).toBe(1);
    expect(values('{"id":9007199254740993}', '{"id":9007199254740993}').changes).toBe(0);
  });

  it("tells apart what only looks alike: a key that comes twice, a text of digits, __proto__", () => {
    expect(values('{"a":1,"a":2}', '{"a":2,"a":1}').changes).toBe(2);
    expect(values('{"a":1}', '{"a":"1"}').changes).toBe(1);
    expect(values('{"__proto__":1}', "{}").changes).toBe(1);
    expect(values('{"a":"\\u0041"}', '{"a":"A"}').changes).toBe(0);
  });

  it("compares several values in one message, and 10,000 levels", () => {
    expect(values('{"a":1} {"b":2}', '{"a":1} {"b":3}').changes).toBe(1);
    const deep = (inner: string): string => "[".repeat(10_000) + inner + "]".repeat(10_000);
    expect(values(deep("1"), deep("2")).changes).toBe(1);
  });

  const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value));

  it("is nothing where two values are equal, in whatever order their keys", () => {
    const turned = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(turned) : typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).toReversed().map(([key, part]) => [key, turned(part)])) : value;
    fc.assert(
      fc.property(json, (text) => {
        const other = JSON.stringify(turned(JSON.parse(text)));
        expect(values(text, other).changes).toBe(0);
      }),
    );
  });

  it("holds each scalar of both, once", () => {
    const scalars = (value: unknown): number => (typeof value === "object" && value !== null ? Object.values(value).reduce((sum: number, part) => sum + scalars(part), 0) : 1);
    fc.assert(
      fc.property(json, json, (before, after) => {
        const lines = allLines(values(before, after), true).filter(({ kind }) => kind !== "object" && kind !== "array");
        expect(lines.filter(({ state }) => state !== "added").length).toBe(scalars(JSON.parse(before)));
        expect(lines.filter(({ state }) => state !== "removed").length).toBe(scalars(JSON.parse(after)));
      }),
    );
  });

  it("shows of two long texts what is around the place where they differ", () => {
    const text = (middle: string): string => JSON.stringify("a".repeat(5_000) + middle + "b".repeat(5_000));
    const [line] = values(text("X"), text("Y")).lines(0, 1);
    expect(line?.text).toContain("aXb");
    expect(line?.text.slice(line.differs?.from, line.differs?.to)).toBe("X");
  });
});

describe("the difference of two texts", () => {
  it("has all lines of both, in their order", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "", "dd"), { maxLength: 60 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = allLines(finish(compareText(before, after)));
        const of = (without: string): string => lines.filter(({ state }) => state !== without).map((line) => line.text).join("\n");
        expect(of("added")).toBe(before);
        expect(of("removed")).toBe(after);
      }),
    );
  });

  it("shows of two long lines what is around the place where they differ, from near before it on", () => {
    const [, line] = finish(compareText(`${"a".repeat(5_000)}X${"b".repeat(5_000)}`, `${"a".repeat(5_000)}Y${"b".repeat(5_000)}`)).lines(0, 2);
    expect(line?.text.slice(line.differs?.from, line.differs?.to)).toBe("Y");
    expect(line?.differs?.from).toBeLessThan(30);
  });

  it("leaves out what is equal far from a change", () => {
    const text = (middle: string): string => [...Array.from({ length: 40 }, (_, i) => `line ${i}`), middle, ...Array.from({ length: 40 }, (_, i) => `more ${i}`)].join("\n");
    const difference = finish(compareText(text("old"), text("new")));
    expect(difference.changes).toBe(1);
    expect(difference.lines(0, 20).map(({ state, text: line, children }) => (state === "fold" ? children : line))).toEqual([37, "line 37", "line 38", "line 39", "old", "new", "more 0", "more 1", "more 2", 37]);
    expect(difference.nextChange(-1, false)).toBe(4);
  });
});

describe("a difference of texts as a unified diff", () => {
  const sides: ComparedSides = { as: "text", before: { frame: frameIndex(0), message: 0, label: "a" }, after: { frame: frameIndex(1), message: 0, label: "b" } };

  /** What `patch` makes of a text: each hunk stands where it says, and what it says is there. */
  function patched(text: string, diff: string): string {
    const [from, to] = [text.split("\n"), [] as string[]];
    let at = 0;
    for (const line of diff.split("\n").slice(2, -1)) {
      const hunk = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@$/.exec(line);
      if (hunk !== null) {
        const [, start, count, into, made] = hunk.map(Number) as [number, number, number, number, number];
        while (at < (count === 0 ? start : start - 1)) to.push(from[at++] as string);
        expect(to.length).toBe(made === 0 ? into : into - 1);
        continue;
      }
      if (!line.startsWith("+")) expect(line.slice(1)).toBe(from[at++]);
      if (!line.startsWith("-")) to.push(line.slice(1));
    }
    return [...to, ...from.slice(at)].join("\n");
  }

  it("makes of the one text the other", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "", "dd"), { maxLength: 60 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(patched(before, finish(differenceText(finish(compareText(before, after)), sides)))).toBe(after);
      }),
    );
  });

  it("is refused where it would be too long, and not made first", () => {
    const long = finish(compareText("", Array.from({ length: 100 }, (_, i) => String(i)).join("\n")));
    expect(() => finish(differenceText(long, sides, 50))).toThrow(Refusal);
  });
});

describe("the difference of two byte strings", () => {
  it("has all bytes of both, in their order", () => {
    const bytes = fc.uint8Array({ maxLength: 80 });
    fc.assert(
      fc.property(bytes, bytes, bytes, bytes, (head, a, b, tail) => {
        const [before, after] = [Uint8Array.from([...head, ...a, ...tail]), Uint8Array.from([...head, ...b, ...tail])];
        const lines = allLines(finish(compareBytes(before, after)));
        const of = (without: string): string => lines.filter(({ state }) => state !== without).map(({ text }) => text.slice(0, 24).replaceAll(" ", "")).join("");
        expect(of("added")).toBe(Buffer.from(before).toString("hex"));
        expect(of("removed")).toBe(Buffer.from(after).toString("hex"));
      }),
    );
  });

  it("goes on behind bytes that were put in", () => {
    const before = Uint8Array.from({ length: 64 }, (_, i) => i);
    const after = Uint8Array.from([...before.subarray(0, 30), 200, 201, ...before.subarray(30)]);
    const difference = finish(compareBytes(before, after));
    expect(difference.changes).toBe(1);
    expect(difference.lines(0, 50).filter(({ state }) => state === "added").map(({ key, text }) => `${key ?? ""} ${text.slice(0, 5)}`)).toEqual(["0000001e c8 c9"]);
  });
});
