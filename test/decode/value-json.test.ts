import { encode, ExtData } from "@msgpack/msgpack";
import { describe, expect, it } from "vitest";
import type { ValueDocument } from "../../src/model/value-document.ts";
import { readJson } from "../../src/decode/json/read-json.ts";
import { readMessagePack } from "../../src/decode/message-pack/read-message-pack.ts";
import { toJson } from "../../src/decode/value-json.ts";

const jsonOf = (bytes: Uint8Array): string => toJson(readMessagePack(bytes).document as ValueDocument);

describe("a value as JSON text", () => {
  it("has a word for what JSON does not know", () => {
    const value = {
      big: 9_007_199_254_740_993n,
      bytes: new Uint8Array([1, 2, 3]),
      date: new Date(0),
      ext: new ExtData(5, new Uint8Array([9])),
      nan: Number.NaN,
      infinite: -Infinity,
      nothing: null,
    };
    expect(jsonOf(encode(value, { useBigInt64: true }))).toBe(
      '{"big":9007199254740993,"bytes":{"$bytes":"AQID","length":3},"date":"1970-01-01T00:00:00.000Z","ext":{"$ext":5,"data":{"$bytes":"CQ==","length":1}},' +
        '"nan":"NaN","infinite":"-Infinity","nothing":null}',
    );
  });

  it("names a map's keys, whatever they are: integers, null, lists, maps, bytes", () => {
    expect(jsonOf(Uint8Array.of(0x85, 0x01, 0x61, 0xc0, 0x62, 0x92, 0x01, 0x02, 0x63, 0xa1, 0x78, 0x64, 0x81, 0xa1, 0x6b, 0x01, 0x65))).toBe(
      String.raw`{"1":97,"$key:null":98,"$key:[1,2]":99,"x":100,"$key:{\"k\":1}":101}`,
    );
  });

  it("is written however deep the value, and keys within keys only so far", () => {
    const depth = 100_000;
    expect(jsonOf(new Uint8Array(depth).fill(0x91, 0, -1).fill(0xc0, -1))).toBe(`${"[".repeat(depth - 1)}null${"]".repeat(depth - 1)}`);
    // A map whose key is a map whose key is a map …
    const keys = new Uint8Array(2 * depth + 1).fill(0x81, 0, depth).fill(0x01, depth);
    const { document, problem } = readMessagePack(keys);
    expect(problem).toBeUndefined();
    expect(toJson(document as ValueDocument)).toContain("…");
  });

  it("is read back as the same values", () => {
    const bytes = encode({ a: [1, -1.5, "é", null, true], b: { c: {} } });
    const text = jsonOf(bytes);
    expect(readJson(new TextEncoder().encode(text)).problem).toBeUndefined();
    expect(JSON.parse(text)).toEqual({ a: [1, -1.5, "é", null, true], b: { c: {} } });
  });
});
