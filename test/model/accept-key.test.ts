import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computeAccept, isWellFormedKey } from "../../src/model/accept-key.ts";

describe("Sec-WebSocket-Accept", () => {
  it("is what RFC 6455 §1.3 and a real handshake have", () => {
    expect(computeAccept("dGhlIHNhbXBsZSBub25jZQ==")).toBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    expect(computeAccept("W/kolcgVmU5mUVJi3i4tpA==")).toBe("yjko/QGDLpz4adhGrf0jHwrlnG0=");
    expect(computeAccept("VIV45f6BqTZ4w7O2CZViWw==")).toBe("EHLbGkmTtOZ63u4AfUR5i9BOyzk=");
  });

  it("is what Node's own SHA-1 gives for any key", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (key) => {
        const expected = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
        expect(computeAccept(key)).toBe(expected);
      }),
    );
  });
});

describe("a key", () => {
  it("is well-formed as 16 bytes in base64, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        expect(isWellFormedKey(Buffer.from(bytes).toString("base64"))).toBe(true);
      }),
    );
  });

  it.each([
    "",
    "dGhlIHNhbXBsZSBub25jZQ",
    "dGhlIHNhbXBsZSBub25jZR==",
    "dGhlIHNhbXBsZSBub25j",
    "dGhlIHNhbXBsZSBub25jZQ==\n",
    "dGhlIHNhbXBsZSBub25jZQAA",
    "-_hlIHNhbXBsZSBub25jZQ==",
  ])("is not well-formed as %j", (key) => {
    expect(isWellFormedKey(key)).toBe(false);
  });
});
