import { expect, it } from "vitest";
import { hostOf, placeOf } from "../../src/model/page-address.ts";

it.each([
  ["https://shop.test/", "shop.test", "shop.test"],
  ["http://user:word@shop.test:8080/cart?token=secret#x", "shop.test:8080", "shop.test:8080/cart"],
  ["file:///home/a.html", "file:", "file:/home/a.html"],
  ["about:blank", "about:", "about:blank"],
  ["chrome-extension://abc/page.html?x", "abc", "chrome-extension://abc/page.html"],
  ["no address", "", ""],
])("%s comes from “%s” and is told apart as “%s”", (url, host, place) => expect([hostOf(url), placeOf(url)]).toEqual([host, place]));
