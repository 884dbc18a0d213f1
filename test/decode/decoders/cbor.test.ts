import { encode } from "cborg";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCbor } from "../../../src/decode/cbor/read-cbor.ts";
import { writeCbor } from "../../../src/decode/cbor/write-cbor.ts";
import { toJson } from "../../../src/decode/value-json.ts";
import { decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { asDoubles, plain } from "../plain.ts";

const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits, "hex"));
const jsonOf = (digits: string): string | undefined => {
  const { document } = readCbor(hex(digits));
  return document && toJson(document);
};

describe("CBOR", () => {
  it("reads what the library writes, and pairs by id", () => {
    const [asked, answered] = decodeAll([sent(encode({ op: "watch", id: 7, sym: "ETH" })), received(encode({ t: "watching", id: 7 }))]);
    expect(asked).toMatchObject({ decoder: "cbor", label: "watch", kind: "request", id: "7", topic: "ETH" });
    expect(answered).toMatchObject({ label: "watching", kind: "answer", answers: "7" });
  });

  it("reads any value that the library writes, to the last digit", () => {
    const leaf = fc.oneof(fc.string({ unit: "grapheme" }), fc.boolean(), fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)), fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }).map((value) => (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value)), fc.uint8Array({ maxLength: 20 }));
    const value = fc.letrec((tie) => ({ value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie("value"), { maxLength: 5 }), fc.dictionary(fc.string().filter((key) => key !== "__proto__"), tie("value"), { maxKeys: 5, noNullPrototype: true })) })).value;
    fc.assert(fc.property(value, (any) => { expect(asDoubles(plain(readCbor(Uint8Array.from(encode(any))).document))).toEqual(asDoubles(any)); }), { numRuns: 500 });
  });

  it("reads RFC 8949's examples: tags, indefinite lengths, half floats, other keys", () => {
    expect(jsonOf("c11a514b67b0")).toBe('"2013-03-21T20:04:00.000Z"');
    expect(jsonOf("c249010000000000000000")).toBe("18446744073709551616");
    expect(jsonOf("c349010000000000000000")).toBe("-18446744073709551617");
    expect(jsonOf("3bffffffffffffffff")).toBe("-18446744073709551616");
    expect(jsonOf("d818456449455446")).toBe('{"$tag":24,"$value":{"$bytes":"ZElFVEY=","length":5}}');
    expect(jsonOf("bf61610161629f0203ffff")).toBe('{"a":1,"b":[2,3]}');
    expect(jsonOf("7f657374726561646d696e67ff")).toBe('"streaming"');
    expect(jsonOf("f93c00")).toBe("1");
    expect(jsonOf("f90001")).toBe("5.960464477539063e-8");
    expect(jsonOf("f97e00")).toBe('"NaN"');
    expect(jsonOf("a201020304")).toBe('{"1":2,"3":4}');
    expect(jsonOf("f8ff")).toBe('{"$simple":255}');
  });

  it("says where it ends too early or breaks, and throws at nothing", () => {
    expect(readCbor(hex("a26161")).problem).toMatchObject({ reason: "cut", offset: 3 });
    expect(readCbor(hex("5bffffffffffffffff00")).problem).toMatchObject({ reason: "cut" });
    expect(readCbor(hex("9fff00ff")).problem).toMatchObject({ reason: "broken", offset: 3 });
    expect(readCbor(new Uint8Array(100_000).fill(0x81)).problem).toMatchObject({ reason: "broken" });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => { readCbor(bytes); decodeAll([received(bytes)], UNKNOWN, { pinned: "cbor" }); }), { numRuns: 2000 });
  });

  it("is sure from its tag, or from names, and not from what is merely whole", () => {
    expect(decodeAll([received(hex("d9d9f783010203"))])[0]).toMatchObject({ decoder: "cbor" });
    expect(decodeAll([received(hex("83010203"))])[0]).toBeUndefined();
    expect(decodeAll([received(encode({ type: "hello" })), received(hex("83010203"))])[1]).toMatchObject({ decoder: "cbor" });
  });

  it("encodes a value so that the library reads the same", () => {
    const value = readCbor(encode({ a: [1, -2, 1.5, "東"], b: new Uint8Array([1, 255]), c: null, d: true, e: 2n ** 64n - 1n })).document;
    expect(value && readCbor(writeCbor(value)).document && valueOf(decodeAll([received(writeCbor(value))], UNKNOWN, { pinned: "cbor" })[0])).toEqual({ a: [1, -2, 1.5, "東"], b: new Uint8Array([1, 255]), c: null, d: true, e: 2n ** 64n - 1n });
  });

  it("tells keys within keys four deep: each doubles the escapes of those within it", () => {
    const nested = Uint8Array.from([...Array.from({ length: 100 }, () => 0xa1), 1, ...Array.from({ length: 100 }, () => 2)]);
    const decoded = decodeAll([received(nested)], UNKNOWN, { pinned: "cbor" })[0];
    expect([decoded?.problem, JSON.stringify(valueOf(decoded)).length < 1000]).toEqual([undefined, true]);
    expect(JSON.stringify(valueOf(decodeAll([received(Uint8Array.of(0xa1, 0xa1, 0x82, 1, 2, 3, 4))], UNKNOWN, { pinned: "cbor" })[0]))).toBe(JSON.stringify({ '{"[1,2]":3}': 4 }));
  });
});
