import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directionOf, isMasked, isMessage, isPayloadUnreported, messageBits, opcodeOf, originOf, ROW_ORIGINS, withOrigin } from "../../src/model/frame.ts";

describe("the bits of a row", () => {
  it("say who made it, beside all else that they say", () => {
    fc.assert(
      fc.property(fc.constantFrom("sent", "received"), fc.nat(15), fc.boolean(), fc.boolean(), fc.constantFrom(...ROW_ORIGINS), fc.constantFrom(...ROW_ORIGINS), (direction, opcode, masked, unreported, origin, other) => {
        const bits = withOrigin(withOrigin(messageBits(direction, opcode, masked, unreported), other), origin);
        expect([isMessage(bits), directionOf(bits), opcodeOf(bits), isMasked(bits), isPayloadUnreported(bits), originOf(bits)]).toEqual([true, direction, opcode, masked, unreported, origin]);
        expect(new Uint16Array([bits])[0]).toBe(bits);
      }),
    );
  });

  it("say that the page made it where they are of a capture from before", () => {
    for (const bits of [0, 16, 24, 40, 800]) expect(originOf(bits)).toBe("page");
  });
});
