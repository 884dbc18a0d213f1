import { describe, expect, it } from "vitest";
import { explainHandshake } from "../../../src/model/handshake.ts";
import { aConnection } from "../a-connection.ts";
import { finding, findings, request, response, verdicts, type Finding } from "./findings.ts";

function from(origin: string, cookie: string | null = "sid=S3CRET"): Finding {
  const asked = request(`Origin: ${origin}`, cookie === null ? "-Cookie" : `Cookie: ${cookie}`);
  return finding("Origin", asked, { url: "wss://ws.shop.test/feed" });
}

function encryption(url: string, origin: string): string {
  const { verdict, text } = finding("Encryption", request(`Origin: ${origin}`), { url });
  return text.includes("on this computer") ? `${verdict}, local` : verdict;
}

describe("security", () => {
  it("a cross-site origin with cookies warns of hijacking, and without cookies does not", () => {
    expect(from("https://evil.example")).toMatchObject({ verdict: "note", text: expect.stringContaining("cross-site WebSocket hijacking") });
    expect(from("https://evil.example").text).toContain("another site");
    expect(from("https://evil.example", null).text).toContain("No cookie was sent");
  });

  it.each([
    ["https://ws.shop.test", "ok", "own host"],
    ["https://WS.SHOP.TEST:443", "ok", "own host"],
    ["https://ws.shop.test:8443", "ok", "another port or scheme"],
    ["https://www.shop.test", "note", "perhaps of the same site"],
    ["https://127.0.0.1", "note", "another site"],
    ["https://blog.test", "note", "another site"],
    ["null", "note", "opaque"],
    ["chrome-extension://abcdef", "note", "extension"],
    ["not an origin", "unknown", "cannot be compared"],
  ])("the origin %j is %s", (origin, verdict, words) => {
    expect(from(origin)).toMatchObject({ verdict, text: expect.stringContaining(words) });
  });

  it("says what ws:// means: here, on the way, and beside a secure page", () => {
    expect(encryption("wss://shop.test/", "https://shop.test")).toBe("ok");
    expect(encryption("ws://localhost:1/", "https://shop.test")).toBe("note, local");
    expect(encryption("ws://127.3.2.1/", "http://shop.test")).toBe("note, local");
    expect(encryption("ws://[::1]/", "http://shop.test")).toBe("note, local");
    expect(encryption("ws://shop.test/", "http://shop.test")).toBe("note");
    expect(encryption("ws://shop.test/", "https://shop.test")).toBe("problem");
    expect(encryption("ws://127.0.0.1.evil.example/", "http://shop.test")).toBe("note");
  });

  it("cookies that were sent are no point that is met: it is the server that must check Origin", () => {
    const sent = aConnection({ url: "wss://shop.test/" }, request("Cookie: sid=1", "Origin: https://shop.test"));
    expect(verdicts(sent)).toContain("Cookies: note");
  });

  it("cookies, credentials and tokens are told by name, never by value", () => {
    const connection = aConnection(
      { url: "ws://bob:S3CRET@shop.test/?access_token=S3CRET&room=S3CRET" },
      {
        ...request("Cookie: sid=S3CRET; S3CRET", "Authorization: Bearer S3CRET"),
        ...response("Set-Cookie: ws1=S3CRET; Path=/S3CRET"),
      },
    );
    const all = JSON.stringify(findings(connection)) + JSON.stringify(explainHandshake(connection));
    expect(all).not.toContain("S3CRET");
    for (const name of ["sid", "ws1", "Bearer", "access_token", "user name or password"]) expect(all).toContain(name);
  });
});
