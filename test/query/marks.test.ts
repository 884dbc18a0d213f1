import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMarker } from "../../src/query/marks.ts";
import { parseQuery } from "../../src/query/parse.ts";
import { madeQuery } from "./queries.ts";

function marker(filter: string) {
  const parsed = parseQuery(filter);
  if ("problem" in parsed) throw new Error(parsed.problem.message.code);
  return createMarker(parsed.query);
}

describe("marks", () => {
  it("are the words, texts and patterns that were looked for", () => {
    expect(marker("btc").marks("BTC and btc")).toEqual([0, 3, 8, 11]);
    expect(marker("/x*/").marks("axxb")).toEqual([1, 3]);
    expect(marker('"a b" OR c').marks("c a b")).toEqual([0, 1, 2, 5]);
    expect(marker('.user.name = "ann"').marks('{"name":"ann"}')).toEqual([9, 12]);
    expect(marker("is:sent").marks("sent")).toEqual([]);
    expect(marker("").marks("abc")).toEqual([]);
  });

  it("are not what was left out", () => {
    expect(marker("a -b").marks("ab")).toEqual([0, 1]);
    expect(marker("-(a -b)").marks("ab")).toEqual([1, 2]);
  });

  it("are joined where they overlap", () => {
    expect(marker("abc bcd x").marks("abcd x")).toEqual([0, 4, 5, 6]);
  });

  it("tell whether they run a pattern of the user's", () => {
    expect(marker("a .b ~ /x/").hasPatterns).toBe(false);
    expect(marker("a -/x/").hasPatterns).toBe(false);
    expect(marker("a /x/").hasPatterns).toBe(true);
  });

  it("rise, do not overlap, and are at most 50 whatever is asked", () => {
    expect(marker("a").marks("a b ".repeat(1000)).length).toBe(100);
    fc.assert(
      fc.property(madeQuery, fc.string({ unit: fc.constantFrom("a", "p", "x", "px", "k", "😀", " ", "b") }), (query, text) => {
        const marks = createMarker(query).marks(text);
        expect(marks.length % 2).toBe(0);
        marks.forEach((mark, i) => expect(mark).toBeGreaterThan(marks[i - 1] ?? -1));
        expect(marks.at(-1) ?? 0).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
