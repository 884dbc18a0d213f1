import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonFaultAt } from "../../../src/panel/settings/json-fault.ts";

it("a text stops being JSON at the token that may not stand there, or at its end", () => {
  const faults: Readonly<Record<string, number | undefined>> = {
    '{"a": [1, 2.5e3, "\\u00e9\\n", null], "b": {}}\n': undefined,
    "": 0,
    "  ": 2,
    "{": 1,
    '{"a"': 4,
    '{"a": 1,}': 8,
    "[1,]": 3,
    "[1 2]": 3,
    '{"a" 1}': 5,
    "{a: 1}": 1,
    "[01]": 2,
    '["\n"]': 1,
    "[1}": 2,
    "1 1": 2,
    "[1.]": 2,
    "// settings\n{}": 0,
    "{} x": 3,
  };
  expect(Object.fromEntries(Object.keys(faults).map((text) => [text, jsonFaultAt(text)]))).toEqual(faults);
});

it("it says of any text what JSON.parse says, and of a cut one that its end is wanting", () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const pieces = fc.array(fc.constantFrom("{", "}", "[", "]", ",", ":", '"a"', '"\\', '"', "1", "-", "0.5", "e3", "true", "nul", " ", "\n"), { maxLength: 12 });
  fc.assert(fc.property(pieces.map((parts) => parts.join("")), (text) => (jsonFaultAt(text) === undefined) === isJson(text)), { numRuns: 2000 });
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), (value, cut) => {
      const text = JSON.stringify({ value });
      expect(jsonFaultAt(text)).toBeUndefined();
      const at = jsonFaultAt(text.slice(0, cut % text.length)) ?? -1;
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(cut % text.length);
    }),
  );
});
