import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addCondition, fieldCondition, pathCondition, putField } from "../../src/query/edit.ts";
import { parseQuery } from "../../src/query/parse.ts";
import { printQuery } from "../../src/query/print.ts";
import type { Query } from "../../src/query/query.ts";
import { madeQuery } from "./queries.ts";

const SENT = fieldCondition("is", "sent");
const queryOf = (text: string): Query | undefined => {
  const parsed = parseQuery(text);
  return "query" in parsed ? parsed.query : undefined;
};

describe("“Only this” and “Not this”", () => {
  it("add a condition to what was typed", () => {
    expect(addCondition("", SENT, false)).toBe("is:sent");
    expect(addCondition("", SENT, true)).toBe("-is:sent");
    expect(addCondition("btc  AND eth ", SENT, false)).toBe("btc  AND eth is:sent");
    expect(addCondition("btc  OR eth", SENT, true)).toBe("(btc  OR eth) -is:sent");
  });

  it("do not add what is there, and replace its opposite", () => {
    expect(addCondition("btc is:sent", SENT, false)).toBe("btc is:sent");
    expect(addCondition("btc is:sent eth", SENT, true)).toBe("btc -is:sent eth");
    expect(addCondition("-is:sent", SENT, false)).toBe("is:sent");
  });

  it("leave a filter behind that was none", () => {
    expect(addCondition("(btc", SENT, false)).toBe("is:sent");
  });

  it("mean just the value that was pointed at", () => {
    for (const value of ["trade", "order placed", "a*b", ">5", "1..2", "", 'q"\\', "/x/"]) {
      const condition = fieldCondition("type", value);
      expect(queryOf(printQuery(condition))).toEqual(condition);
      if (/[*>\s"/]|^$|\.\./.test(value)) expect(condition.value.kind).toBe("quoted");
    }
    const path = [{ kind: "key", key: "a b", deep: false }, { kind: "index", index: 0, deep: false }] as const;
    expect(printQuery(pathCondition(path, { kind: "string", text: "x" }))).toBe('."a b"[0] = "x"');
    expect(printQuery(pathCondition(path, { kind: "number", text: "12345678901234567890" }))).toBe('."a b"[0] = 12345678901234567890');
    expect(printQuery(pathCondition(path, { kind: "literal", value: null }))).toBe('."a b"[0] = null');
    expect(printQuery(pathCondition(path, undefined))).toBe('."a b"[0]');
  });

  it("put one value of a field in the place of all others, and take it away again", () => {
    expect(putField("", "time", "1s..2s")).toBe("time:1s..2s");
    expect(putField("btc  OR eth", "time", "1s..2s")).toBe("(btc  OR eth) time:1s..2s");
    expect(putField("time:1s..2s btc time:>3s", "time", "4s..5s")).toBe("time:4s..5s btc");
    expect(putField("btc time:1s..2s", "time", null)).toBe("btc");
    expect(putField("btc  eth", "time", null)).toBe("btc  eth");
    // What stands beside an alternative is no condition of the whole.
    expect(putField("btc OR time:1s..2s", "time", null)).toBe("btc OR time:1s..2s");
  });

  it("make a filter of all that was there and the condition", () => {
    fc.assert(
      fc.property(madeQuery, madeQuery, fc.boolean(), (before, condition, isNegated) => {
        const after = queryOf(addCondition(printQuery(before), condition, isNegated));
        expect(after).toBeDefined();
        const again = addCondition(printQuery(after as Query), condition, isNegated);
        // A condition of several parts joined by AND is added part by part, so it is not found as one.
        if (condition.kind !== "and" && condition.kind !== "not") expect(queryOf(again)).toEqual(after);
      }),
    );
  });
});
