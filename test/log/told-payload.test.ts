import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeTold, encodeTold } from "../../src/log/told-payload.ts";
import { eventBits, isCoded, kindOf, withCode } from "../../src/model/frame.ts";
import type { Told } from "../../src/model/said.ts";

const BITS = eventBits("close");
const value = fc.letrec((tie) => ({
  told: fc.oneof({ maxDepth: 3 }, fc.string(), fc.record({ code: fc.string(), values: fc.dictionary(fc.string(), tie("value")) })),
  value: fc.oneof({ maxDepth: 3 }, fc.integer(), tie("told"), fc.array(tie("told"), { maxLength: 3 })),
}));

describe("the payload of an event's row", () => {
  it("gives back what was told, text or code and values, and keeps the row's kind", () => {
    fc.assert(
      fc.property(value.told, (made) => {
        // A key that is no own one of an object read from JSON is none of a sentence's.
        const told = JSON.parse(JSON.stringify(made)) as Told;
        const { bits, bytes } = encodeTold(told, BITS);
        expect([decodeTold(bits, bytes), kindOf(bits), isCoded(bits)]).toEqual([told, "close", typeof told !== "string"]);
      }),
    );
  });

  it("is shown as it is where a file says that it is a code and it is none", () => {
    for (const text of ["", "null", "{", '{"code":1,"values":{}}', '{"code":"x"}', '{"code":"x","values":{"a":{"b":1}}}', `${'{"code":"x","values":{"a":'.repeat(40)}1${"}}".repeat(40)}`]) {
      expect(decodeTold(withCode(BITS), new TextEncoder().encode(text))).toBe(text);
    }
    expect(decodeTold(BITS, new TextEncoder().encode('{"code":"x","values":{}}'))).toBe('{"code":"x","values":{}}');
  });
});
