import { expect, test } from "vitest";
import { combineFilters, readKeptFilters, rememberUsed, saveFilter, toggleSaved } from "../../../src/panel/state/kept-filters.ts";

const trades = { name: "Trades", text: "type:trade OR type:tick", isOn: true };
const slow = { name: "Slow", text: "latency:>100ms", isOn: false };

test("what is in storage is taken as far as it is valid", () => {
  expect(readKeptFilters(undefined, 4)).toEqual({ saved: [], highlights: [], used: [] });
  expect(readKeptFilters({ saved: [trades, { name: 3 }, null, { ...slow, isOn: "yes" }], highlights: ["a", 7, "", "b", "c", "d", "e"], used: "x" }, 4)).toEqual({
    saved: [trades, slow],
    highlights: ["a", "b", "c", "d"],
    used: [],
  });
});

test("a saved filter is on, is named after its text where it has no name, and takes the place of its namesake", () => {
  expect(saveFilter([], " ", "btc")).toEqual([{ name: "btc", text: "btc", isOn: true }]);
  expect(saveFilter([trades, slow], "Slow", "latency:>1s")).toEqual([trades, { name: "Slow", text: "latency:>1s", isOn: true }]);
  expect(toggleSaved([trades, slow], "Slow")).toEqual([trades, { ...slow, isOn: true }]);
});

test.each([
  ["", [], { filter: "", shift: 0 }],
  ["btc", [slow], { filter: "btc", shift: 0 }],
  ["", [trades], { filter: "(type:trade OR type:tick)", shift: 0 }],
  ["a OR b", [trades, slow, { ...slow, isOn: true }], { filter: "(a OR b) (type:trade OR type:tick) (latency:>100ms)", shift: 1 }],
])("the box's “%s” and the saved filters that are on are asked for together", (text, saved, combined) => {
  expect(combineFilters(text, saved)).toEqual(combined);
});

test("filters used are each kept once, the latest first, fifty of them", () => {
  expect(rememberUsed(["a", "b", "c"], "b")).toEqual(["b", "a", "c"]);
  expect(rememberUsed(["a"], "  ")).toEqual(["a"]);
  expect(rememberUsed(Array.from({ length: 50 }, (_, i) => `f${i}`), "new")).toHaveLength(50);
});
