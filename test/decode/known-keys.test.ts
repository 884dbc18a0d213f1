import { encode as encodeMessagePack } from "@msgpack/msgpack";
import { encode as encodeCbor } from "cborg";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readCbor } from "../../src/decode/cbor/read-cbor.ts";
import { KnownKeys, roleOf } from "../../src/decode/fields/known-keys.ts";
import { readJson } from "../../src/decode/json/read-json.ts";
import { readMessagePack } from "../../src/decode/message-pack/read-message-pack.ts";
import { bytesOf } from "./messages.ts";

const anyKey = fc.oneof(fc.constantFrom("type", "id", "sym", "px", "", "ty\\u0070e", "日本", "x".repeat(80)), fc.string({ maxLength: 3 }).map((text) => JSON.stringify(text).slice(1, -1)));
const anyValue = fc.oneof(fc.constantFrom('"tick"', '"t\\u0069ck"', '"order"', '""', "null", "7", "{}"), fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)));
const anyMessage = fc.array(fc.tuple(anyKey, anyValue), { maxLength: 8 }).map((entries) => `{${entries.map(([key, value]) => `"${key}":${value}`).join(",")}}`);

it("a long key without a role is not kept, whatever encoding it came in", () => {
  const long = (last: string): Record<string, number> => ({ [`${"k".repeat(64)}${last}`]: 1 });
  for (const read of [(value: unknown) => readCbor(encodeCbor(value)), (value: unknown) => readMessagePack(encodeMessagePack(value)), (value: unknown) => readJson(bytesOf(JSON.stringify(value)))]) {
    const keys = new KnownKeys();
    const known = [long("a"), long("b"), { short: 1 }].map((value) => {
      const { document } = read(value);
      if (document === undefined) throw new Error("nothing was read");
      return keys.at(document, 1, keys.start);
    });
    expect(known.map(({ key }) => key.text)).toEqual(["", "", "short"]);
  }
});

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
