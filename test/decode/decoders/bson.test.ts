import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, deserialize, Double, EJSON, Int32, Long, MaxKey, MinKey, ObjectId, serialize, Timestamp } from "bson";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBson } from "../../../src/decode/bson/read-bson.ts";
import { toJson } from "../../../src/decode/value-json.ts";
import { foreignBytes } from "../foreign-bytes.ts";
import { decodeAll, received, UNKNOWN, valueOf } from "../messages.ts";
import { told } from "../told.ts";

const ID = new ObjectId("64b7f0c2a1b2c3d4e5f60718");
const told1 = (value: object): unknown => valueOf(decodeAll([received(Uint8Array.from(serialize(value, { ignoreUndefined: false })))])[0]);
const json = (value: object): string => {
  const { document, problem } = readBson(Uint8Array.from(serialize(value)));
  expect(problem).toBeUndefined();
  return document === undefined ? "" : toJson(document);
};

describe("BSON", () => {
  it("reads every type, each digit, in order", () => {
    expect(json({ a: new Double(0.1), b: "tee ✓", c: { d: [1, "x", null] }, e: true, f: Long.fromString("9223372036854775807"), g: new Int32(-7) })).toBe('{"a":0.1,"b":"tee ✓","c":{"d":[1,"x",null]},"e":true,"f":9223372036854775807,"g":-7}');
    expect(told1({ id: ID, at: new Date("2026-01-02T03:04:05.678Z"), raw: new Binary(Uint8Array.of(1, 255)) })).toEqual({ id: { $oid: "64b7f0c2a1b2c3d4e5f60718" }, at: "2026-01-02T03:04:05.678Z", raw: Uint8Array.of(1, 255) });
    expect(json({ re: new BSONRegExp("^a", "i"), code: new Code("f()", { x: 1 }), ts: new Timestamp({ t: 5, i: 6 }), low: new MinKey(), high: new MaxKey(), sym: new BSONSymbol("s"), c: new Code("g()") })).toBe(
      '{"re":{"$regularExpression":{"pattern":"^a","options":"i"}},"code":{"$code":"f()","$scope":{"x":1}},"ts":{"$timestamp":{"t":5,"i":6}},"low":{"$minKey":1},"high":{"$maxKey":1},"sym":"s","c":{"$code":"g()"}}',
    );
    const decimals = ["0", "-0", "1.50", "0.000001", "1E-7", "-12345678901234567890123456789012.34", "9.999999999999999999999999999999999E+6144", "1E+3", "1E-6176"];
    expect(json({ list: decimals.map((text) => Decimal128.fromString(text)) })).toBe(`{"list":[${decimals.map((text) => new Decimal128(Decimal128.fromString(text).bytes).toString()).join(",")}]}`);
    expect(json({ a: Decimal128.fromString("NaN"), b: Decimal128.fromString("-Infinity") })).toBe('{"a":"NaN","b":"-Infinity"}');
  });

  it("tells any document as the library reads it", () => {
    const anyDocument = fc.dictionary(fc.string({ unit: "grapheme" }).filter((key) => !key.includes("\0") && key !== "__proto__"), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(anyDocument, (value) => {
        const bytes = Uint8Array.from(serialize(value));
        // EJSON says 0 of -0.
        expect(JSON.parse(json(value).replaceAll(/(?<=[[:,])-0(?=[\]},])/g, "0"))).toEqual(JSON.parse(EJSON.stringify(deserialize(bytes), { relaxed: true })));
      }),
      { numRuns: 200 },
    );
  });

  it("finds label, ids and topic, and is silent of what is not as long as it says", () => {
    const order = { type: "order", id: 7, symbol: "BTC-USD" };
    expect(told("bson", [received(Uint8Array.from(serialize(order)))])).toEqual(["event order #7 @BTC-USD"]);
    const bytes = Uint8Array.from(serialize({ type: "order", list: [1, 2, 3], text: "abc" }));
    for (let length = 0; length < bytes.length; length++) expect(decodeAll([received(bytes.slice(0, length))])[0]?.decoder, String(length)).not.toBe("bson");
  });

  it("takes any bytes without a throw, and reads of what is broken what it can", () => {
    const bytes = Uint8Array.from(serialize({ type: "order", list: [1, { a: ID }], text: "abc", at: new Date(0) }));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const changed = bytes.map((one, i) => (i === at ? byte : one));
        decodeAll([received(changed)]);
        decodeAll([received(changed)], UNKNOWN, { pinned: "bson" });
      }),
    );
    fc.assert(fc.property(foreignBytes, (other) => { decodeAll([received(other)], UNKNOWN, { pinned: "bson" }); }));
    const cut = bytes.slice(0, 20);
    expect(decodeAll([received(cut)], UNKNOWN, { pinned: "bson" })[0]).toMatchObject({ label: "not BSON", kind: "error" });
  });
});
