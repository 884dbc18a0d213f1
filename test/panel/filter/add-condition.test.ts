import { expect, test } from "vitest";
import { addCondition } from "../../../src/panel/filter/edit/add-condition.ts";

test.each([
  ["", "type:trade", false, "type:trade"],
  ["  ", "type:trade", true, "-type:trade"],
  ["btc", "type:trade", false, "btc type:trade"],
  ["btc eth", "type:trade", true, "btc eth -type:trade"],
  // What holds already is not asked for twice, and its opposite gives way.
  ["type:trade", "type:trade", false, "type:trade"],
  ["btc type:trade", "type:trade", false, "btc type:trade"],
  ["-type:trade btc", "type:trade", false, "type:trade btc"],
  ["NOT type:trade AND btc", "type:trade", true, "NOT type:trade AND btc"],
  [".px = 5 btc", ".px = 5", true, "-.px = 5 btc"],
  // All of an either-or stays as it is.
  ["a OR b", "is:sent", false, "(a OR b) is:sent"],
  ["(a OR b) c", "is:sent", false, "(a OR b) c is:sent"],
  // Half typed: what is wrong stays.
  ["btc AND", "is:sent", false, "btc AND is:sent"],
])("“%s” and %s (not: %s) is “%s”", (filter, condition, isNegated, result) => {
  expect(addCondition(filter, condition, isNegated)).toBe(result);
});
