import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TextStep } from "../../src/contract/inspect.ts";
import { TextLines } from "../../src/engine/text-lines.ts";

const JSON_TEXT = '{\r\n  "list": [\r\n    "one two",\r\n    2\r\n  ],\r\n  "b": "😀x"\r\n}';

const character = (backwards: boolean): TextStep => ({ by: "character", backwards });

/** The places that a step leads to, again and again, until it leads nowhere else. */
function walk(lines: TextLines, from: number, step: TextStep): number[] {
  const places = [from];
  for (;;) {
    const { at } = lines.step(places.at(-1) ?? 0, step);
    if (at === places.at(-1)) return places;
    places.push(at);
  }
}

describe("a step in a text", () => {
  it("goes by characters, never between the two halves of one, and by words", () => {
    const lines = new TextLines("a😀 two-3\r\nb", 80);
    expect(walk(lines, 0, character(false))).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9, 11, 12]);
    expect(walk(lines, 12, character(true))).toEqual([12, 11, 9, 8, 7, 6, 5, 4, 3, 1, 0]);
    expect(walk(lines, 0, { by: "word", backwards: false })).toEqual([0, 1, 3, 7, 8, 9, 12]);
    expect(walk(lines, 12, { by: "word", backwards: true })).toEqual([12, 11, 8, 7, 4, 1, 0]);
  });

  it("goes by rows, to a column as far as a row has it, and past the first and the last to the ends", () => {
    const lines = new TextLines("long line\nx\nanother", 80);
    const down = lines.step(5, { by: "row", rows: 1, column: 5 });
    expect(down).toEqual({ at: 11, line: 1, from: 1 });
    expect(lines.step(down.at, { by: "row", rows: 1, column: 5 })).toEqual({ at: 17, line: 2, from: 5 });
    expect(lines.step(17, { by: "row", rows: 9, column: 5 })).toEqual({ at: 19, line: 2, from: 7 });
    expect(lines.step(5, { by: "row", rows: -1, column: 5 })).toEqual({ at: 0, line: 0, from: 0 });
  });

  it("goes to the ends of a row, of the line that goes on in others, and of the text", () => {
    const lines = new TextLines("one two three\r\nfour", 8);
    expect(lines.lines(0, 9).map(({ at, text }) => [at, text])).toEqual([[0, "one two "], [8, "three"], [15, "four"]]);
    const to = (of: "row" | "line" | "text" | "all", isEnd: boolean): number => lines.step(9, { by: "edge", of, isEnd }).at;
    expect([to("row", false), to("row", true), to("line", false), to("line", true), to("text", false), to("text", true), to("all", false), to("all", true)]).toEqual([8, 13, 0, 13, 0, 19, 0, 19]);
    // The place behind a row's last character is the next row's.
    expect(lines.step(2, { by: "edge", of: "row", isEnd: true })).toEqual({ at: 7, line: 0, from: 7 });
  });

  it("leads over what is folded away", () => {
    const lines = new TextLines(JSON_TEXT, 80);
    lines.fold(1, false);
    expect(lines.lines(0, 9).map(({ text }) => text)).toEqual(["{", '  "list": [', "  ],", '  "b": "😀x"', "}"]);
    const end = JSON_TEXT.indexOf("[") + 1;
    const behind = JSON_TEXT.indexOf("  ],");
    expect(lines.step(end, character(false))).toEqual({ at: behind, line: 2, from: 0 });
    expect(lines.step(behind, character(true))).toEqual({ at: end, line: 1, from: 11 });
    expect(lines.step(end, { by: "row", rows: 1, column: 1 })).toEqual({ at: behind + 1, line: 2, from: 1 });
    // Who copies copies what is there.
    expect(lines.between(end, behind)).toBe('\r\n    "one two",\r\n    2\r\n');
  });

  it("ends on what is on view where the text's end is folded away, and reaches all of it for who selects that", () => {
    const lines = new TextLines("a: 1\nb:\n  c\n  d", 80);
    lines.fold(1, false);
    expect(lines.step(0, { by: "edge", of: "text", isEnd: true })).toEqual({ at: 7, line: 1, from: 2 });
    const all = lines.step(0, { by: "edge", of: "all", isEnd: true });
    expect(all).toEqual({ at: 15, line: 1, from: 2 });
    // From there, as from what was folded over a cursor.
    expect((["row", "line"] as const).map((of) => [false, true].map((isEnd) => lines.step(all.at, { by: "edge", of, isEnd }).at))).toEqual([[5, 7], [5, 7]]);
  });

  it("is on a line that is on view, wherever it begins, whatever is folded, at any width", () => {
    const line = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom("x", "word word", "a 😀 b")).map(([depth, text]) => " ".repeat(depth) + text);
    const step = fc.oneof(
      fc.record({ by: fc.constantFrom("character" as const, "word" as const), backwards: fc.boolean() }),
      fc.record({ by: fc.constant("row" as const), rows: fc.integer({ min: -5, max: 5 }), column: fc.nat({ max: 12 }) }),
      fc.record({ by: fc.constant("edge" as const), of: fc.constantFrom("row" as const, "line" as const, "text" as const, "all" as const), isEnd: fc.boolean() }),
    );
    const fold = fc.record({ fold: fc.nat({ max: 20 }) });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), fc.constantFrom("\n", "\r\n"), fc.integer({ min: 4, max: 30 }), fc.array(fc.oneof({ arbitrary: step, weight: 2 }, fold), { maxLength: 30 }), (all, feed, columns, done) => {
        const lines = new TextLines(all.join(feed), columns);
        let at = 0;
        for (const one of done) {
          if ("fold" in one) {
            if (typeof lines.lines(one.fold, one.fold + 1)[0]?.hidden === "number") lines.fold(one.fold, false);
            continue;
          }
          const spot = lines.step(at, one);
          const [shown] = lines.lines(spot.line, spot.line + 1);
          if (one.by === "edge" && one.of === "all") expect(spot.at).toBe(one.isEnd ? all.join(feed).length : 0);
          else expect((shown?.at ?? -1) + spot.from).toBe(spot.at);
          expect(spot.from).toBeLessThanOrEqual(shown?.text.length ?? -1);
          ({ at } = spot);
        }
      }),
      { numRuns: 200 },
    );
  });
});
