import fc from "fast-check";
import { expect, it } from "vitest";
import { byteOffset, decodeHead, decodeStrictUtf8, decodeUtf8, utf8Length, isUtf8 } from "../../src/decode/utf8-text.ts";
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

it("the place of a text's beginning is that of its bytes, broken ones among them", () => {
  const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.string({ unit: "grapheme", maxLength: 6 }).map(bytesOf), fc.string({ unit: "grapheme", maxLength: 6 }).map((text) => bytesOf(text).subarray(0, -1)));
  fc.assert(
    fc.property(fc.array(anyBytes, { maxLength: 3 }), anyBytes, (before, after) => {
      const start = Uint8Array.from(before.flatMap((bytes) => [...bytes]));
      // An ASCII character belongs to nothing that is broken before it.
      const bytes = Uint8Array.from([...start, 0x7c, ...after]);
      expect(byteOffset(bytes, decodeUtf8(bytes), decodeUtf8(start).length)).toBe(start.length);
      expect(byteOffset(bytes, decodeUtf8(bytes), decodeUtf8(bytes).length)).toBe(bytes.length);
    }),
  );
});

it("bytes are UTF-8 where a decoder that is strict takes them", () => {
  const near = fc.array(fc.oneof(fc.string({ unit: "grapheme", maxLength: 3 }).map((text) => [...bytesOf(text)]), fc.array(fc.constantFrom(0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff), { maxLength: 4 })), { maxLength: 4 }).map((parts) => Uint8Array.from(parts.flat()));
  fc.assert(
    fc.property(near, fc.nat(3), (bytes, from) => {
      const start = Math.min(from, bytes.length);
      expect(isUtf8(bytes, start, bytes.length)).toBe(decodeStrictUtf8(bytes.subarray(start)) !== undefined);
    }),
    { numRuns: 2000 },
  );
  const long = bytesOf("東".repeat(1000));
  expect([isUtf8(long, 0, long.length), isUtf8(long, 1, long.length)]).toEqual([true, false]);
});

it("bytes that are no UTF-8 are no text", () => {
  expect(decodeStrictUtf8(new Uint8Array([0xc3, 0x28]))).toBeUndefined();
  expect(decodeStrictUtf8(bytesOf("é"))).toBe("é");
});
