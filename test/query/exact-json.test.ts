import { describe, expect, it } from "vitest";
import { hasLongNumber, parseExactly } from "../../src/query/exact-json.ts";

describe("JSON read with every digit", () => {
  it("has bigints where a double would lose digits, and nowhere else", () => {
    expect(parseExactly('{"a":12345678901234567890,"b":[-9007199254740993,9007199254740991],"c":1e20,"d":0.1234567890123456}')).toEqual({
      a: 12345678901234567890n,
      b: [-9007199254740993n, 9007199254740991],
      c: 1e20,
      d: 0.1234567890123456,
    });
  });

  it("leaves digits in strings and keys alone, whatever they look like", () => {
    const text = JSON.stringify({ "12345678901234567890": "12345678901234567890", a: "integer 5", b: "integer +5", c: 'q"12345678901234567890' });
    expect(parseExactly(text.replace("}", ',"d":12345678901234567890}'))).toEqual({ ...(JSON.parse(text) as object), d: 12345678901234567890n });
  });

  it("refuses what is no JSON", () => {
    for (const text of ["{12345678901234567890:1}", "012345678901234567890", "12345678901234567890x", ""]) expect(parseExactly(text)).toBeUndefined();
  });

  it("is called for by sixteen digits in a row", () => {
    expect(hasLongNumber('{"a":123456789012345}')).toBe(false);
    expect(hasLongNumber('{"a":1234567890123456}')).toBe(true);
  });
});
