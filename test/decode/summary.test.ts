import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ValueDocument } from "../../src/model/value-document.ts";
import { SUMMARY_LENGTH } from "../../src/decode/decoder.ts";
import { readMessagePack } from "../../src/decode/message-pack/read-message-pack.ts";
import { abbreviate, oneLine } from "../../src/decode/summary.ts";

const summaryOf = (value: unknown): string => abbreviate(readMessagePack(encode(value, { useBigInt64: true, maxDepth: 1000 })).document as ValueDocument);

describe("a summary", () => {
  it("abbreviates what is long and keeps what is short", () => {
    const book = Array.from({ length: 40 }, (_, i) => i);
    expect(summaryOf({ seq: 55_102, book })).toBe('{"seq":55102,"book":[… 40]}');
    expect(summaryOf({ level: [64_000, 2], key: new Uint8Array(32), big: 12n, none: null })).toBe('{"level":[64000,2],"key":<32 B>,"big":12,"none":null}');
    expect(summaryOf({ a: { b: { c: { d: 1 } } } })).toBe('{"a":{"b":{"c":{…}}}}');
    expect(summaryOf("x".repeat(500))).toHaveLength(102);
  });

  it("is one line of bounded length, whatever the value", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue({ maxDepth: 6 }), fc.string({ unit: "binary", maxLength: 600 })), (value) => {
        for (const line of [summaryOf(value), oneLine(typeof value === "string" ? value : JSON.stringify(value))]) {
          expect(line.length).toBeLessThanOrEqual(SUMMARY_LENGTH);
          expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        }
      }),
    );
  });

  it("does not read a key through that is no text and holds a whole message itself", () => {
    // A map with one key: a list of 300,000 numbers.
    const bytes = new Uint8Array(300_008).fill(1);
    bytes.set([0x81, 0xdd, 0, 4, 0x93, 0xe0]);
    const document = readMessagePack(bytes.subarray(0, 300_007)).document as ValueDocument;
    expect(document.childrenOf(0)).toBe(1);
    expect(abbreviate(document)).toBe('{"$key:…":1}');
    expect(document.keyOf(1)).toHaveLength("$key:".length + 600_001);
    expect(document.keyOf(1, 10)).toBe("$key:…");
  });

  it("joins indented text into one line", () => {
    expect(oneLine(JSON.stringify({ a: 1, b: [2] }, null, 2))).toBe('{ "a": 1, "b": [ 2 ] }');
  });
});
