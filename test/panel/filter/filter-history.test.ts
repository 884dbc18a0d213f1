import { expect, test } from "vitest";
import { FilterHistory } from "../../../src/panel/filter/filter-history.ts";

const USED = ["is:sent", "btc", "/a|b/"];

test("goes back through the filters used, and forth to what was typed", () => {
  const history = new FilterHistory();
  expect(history.older(USED, "half ty")).toBe("is:sent");
  expect(history.older(USED, "is:sent")).toBe("btc");
  expect(history.older(USED, "btc")).toBe("/a|b/");
  expect(history.older(USED, "/a|b/")).toBeNull();
  expect(history.newer(USED)).toBe("btc");
  expect(history.newer(USED)).toBe("is:sent");
  expect(history.newer(USED)).toBe("half ty");
  expect(history.isBrowsing).toBe(false);
  expect(history.newer(USED)).toBeNull();
});

test("passes over the filter that is in the box already", () => {
  expect(new FilterHistory().older(USED, "is:sent")).toBe("btc");
  expect(new FilterHistory().older([], "x")).toBeNull();
});

test("begins at the latest again once the user has typed", () => {
  const history = new FilterHistory();
  history.older(USED, "");
  history.older(USED, "is:sent");
  history.typed();
  expect(history.older(USED, "btc!")).toBe("is:sent");
});
