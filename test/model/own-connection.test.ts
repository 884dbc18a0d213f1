import { describe, expect, it } from "vitest";
import { compareHeaders, readOwnHeaders, writeOwnHeaders } from "../../src/model/own-connection.ts";

describe("headers of a connection of the user’s own", () => {
  it("are read a line each, with the first that is none, and the first that Chrome does not let be set", () => {
    expect(readOwnHeaders("Authorization: Bearer a:b\r\n\n x-own:1 ")).toEqual({ headers: [{ name: "Authorization", value: "Bearer a:b" }, { name: "x-own", value: "1" }], bad: null, fixed: null });
    expect(readOwnHeaders("a: 1\nno header\nHost: b\nCookie: c")).toEqual({ headers: [{ name: "a", value: "1" }, { name: "Cookie", value: "c" }], bad: 2, fixed: "Host" });
    expect(readOwnHeaders("x: \u0007").bad).toBe(1);
  });

  it("are those of a captured handshake that Chrome would not send by itself, but for masked ones", () => {
    const headers = ["Host: a", "Origin: http://a", "Cookie: s=1", "Sec-WebSocket-Key: k", "User-Agent: u", "Accept-Language: en", "Authorization: Bearer ‹token-1›", "X-Tenant: 7"].map((line) => {
      const [name = "", value = ""] = line.split(": ");
      return { name, value };
    });
    expect(writeOwnHeaders(headers)).toBe("X-Tenant: 7");
  });

  it("are held against those that Chrome tells of: sent as asked for, as Chrome’s own, not at all, or not told of", () => {
    const of = (...lines: string[]) => lines.flatMap((line) => readOwnHeaders(line).headers);
    const asked = of("X-Tenant: blue", "x-two: a", "X-Two: b", "User-Agent: me", "Cookie: sid=evil", "X-Gone: 1", "Authorization: Bearer x", "X-Empty:");
    const sent = of("user-agent: me", "X-TENANT: blue", "X-Two: a, b", "X-Empty: ", "cookie: sid=own");
    expect(compareHeaders(asked, sent)).toEqual({ changed: ["Cookie"], missing: ["X-Gone"], untold: ["Authorization"] });
    expect(compareHeaders(of("Cookie: a=1", "User-Agent: me"), of("User-Agent: Chrome"))).toEqual({ changed: ["User-Agent"], missing: [], untold: ["Cookie"] });
    expect(compareHeaders([], sent)).toEqual({ changed: [], missing: [], untold: [] });
  });
});
