import fc from "fast-check";
import { expect, it } from "vitest";
import { KnownKeys, roleOf } from "../../src/decode/fields/known-keys.ts";
import { readJson } from "../../src/decode/json/read-json.ts";
import { bytesOf } from "./messages.ts";

const anyKey = fc.oneof(fc.constantFrom("type", "id", "sym", "px", "", "ty\\u0070e", "日本", "x".repeat(80)), fc.string({ maxLength: 3 }).map((text) => JSON.stringify(text).slice(1, -1)));
const anyValue = fc.oneof(fc.constantFrom('"tick"', '"t\\u0069ck"', '"order"', '""', "null", "7", "{}"), fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)));
const anyMessage = fc.array(fc.tuple(anyKey, anyValue), { maxLength: 8 }).map((entries) => `{${entries.map(([key, value]) => `"${key}":${value}`).join(",")}}`);

it("a key and its text are the same whatever came before them", () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { maxLength: 60 }), (messages) => {
      const keys = new KnownKeys();
      for (const text of messages) {
        const { document } = readJson(bytesOf(text));
        if (document === undefined) throw new Error(text);
        let known = keys.start;
        for (let node = 1; node < document.count; node = document.endOf(node)) {
          known = keys.at(document, node, known);
          expect(known.role).toBe(roleOf(document, node));
          expect(known.textOf(document, node)).toBe(document.textOf(node));
        }
      }
    }),
    { numRuns: 200 },
  );
});
