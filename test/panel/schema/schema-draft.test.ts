import { expect, test } from "vitest";
import { draftOf, EMPTY_RULE, isFirst, rulesFor, rulesOf } from "../../../src/panel/schema/schema-draft.ts";

test("lines that name a type are rules, which ask what is not empty; drafts of them say the same", () => {
  const drafts = [{ ...EMPTY_RULE, type: " shop.Order ", direction: "sent" as const }, EMPTY_RULE, { type: "shop.Trade", direction: "" as const, topic: " trades/* ", first: "1=5 " }];
  const rules = [{ type: "shop.Order", direction: "sent" }, { type: "shop.Trade", topic: "trades/*", first: "1=5" }] as const;
  expect(rulesOf(drafts)).toEqual(rules);
  expect(rulesOf(rules.map(draftOf))).toEqual(rules);
  expect(rulesOf([EMPTY_RULE])).toBeUndefined();
  expect(rulesOf([{ ...EMPTY_RULE, type: "shop.Order", first: "id" }])).toBeUndefined();
  expect([isFirst(""), isFirst("12"), isFirst("1=x"), isFirst("x")]).toEqual([true, true, true, false]);
});

test("a schema of one type is read as that, of several as the user says", () => {
  expect(rulesFor(["a.B"], [EMPTY_RULE])).toEqual([{ ...EMPTY_RULE, type: "a.B" }]);
  expect(rulesFor(["a.B", "a.C"], [EMPTY_RULE])).toEqual([EMPTY_RULE]);
  const said = [{ ...EMPTY_RULE, type: "a.C" }];
  expect(rulesFor(["a.B"], said)).toBe(said);
});
