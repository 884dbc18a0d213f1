import { expect, it } from "vitest";
import { meets, readUrlPattern } from "../../src/model/network-rule.ts";

const URLS = ["ws://shop.test/feed", "ws://shop.test/feed?x=1", "wss://shop.test:8443/feed/live?x=1", "wss://a.shop.test/", "ws://[::1]:80/feed", "ws://127.0.0.1:3000/socket.io/?EIO=4"];
const metBy = (pattern: string): string[] => URLS.filter((url) => meets({ meets: "pattern", url: pattern }, url));

it.each([
  ["*", URLS],
  ["shop.test", URLS.slice(0, 3)],
  ["*.shop.test", [URLS[3]]],
  ["*shop.test", URLS.slice(0, 4)],
  ["ws://*", [URLS[0], URLS[1], URLS[4], URLS[5]]],
  ["ws://shop.test/feed", [URLS[0]]],
  ["ws://shop.test/feed?*", URLS.slice(0, 2)],
  ["ws://shop.test:80/feed*", URLS.slice(0, 2)],
  ["wss://shop.test:*/feed/*", [URLS[2]]],
  ["*:3000", [URLS[5]]],
  ["[::1]", [URLS[4]]],
  ["127.0.0.1/socket.io/?EIO=*", [URLS[5]]],
  ["SHOP.test/f*d*e", [URLS[2]].slice(1)],
  ["shop.test/f*d*e?x=*", [URLS[2]]],
  ["nowhere.test", []],
])("%s meets what it says", (pattern, met) => {
  expect(metBy(pattern)).toEqual(met);
});

it.each(["", "http://shop.test", "//x", "shop.test:port", "a b", "user@shop.test", "shop.test/#a", "x".repeat(3000)])("%s is no pattern", (text) => {
  expect(readUrlPattern(text)).toBeUndefined();
  expect(metBy(text)).toEqual([]);
});

it("takes no longer on a pattern that is all asterisks", () => {
  const url = `ws://shop.test/${"a".repeat(10_000)}`;
  expect(meets({ meets: "pattern", url: `shop.test/${"a*".repeat(900)}b` }, url)).toBe(false);
});
