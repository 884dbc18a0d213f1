import { expect, test } from "vitest";
import { addressOf, hostOf, isSameAddress } from "../../src/model/alike-addresses.ts";
import { LONGEST_HIDDEN, MOST_HIDDEN, readHidden } from "../../src/model/hidden-address.ts";

test("of what is stored only hidden addresses are read, the latest of them", () => {
  const one = { site: "page.test", pattern: "wss://h/feed" };
  const ofNobody = { site: "", pattern: "wss://h/feed" };
  const long = "a".repeat(LONGEST_HIDDEN + 1);
  expect(readHidden([one, null, 7, "wss://h", { site: "page.test" }, { ...one, pattern: "" }, { ...one, site: long }, { ...one, pattern: long }, ofNobody])).toEqual([one, ofNobody]);
  expect(readHidden([{ ...one, more: true }])).toEqual([one]);
  expect(readHidden({ 0: one })).toEqual([]);
  expect(readHidden(undefined)).toEqual([]);
  const many = Array.from({ length: MOST_HIDDEN + 2 }, (_, i) => ({ site: "page.test", pattern: `wss://h/${"x".repeat(i + 1)}` }));
  expect(readHidden(many)).toEqual(many.slice(2));
});

test("connections are alike by who opens them and by their address without ids and tokens, and what is remembered of a long one can be read again", () => {
  expect(hostOf("https://page.test:8080/shop?x#y")).toBe("page.test:8080");
  expect(hostOf("")).toBe("");
  expect(isSameAddress(addressOf("wss://h/room/4211?token=a1b2", "page.test"), addressOf("wss://h/room/4312?token=c3d4", "page.test"))).toBe(true);
  expect(isSameAddress(addressOf("wss://h/room/4211", "page.test"), addressOf("wss://h/room/4211", "other.test"))).toBe(false);
  expect(isSameAddress(addressOf("wss://h/room/4211", "page.test"), addressOf("wss://h/users/4211", "page.test"))).toBe(false);
  const long = addressOf(`wss://h/${"path/".repeat(200)}`, "page.test");
  expect(readHidden([long])).toEqual([long]);
});
