import { expect, test } from "vitest";
import { urlParts } from "../../../src/panel/figures/row-words.ts";
import { splitUrl } from "../../../src/panel/figures/web-socket-url.ts";
import { en, zh } from "../../words/speakers.ts";

test("a URL is split into what the list shows, and one that is none is shown whole", () => {
  expect(splitUrl("wss://feed.example:8443/stream?symbols=all")).toEqual({
    host: "feed.example:8443",
    path: "/stream?symbols=all",
  });
  expect(splitUrl("not a url")).toEqual({ host: "", path: "not a url" });
});

test("a URL that Chrome has not told is words in the language", () => {
  expect(urlParts("", en.words).path).toBe("Unknown URL");
  expect(urlParts("", zh.words).path).toBe("未知网址");
});
