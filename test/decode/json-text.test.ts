import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/decode/json/json-document.ts";
import { toJsonText } from "../../src/decode/json-text.ts";

describe("a value as JSON text", () => {
  it("is what JSON.stringify writes, for what JSON knows", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(toJsonText(value))).toEqual(value);
      }),
    );
  });

  it("has a word for what JSON does not know", () => {
    const value = {
      big: 9_007_199_254_740_993n,
      bytes: new Uint8Array([1, 2, 3]),
      buffer: new Uint16Array([0x0201]),
      date: new Date(0),
      never: new Date(Number.NaN),
      map: new Map([["a", 1]]),
      odd: new Map<unknown, unknown>([[1, "a"], [[], 2]]),
      nan: Number.NaN,
      infinite: -Infinity,
      zero: -0,
      nothing: undefined,
    };
    expect(toJsonText(value)).toBe(
      '{"big":9007199254740993,"bytes":{"$bytes":"AQID","length":3},"buffer":{"$bytes":"AQI=","length":2},"date":"1970-01-01T00:00:00.000Z","never":null,' +
        '"map":{"a":1},"odd":{"$map":[[1,"a"],[[],2]]},"nan":"NaN","infinite":"-Infinity","zero":-0,"nothing":null}',
    );
  });

  it("is read by the columnar reader, however deep", () => {
    let deep: unknown = [];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    const read = readJson(toJsonText(deep));
    expect("document" in read && read.document.count).toBe(100_001);
  });
});
