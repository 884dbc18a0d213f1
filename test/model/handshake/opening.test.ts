import { describe, expect, it } from "vitest";
import { finding, request, response } from "./findings.ts";

describe("the answer's status", () => {
  it("200 to an HTTP/1.1 upgrade that never opened is a problem", () => {
    const found = finding("Status", { status: 200, statusText: "OK" }, { state: "failed" });
    expect(found).toMatchObject({ verdict: "problem", text: expect.stringContaining('200 "OK"') });
  });
});

describe("Sec-WebSocket-Accept", () => {
  it("that does not follow from the key is a problem, and the right value is shown", () => {
    const wrong = finding("Sec-WebSocket-Accept", response("Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    expect(wrong.verdict).toBe("problem");
    expect(wrong.text).toContain("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  });

  it.each([
    ["problem", response("-Sec-WebSocket-Accept")],
    ["problem", response("Sec-WebSocket-Accept: a", "Sec-WebSocket-Accept: b")],
    ["unknown", { requestHeaders: [] }],
  ] as const)("is a %s where it is missing, double, or cannot be checked", (verdict, handshake) => {
    expect(finding("Sec-WebSocket-Accept", handshake).verdict).toBe(verdict);
  });
});

describe("Sec-WebSocket-Key, Upgrade and version", () => {
  it.each([
    ["Sec-WebSocket-Key", request("Sec-WebSocket-Key: c2hvcnQ=")],
    ["Sec-WebSocket-Key", request("Sec-WebSocket-Key: a", "Sec-WebSocket-Key: b")],
    ["Sec-WebSocket-Key", request("-Sec-WebSocket-Key")],
    ["Upgrade", response("-Upgrade")],
    ["Upgrade", response("Connection: keep-alive")],
    ["Upgrade", request("Upgrade: h2c")],
    ["Sec-WebSocket-Version", request("Sec-WebSocket-Version: 8")],
    ["Sec-WebSocket-Version", request("-Sec-WebSocket-Version")],
  ] as const)("%s is a problem where RFC 6455 is broken", (title, handshake) => {
    expect(finding(title, handshake).verdict).toBe("problem");
  });

  it("take the case and the company that RFC 6455 allows", () => {
    expect(finding("Upgrade", response("Upgrade: WebSocket", "Connection: keep-alive, UPGRADE")).verdict).toBe("ok");
  });
});
