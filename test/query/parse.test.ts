import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuery } from "../../src/query/parse.ts";
import { printQuery } from "../../src/query/print.ts";
import type { QueryProblem } from "../../src/query/query.ts";
import { madeQuery } from "./queries.ts";
import { say } from "../../src/model/said.ts";
import { en } from "../words/speakers.ts";
import { processorTime } from "../processor-time.ts";

function problemOf(text: string): QueryProblem {
  const parsed = parseQuery(text);
  if ("query" in parsed) throw new Error(`${text} is a query: ${printQuery(parsed.query)}`);
  return parsed.problem;
}

/** The text with the problem's place between brackets. */
function marked(text: string): string {
  const { from, to } = problemOf(text);
  return `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`;
}

const printed = (text: string): string => {
  const parsed = parseQuery(text);
  return "query" in parsed ? printQuery(parsed.query) : `problem: ${en.tell(parsed.problem.message)}`;
};

describe("the filter language", () => {
  it("is read back from what is printed as the same query", () => {
    fc.assert(
      fc.property(madeQuery, (query) => {
        expect(parseQuery(printQuery(query))).toEqual({ query });
      }),
      { numRuns: 1500 },
    );
  });

  it("answers any text, and what it reads it prints and reads again", () => {
    const piece = fc.constantFrom("a", " ", "(", ")", '"', "/", "-", "NOT ", "OR", " AND ", ".px", ".", "$", "[", "]", "*", ">", "=", "~", "5", "is:", "sent", "size:", "\\", "é", "😀", "time:", "..", "\t", "±");
    fc.assert(
      fc.property(fc.oneof(fc.array(piece, { maxLength: 20 }).map((parts) => parts.join("")), fc.string({ unit: "binary", maxLength: 40 })), (text) => {
        const parsed = parseQuery(text);
        if ("problem" in parsed) {
          const { from, to, message } = parsed.problem;
          expect(en.tell(message)).not.toBe("");
          expect(from >= 0 && from <= to && to <= text.length).toBe(true);
        } else {
          expect(parseQuery(printQuery(parsed.query))).toEqual(parsed);
        }
      }),
      { numRuns: 2500 },
    );
  });

  it.each(["(".repeat(5000), `${"(".repeat(4000)}a${")".repeat(4000)}`, "-".repeat(9999), "NOT ".repeat(2400), '"'.repeat(9999), "/[".repeat(4999), "a OR ".repeat(1999), ".a".repeat(4999), `.a${"[0]".repeat(3000)}`, "is:".repeat(3000), ")".repeat(9999), "a".repeat(1e6)])(
    "answers a hostile text at once",
    (text) => {
      const spent = processorTime(() => {
        const parsed = parseQuery(text);
        if ("query" in parsed) printQuery(parsed.query);
      });
      expect(spent).toBeLessThan(1000);
    },
  );

  it("joins with AND before OR, and takes parentheses", () => {
    expect(parseQuery("a b OR c")).toEqual(parseQuery("(a AND b) OR c"));
    expect(parseQuery("a (b OR c)")).not.toEqual(parseQuery("a b OR c"));
    expect(parseQuery("NOT a b")).toEqual(parseQuery("(-a) b"));
    expect(printed("((a) (b c))")).toBe("a b c");
    expect(printed("and or not")).toBe("and or not");
  });

  it("nests so deep and no deeper", () => {
    expect(parseQuery(`${"(".repeat(100)}a${")".repeat(100)}`)).toHaveProperty("query");
    expect(problemOf(`${"(".repeat(101)}a${")".repeat(101)}`).message).toEqual(say("query.too-deep", { most: 100 }));
    expect(problemOf("-".repeat(101) + "a").message).toEqual(say("query.too-deep", { most: 100 }));
  });

  it("keeps a word that begins like an operator a word, also behind a path", () => {
    expect(printed("> 5")).toBe('">" 5');
    expect(printed('.px ">" 5')).toBe('.px ">" 5');
  });

  it("keeps a path, a URL and a time of day plain text", () => {
    for (const text of ["/path", "/api/v1/users", "http://x.y/z", "wss://a", "12:30:04", ".5", "...", "a.b", "$5"]) {
      expect(parseQuery(text)).toEqual({ query: { kind: "text", text } });
    }
    expect(parseQuery("/a b/i")).toEqual({ query: { kind: "pattern", source: "a b", flags: "i" } });
    expect(parseQuery("/[/]/")).toEqual({ query: { kind: "pattern", source: "[/]", flags: "" } });
  });

  it("takes an operator with or without spaces, and a bare word as text", () => {
    expect(printed(".px>=5")).toBe(".px >= 5");
    expect(printed(".a == b")).toBe('.a = "b"');
    expect(printed(".a = null b")).toBe(".a = null b");
    expect(printed("$.a[0]..b.*")).toBe(".a[0]..b[*]");
    expect(printed('.a["b c"]')).toBe('.a."b c"');
  });

  it.each([
    ["size:", "[size:]", "Add a value after size:, such as size:>1kb."],
    ["a size: b", "a [size:] b", "Add a value after size:"],
    ["size:>", "size:[>]", "Add a size"],
    ["is:snt", "is:[snt]", "Add one of sent, received"],
    ["typo:bar", "[typo:]bar", 'Unknown field "typo". Did you mean type:?'],
    ["sise:>1", "[sise:]>1", "Did you mean size:?"],
    ["xyzzy:bar", "[xyzzy:]bar", 'Unknown field "xyzzy". To search'],
    ["a (b", "a [(]b", "closing parenthesis"],
    ["a )", "a [)]", "no opening parenthesis"],
    ["()", "[()]", "between the parentheses"],
    ["a OR", "a [OR]", "after OR"],
    ["OR a", "[OR] a", "before OR"],
    ["a -", "a [-]", "after -"],
    ['a "bc', 'a ["bc]', "closing quote"],
    ['""', '[""]', "Add text"],
    ["/a(b/", "[/a(b/]", "Invalid pattern: Unterminated group."],
    ["x /a/gi", "x [/a/gi]", "flag g"],
    [".px >", ".px [>]", 'Add a value after >: a number, "text", true, false or null.'],
    [".px > true", ".px > [true]", "Use > with a number or text"],
    [".px = /a/", ".px = [/a/]", "Use ~ to compare"],
    [".a[", ".a[[]", "between the brackets"],
    [".a/b", ".a[/b]", "Put a key with / in quotes"],
    ["near:x", "near:[x]", "near:#1024±20"],
    ["time:12:30", "time:[12:30]", "Add a time of day"],
  ])("says of %s what was expected, and where", (text, place, message) => {
    expect(marked(text)).toBe(place);
    expect(en.tell(problemOf(text).message)).toContain(message);
  });
});
