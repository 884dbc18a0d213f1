import fc from "fast-check";
import { expect, test } from "vitest";
import { lineParts } from "../../../src/panel/inspector/line-parts.ts";

test("a line's parts are the line, back to back, and what is sought is marked", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('"', "a", "b", ":", "1", " ", "\\\\", "{"), maxLength: 30 }), fc.constantFrom("text" as const, "json" as const, "rest of json" as const), fc.constantFrom("", "a", "ab", "1"), (text, of, sought) => {
      const parts = lineParts(text, of, sought);
      expect(parts.map((part) => part.text).join("")).toBe(text);
      const marked = parts.filter(({ isFound }) => isFound).map((part) => part.text).join("");
      expect(marked).toBe(sought === "" ? "" : sought.repeat(text.split(sought).length - 1));
    }),
  );
});

test("a line of pretty JSON has its colours", () => {
  expect(lineParts('  "px": 64000.5,', "json", "").filter(({ colour }) => colour !== null).map(({ text, colour }) => [text, colour])).toEqual([
    ['"px"', "json-key"],
    ["64000.5", "json-number"],
  ]);
});

test("a line that goes on with a string is a string up to its end", () => {
  expect(lineParts('30d5","x', "rest of json", "").map(({ text, colour }) => [text, colour])).toEqual([
    ['30d5"', "json-string"],
    [',"x', null],
  ]);
});
