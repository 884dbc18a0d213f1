import { describe, expect, it } from "vitest";
import { messageBits, wasOnWire, withOrigin, type Direction, type RowOrigin } from "../../src/model/frame.ts";

const bits = (origin: RowOrigin, direction: Direction, masked: boolean): boolean => wasOnWire(withOrigin(messageBits(direction, 1, masked, false), origin));

describe("whether a message crossed the wire", () => {
  it.each<[RowOrigin, Direction, boolean, boolean]>([
    ["page", "sent", true, true],
    ["page", "received", false, true],
    ["import", "received", false, true],
    ["user", "sent", true, true],
    ["user", "received", false, false],
    ["rule", "sent", true, true],
    ["rule", "sent", false, false],
    ["rule", "received", false, false],
  ])("%s, %s, masked: %s → %s", (origin, direction, masked, was) => {
    expect(bits(origin, direction, masked)).toBe(was);
  });
});
