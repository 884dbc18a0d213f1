import * as fc from "fast-check";
import { expect, it } from "vitest";
import { base64Length, base64Text, writeBase64 } from "../../src/model/base64.ts";

it("base64 is what Node makes of any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const expected = Buffer.from(bytes).toString("base64");
      expect(base64Text(bytes)).toBe(expected);
      expect(base64Length(bytes.length)).toBe(expected.length);
    }),
  );
});

it("base64 written in pieces of any multiple of three is the same as in one", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (bytes, triples) => {
      const target = new Uint8Array(base64Length(bytes.length) + 2);
      let at = 1;
      for (let from = 0; from < bytes.length; from += triples * 3) {
        at = writeBase64(bytes, from, Math.min(bytes.length, from + triples * 3), target, at);
      }
      expect(at).toBe(target.length - 1);
      expect(Buffer.from(target.subarray(1, at)).toString()).toBe(Buffer.from(bytes).toString("base64"));
      expect([target[0], target[at]]).toEqual([0, 0]);
    }),
  );
});
