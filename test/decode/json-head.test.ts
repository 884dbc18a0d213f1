import fc from "fast-check";
import { expect, it } from "vitest";
import { readJsonHead } from "../../src/decode/json/json-head.ts";

it("the head of an object holds its first entries, wherever it is cut", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), fc.constantFrom(undefined, 2), fc.nat(), (object, space, at) => {
      const text = JSON.stringify(object, null, space);
      const head = readJsonHead(text.slice(0, 1 + (at % text.length)));
      const all = JSON.parse(text) as Record<string, unknown>;
      for (const [key, value] of Object.entries(head ?? {})) expect(value).toEqual(all[key]);
      expect(head).toBeDefined();
    }),
    { numRuns: 1000 },
  );
});

it("an entry that may go on behind the cut is left out", () => {
  expect(readJsonHead('{"type":"a","n":12')).toEqual({ type: "a" });
  expect(readJsonHead('{"type":"a","n":[1,{"b":"]"}],"s":"cut \\')).toEqual({ type: "a", n: [1, { b: "]" }] });
  expect(readJsonHead("[1")).toBeUndefined();
});

it("any text is taken without a throw", () => {
  const piece = fc.constantFrom("{", "}", "[", "]", '"a"', ":", ",", "1", "\\", '"', "nul", " ", "__proto__");
  fc.assert(fc.property(fc.array(piece).map((parts) => `{${parts.join("")}`), (text) => void readJsonHead(text)), { numRuns: 3000 });
});
