/* oxlint-disable typescript/unbound-method -- as the agent takes them */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchPatterns } from "../../src/agent/rules/match-patterns.ts";
import type { Natives } from "../../src/agent/rules/take-natives.ts";
import { linearPattern } from "../../src/query/linear-pattern.ts";

const { exec } = RegExp.prototype;
const { indexOf } = String.prototype;
const natives = { apply: Reflect.apply, exec, indexOf, Pattern: RegExp } as unknown as Natives;
const MOST = 10_000_000;

/** What the page finds; undefined: refused. */
function finder(source: string, flags = "", most = MOST): ((text: string) => boolean) | undefined {
  const read = linearPattern(source, flags);
  return "problem" in read ? undefined : matchPatterns(natives, most)(read.value);
}

const atom = fc.constantFrom("a", "b", "A", "é", "😀", ".", "[ab]", "[^a]", "[a-c\\]]", "\\d", "\\w", "\\s", "\\.", "\\n", "\\u0061", "\\x41", "1", " ");
const place = fc.constantFrom("^", "$", "\\b", "\\B");
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    atom,
    place,
    fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => `${one}${other}`),
    fc.tuple(tie("pattern"), tie("pattern")).map(([one, other]) => `(?:${one}|${other})`),
    fc.tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{2}", "{1,}", "{0,2}", "*?")).map(([one, times]) => `(${one})${times}`),
  ),
}));
const text = fc.array(fc.constantFrom("a", "b", "A", "c", "é", "😀", "1", " ", ".", "\n", "]"), { maxLength: 12 }).map((units) => units.join(""));

/**
 * Whether JavaScript's own pattern matches from some character on. Asked of each: without `y`, V8 looks for `\B` between the
 * halves of a pair too, which the standard steps over.
 */
function matchesSomewhere(source: string, flags: string, within: string): boolean {
  const from = new RegExp(source, `${flags}y`);
  for (let at = 0; at <= within.length; at += flags.includes("u") && (within.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) {
    from.lastIndex = at;
    if (from.test(within)) return true;
  }
  return false;
}

describe("a pattern in steps", () => {
  it("finds what JavaScript's own finds", () => {
    fc.assert(
      fc.property(pattern, fc.constantFrom("", "i", "s", "m", "u", "iu", "imsu"), text, (source, flags, within) => {
        const finds = finder(source, flags);
        fc.pre(finds !== undefined);
        expect(finds?.(within), `/${source}/${flags} in ${JSON.stringify(within)}`).toBe(matchesSomewhere(source, flags, within));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["(?<year>\\d{4})-(?<month>\\d\\d)", "u", "on 2031-05", true],
    ["^\\{\"op\":\"(?:buy|sell)\"", "", '{"op":"sell"}', true],
    ["\\p{Lu}{3}", "u", "eurUSD", true],
    ["\\p{Lu}{3}", "u", "eurUsd", false],
    ["k", "iu", "K", true],
    ["^b", "m", "a\nb", true],
    ["", "", "", true],
  ])("/%s/%s in %j: %s", (source, flags, within, isFound) => {
    expect(finder(source, flags)?.(within)).toBe(isFound);
  });

  it.each([
    ["(a)\\1", "", "rules.pattern-part"],
    ["(?=a)b", "", "rules.pattern-part"],
    ["(?<!a)b", "", "rules.pattern-part"],
    ["(?<n>a)\\k<n>", "u", "rules.pattern-part"],
    ["a{1,5000}", "", "rules.pattern-part"],
    ["[\\p{L}--[a]]", "v", "rules.pattern-flags"],
  ])("/%s/%s is refused with its reason", (source, flags, code) => {
    const read = linearPattern(source, flags);
    expect("problem" in read && read.problem.code).toBe(code);
  });

  it("ends on what would keep JavaScript's own for ever, in time that grows with the text alone", () => {
    const finds = finder("^(a+)+$");
    expect([finds?.(`${"a".repeat(20_000)}b`), finds?.("a".repeat(20_000))]).toEqual([false, true]);
  });

  it("says that it was slow past a number of steps, and goes on with the next text", () => {
    const finds = finder("(?:a|b|ab)*c", "", 10_000);
    expect(() => finds?.("ab".repeat(10_000))).toThrow("slow");
    expect(finds?.("abc")).toBe(true);
  });
});
