import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeHead, decodeStrictUtf8, utf8Length } from "../../src/decode/utf8-text.ts";
import { bytesOf } from "./messages.ts";

it("a head is the text's beginning, less a character that is cut in two", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 4, max: 50 }), (text, atMost) => {
      const head = decodeHead(bytesOf(text), atMost);
      expect(text.startsWith(head)).toBe(true);
      expect(bytesOf(head).length).toBeGreaterThan(Math.min(bytesOf(text).length, atMost) - 4);
    }),
  );
});

it("the length of a text's beginning is that of its bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (before, after) => {
      expect(utf8Length(before + after, before.length)).toBe(bytesOf(before).length);
    }),
  );
});

it("bytes that are no UTF-8 are no text", () => {
  expect(decodeStrictUtf8(new Uint8Array([0xc3, 0x28]))).toBeUndefined();
  expect(decodeStrictUtf8(bytesOf("é"))).toBe("é");
});
