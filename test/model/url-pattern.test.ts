import { describe, expect, test } from "vitest";
import { familyName, urlPattern } from "../../src/model/url-pattern.ts";

describe("the pattern of an address", () => {
  test.each([
    ["an id in the path", "wss://h.test/ws/5f3b9c21", "wss://h.test/ws/77ab0143"],
    ["a token in the query", "wss://h.test/ws?v=1&token=5f3b9c", "wss://h.test/ws?v=1&token=77ab01"],
    ["a SockJS session of letters alone, on a server of any number", "wss://h.test/echo/412/abcdefgh/websocket", "wss://h.test/echo/007/k3jd01ax/websocket"],
    ["the count of tries", "wss://h.test/ws?attempt=1", "wss://h.test/ws?attempt=12"],
    ["what stands behind a #", "wss://h.test/ws#a", "wss://h.test/ws#b"],
  ])("leaves out %s", (_, one, other) => expect(urlPattern(one)).toBe(urlPattern(other)));

  test.each([
    ["a room's number", "wss://h.test/room/1", "wss://h.test/room/2"],
    ["a version in the query", "wss://h.test/ws?v=1", "wss://h.test/ws?v=2"],
    ["a name", "wss://h.test/chat", "wss://h.test/feed"],
    ["a host, whatever it is called", "wss://123/a/websocket", "wss://456/a/websocket"],
    ["a room that is called as a session would be", "wss://h.test/412/room-a", "wss://h.test/413/room-a"],
    ["a parameter that ends as a count of tries does", "wss://h.test/ws?entry=1", "wss://h.test/ws?entry=2"],
  ])("keeps %s", (_, one, other) => expect(urlPattern(one)).not.toBe(urlPattern(other)));

  test("names a family with the place that opened it; one without an address is in none", () => {
    const url = "wss://h.test/ws";
    expect(familyName({ targetKey: "page", url })).toBe(familyName({ targetKey: "page", url }));
    expect(familyName({ targetKey: "page", url })).not.toBe(familyName({ targetKey: "worker", url }));
    expect(familyName({ targetKey: "page", url: "" })).toBe("");
  });
});
