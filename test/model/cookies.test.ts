import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCookieDate } from "../../src/model/cookie-date.ts";
import { cookieExpiry, cookieNames, parseCookieHeader, parseSetCookie } from "../../src/model/cookies.ts";
import { epochMilliseconds } from "../../src/model/units.ts";
import { headers } from "./a-connection.ts";

describe("Cookie", () => {
  it("holds pairs, of which a value may hold an equals sign and a name may be missing", () => {
    expect(parseCookieHeader("sid=abc; t=a=b;;  lone ; =x")).toEqual([
      { name: "sid", value: "abc" },
      { name: "t", value: "a=b" },
      { name: "", value: "lone" },
      { name: "", value: "x" },
    ]);
  });
});

describe("Set-Cookie", () => {
  it("is read with all its attributes, whatever their case and order", () => {
    const attributes = [
      "SECURE",
      "path=/a",
      "Domain=.Shop.TEST",
      "HttpOnly",
      "samesite=Lax",
      "Max-Age=60",
      "Expires=Wed, 21 Oct 2015 07:28:00 GMT",
      "Priority=High",
    ];
    expect(parseSetCookie(["id=a=3", ...attributes].join("; "))).toEqual({
      name: "id",
      value: "a=3",
      secure: true,
      httpOnly: true,
      path: "/a",
      domain: "shop.test",
      sameSite: "Lax",
      maxAge: 60,
      expires: Date.UTC(2015, 9, 21, 7, 28),
    });
  });

  it("without attributes has none", () => {
    expect(parseSetCookie("ws1=a")).toEqual({ name: "ws1", value: "a", secure: false, httpOnly: false });
    expect(parseSetCookie("; Secure")).toBeNull();
  });

  it("ends by Max-Age where that stands beside Expires", () => {
    const at = epochMilliseconds(1_000_000);
    const ends = (text: string, setAt: typeof at | null = at): number | undefined => {
      const cookie = parseSetCookie(text);
      return cookie === null ? undefined : cookieExpiry(cookie, setAt ?? undefined);
    };
    expect(ends("a=1; Max-Age=60; Expires=Wed, 21 Oct 2015 07:28:00 GMT")).toBe(1_060_000);
    expect(ends("a=1; Max-Age=0")).toBe(0);
    expect(ends("a=1; Max-Age=60", null)).toBeUndefined();
    expect(ends("a=1; Max-Age=soon; Expires=Wed, 21 Oct 2015 07:28:00 GMT")).toBe(Date.UTC(2015, 9, 21, 7, 28));
    expect(ends(`a=1; Max-Age=${"9".repeat(400)}`)).toBe(Date.UTC(9999, 11, 31));
    expect(ends("a=1")).toBeUndefined();
  });
});

describe("a cookie's date", () => {
  it.each([
    ["Wed, 21 Oct 2015 07:28:00 GMT", Date.UTC(2015, 9, 21, 7, 28)],
    ["Wed, 21-Oct-15 07:28:00 GMT", Date.UTC(2015, 9, 21, 7, 28)],
    ["Wed Oct  7 07:28:09 1998", Date.UTC(1998, 9, 7, 7, 28, 9)],
    ["01 Jan 70 0:0:0", 0],
    ["31 Feb 2020 00:00:00", null],
    ["21 Oct 2015 24:00:00", null],
    ["21 Oct 1600 00:00:00", null],
    ["21 Oct 2015", null],
    ["", null],
  ])("%j is read by RFC 6265", (text, expected) => {
    expect(parseCookieDate(text)).toBe(expected);
  });

  it("is what Date itself writes as UTC", () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1601, 0, 1) / 1000, max: Date.UTC(9999, 0, 1) / 1000 }), (seconds) => {
        expect(parseCookieDate(new Date(seconds * 1000).toUTCString())).toBe(seconds * 1000);
      }),
    );
  });
});

describe("cookie names", () => {
  it("come from both headers, each once, and never show a value", () => {
    const list = [
      ...headers("Cookie: sid=S3CRET; theme=dark; S3CRET", "cookie: sid=S3CRET"),
      { name: "Set-Cookie", value: "a=S3CRET; Path=/\nb=S3CRET" },
    ];
    expect(cookieNames(list)).toEqual(["sid", "theme", "(no name)", "a", "b"]);
  });
});

it("any text is taken as a cookie, a Set-Cookie and a date", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."=; aM-:1/,".split("")) })), (text) => {
      parseCookieHeader(text);
      parseSetCookie(text);
      parseSetCookie(`a=b; Expires=${text}; Max-Age=${text}`);
      parseCookieDate(text);
    }),
  );
});
