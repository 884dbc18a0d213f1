import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/decode/json/read-json.ts";
import { toPrettyJson } from "../../src/decode/pretty-json.ts";
import type { ValueDocument } from "../../src/model/value-document.ts";

const pretty = (text: string, root?: number): string => toPrettyJson(readJson(new TextEncoder().encode(text)).document as ValueDocument, root);

describe("JSON that a person reads", () => {
  it("is what JSON.stringify writes with two spaces", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JavaScript loses the sign of zero.
        fc.pre(!JSON.stringify(value).includes("-0"));
        expect(pretty(JSON.stringify(value))).toBe(JSON.stringify(JSON.parse(JSON.stringify(value)), null, 2));
      }),
    );
  });

  it("keeps digits, keys that come twice and several values", () => {
    expect(pretty('{"a":9007199254740993,"a":1.0} [1]')).toBe('{\n  "a": 9007199254740993,\n  "a": 1.0\n}\n[\n  1\n]');
    expect(pretty('{"a":[{"b":1}],"c":2}', 1)).toBe('[\n  {\n    "b": 1\n  }\n]');
  });

  it("is written however deep the value", () => {
    expect(pretty("[".repeat(20_000) + "]".repeat(20_000)).length).toBeLessThan(9_000_000);
  });
});
