import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { readMessage } from "../../../src/decode/protobuf/read-message.ts";
import type { ReadyMessage, Schema } from "../../../src/decode/protobuf/schema.ts";
import { writeMessage } from "../../../src/decode/protobuf/write-message.ts";
import { readJson } from "../../../src/decode/json/read-json.ts";
import { toJson } from "../../../src/decode/value-json.ts";
import { bytesOf } from "../messages.ts";
import { libraryType, OLD, SHOP, typeIn } from "./schemas.ts";

const plain = (bytes: Uint8Array): unknown => ALL.toObject(ALL.decode(bytes), { longs: String, bytes: String });

type Ready = { readonly schema: Schema; readonly type: ReadyMessage };
let all: Ready;
let known: Ready;
let old: Ready;
beforeAll(async () => {
  [all, known, old] = await Promise.all([typeIn(SHOP, "shop.All"), typeIn(SHOP, "shop.Known"), typeIn(OLD, "old.Base")]);
});

const ALL: ReturnType<typeof libraryType> = libraryType(SHOP, "shop.All");
const KNOWN = libraryType(SHOP, "shop.Known");

const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits.replaceAll(" ", ""), "hex"));
const told = ({ schema, type }: Ready, bytes: Uint8Array): string => {
  const { document, problem } = readMessage(schema, type, bytes);
  expect(problem).toBeUndefined();
  return document === undefined ? "" : toJson(document);
};
const written = ({ schema, type }: Ready, json: string, before: Uint8Array = new Uint8Array(0)): Uint8Array => {
  const { document } = readJson(bytesOf(json));
  if (document === undefined) throw new Error(`no JSON: ${json}`);
  return writeMessage(schema, type, document, readMessage(schema, type, before));
};
const refused = (ready: Ready, json: string, before?: Uint8Array): unknown => {
  try {
    written(ready, json, before);
    return "";
  } catch (error) {
    return (error as { readonly told: unknown }).told;
  }
};

const int = (bits: number, signed: boolean) => fc.bigInt(signed ? { min: -(2n ** BigInt(bits - 1)), max: 2n ** BigInt(bits - 1) - 1n } : { min: 0n, max: 2n ** BigInt(bits) - 1n }).map(String);
const real = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? "-0" : String(value)));
const float = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => ({ json: String(Number(value.toPrecision(9))), value }));
const text = fc.string({ unit: "grapheme", maxLength: 20 });
const quoted = text.map((one) => JSON.stringify(one));
const side = fc.constantFrom('"SIDE_UNKNOWN"', '"BUY"', '"SELL"', '"LOSS"', "7", "-3");
const data = fc.uint8Array({ maxLength: 20 }).map((one) => `{"$bytes":"${Buffer.from(one).toString("base64")}","length":${one.length}}`);
const list = (one: fc.Arbitrary<string>) => fc.array(one, { minLength: 1, maxLength: 5 }).map((values) => `[${values.join(",")}]`);
const entries = (key: fc.Arbitrary<string>, value: fc.Arbitrary<string>) => fc.uniqueArray(fc.tuple(key, value), { maxLength: 4, minLength: 1, selector: ([name]) => name }).map((pairs) => `{${pairs.map(([name, held]) => `${JSON.stringify(name)}:${held}`).join(",")}}`);
const object = (fields: Record<string, fc.Arbitrary<string>>): fc.Arbitrary<string> =>
  fc.record(fields, { requiredKeys: [] }).chain((record) => fc.shuffledSubarray(Object.entries(record), { minLength: 0 })).map((pairs) => `{${pairs.map(([name, value]) => `"${name}":${String(value)}`).join(",")}}`);
const money = object({ currency: quoted, units: int(64, true), nanos: int(32, true) });
const anyAll = fc.letrec<{ all: string }>((tie) => ({
  all: object({
    a_double: real, an_int32: int(32, true), an_int64: int(64, true), a_uint32: int(32, false), a_uint64: int(64, false), a_sint32: int(32, true), a_sint64: int(64, true),
    a_fixed32: int(32, false), a_fixed64: int(64, false), a_sfixed32: int(32, true), a_sfixed64: int(64, true), a_bool: fc.constantFrom("true", "false"), a_string: quoted, some_bytes: data,
    side, money, inner: fc.oneof({ maxDepth: 2 }, fc.constant("{}"), tie("all")), numbers: list(int(64, true)), texts: list(quoted), monies: list(money), sides: list(side), doubles: list(real),
    counts: entries(text, int(64, true)), by_number: entries(int(32, true), money), by_truth: entries(fc.constantFrom("true", "false"), side), maybe: int(32, true),
  }),
})).all;

describe("a message of a type", () => {
  it("reads as it was written, to the last digit and in its order, and so does protobufjs", () => {
    fc.assert(
      fc.property(anyAll, (json) => {
        const bytes = written(all, json);
        expect(told(all, bytes)).toBe(json);
        // The library reads what it writes as it reads what we write; and what it writes we read, and write again.
        const again = ALL.encode(ALL.decode(bytes)).finish();
        expect(plain(again)).toEqual(plain(bytes));
        expect(plain(written(all, told(all, again)))).toEqual(plain(bytes));
      }),
      { numRuns: 60 },
    );
  });

  it("of floats has the shortest digits that are it", () => {
    fc.assert(
      fc.property(float, ({ value }) => {
        const { a_float: read } = JSON.parse(told(all, ALL.encode({ a_float: value }).finish())) as { readonly a_float?: number };
        expect(Math.fround(read ?? 0)).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(told(all, ALL.encode({ a_float: 0.1 }).finish())).toBe('{"a_float":0.1}');
    expect(told(all, ALL.encode({ a_double: Number.NaN, a_float: Number.NEGATIVE_INFINITY }).finish())).toBe('{"a_double":"NaN","a_float":"-Infinity"}');
    expect(told(all, written(all, '{"a_double":"NaN","a_float":"-Infinity"}'))).toBe('{"a_double":"NaN","a_float":"-Infinity"}');
  });

  it("tells the well-known types as their JSON mapping has them", () => {
    const { Type } = { Type: libraryType(SHOP, "shop.Money") };
    const bytes = KNOWN.encode(
      KNOWN.fromObject({
        at: { seconds: "1790000000", nanos: 120_000_000 },
        took: { seconds: -1, nanos: -500_000_000 },
        any: { type_url: "type.googleapis.com/shop.Money", value: Type.encode({ currency: "EUR", units: 3 }).finish() },
        json: { fields: { a: { numberValue: 1.5 }, b: { listValue: { values: [{ nullValue: 0 }, { stringValue: "x" }, { boolValue: true }] } }, c: { structValue: {} } } },
        wrapped: { value: "9007199254740993" },
        text: {},
      }),
    ).finish();
    const json = told(known, bytes);
    expect(JSON.parse(json)).toMatchObject({ at: "2026-09-21T14:13:20.120Z", took: "-1.500s", any: { "@type": "type.googleapis.com/shop.Money", currency: "EUR", units: 3 }, json: { c: {} }, text: "" });
    expect(json).toContain('"wrapped":9007199254740993');
    // Written again, it says the same.
    expect(told(known, written(known, json))).toBe(json);
    // A time that is none is told as its fields.
    expect(told(known, hex("0a 02 10 01"))).toBe('{"at":"1970-01-01T00:00:00.000000001Z"}');
    expect(told(known, hex("0a 0b 10 ffffffffffffffffff01"))).toBe('{"at":{"nanos":-1}}');
  });

  it("knows proto2: groups, extensions, what is not packed", () => {
    const bytes = hex("08 07 13 0a 02 6869 14 18 01 18 02 1a 02 0304 a206 01 78");
    expect(told(old, bytes)).toBe('{"id":7,"inside":{"text":"hi"},"numbers":[1,2,3,4],"[old.extra]":"x"}');
    expect(told(old, written(old, told(old, bytes)))).toBe(told(old, bytes));
  });

  it("tells what the type has not by its number, and takes it over into what is edited", () => {
    const bytes = hex("18 05 c803 07 d103 0000000000002440 da03 04 74657374");
    const json = told(all, bytes);
    expect(json).toBe('{"an_int32":5,"57":7,"58":10,"59":"test"}');
    expect(Buffer.from(written(all, '{"an_int32":6,"57":7,"58":10,"59":"test"}', bytes)).toString("hex")).toBe("1806c80307d1030000000000002440da030474657374");
    expect(refused(all, '{"an_int32":6,"57":8}', bytes)).toEqual({ code: "decode.protobuf-unknown-field", values: { field: "shop.All.57" } });
  });

  it("says at which byte it breaks, and which field is of another type", () => {
    const problemOf = (bytes: Uint8Array): unknown => {
      const { problem } = readMessage(all.schema, all.type, bytes);
      return problem && [problem.said.code, problem.offset];
    };
    expect(problemOf(hex("18 05 0f"))).toEqual(["decode.protobuf-none", 2]);
    expect(problemOf(hex("18 05 8a01 05 0a 03 41"))).toEqual(["decode.protobuf-none", 2]);
    expect(problemOf(hex("8a01 02 0a 03"))).toEqual(["decode.protobuf-none", 3]);
    expect(problemOf(hex("1a 01 61"))).toEqual(["decode.protobuf-other", 0]);
    expect(problemOf(hex("72 01 ff"))).toEqual(["decode.msgpack-not-utf8", 2]);
  });

  it("refuses what a field cannot hold, by its name", () => {
    const why = (json: string): unknown => (refused(all, json) as { readonly values?: object }).values;
    expect(why('{"an_int32":2147483648}')).toEqual({ field: "shop.All.an_int32", value: "2147483648" });
    expect(why('{"monies":[{},{"units":1.5}]}')).toEqual({ field: "shop.All.monies[1].units", value: "1.5" });
    expect(why('{"side":"BOTH"}')).toEqual({ field: "shop.All.side", value: '"BOTH"' });
    expect(why('{"nothing":1}')).toEqual({ field: "shop.All.nothing" });
    expect(why('{"by_number":{"x":{}}}')).toEqual({ field: "shop.All.by_number", value: "x" });
    expect(why(String.raw`{"a_string":"\ud800"}`)).toEqual({ field: "shop.All.a_string", value: String.raw`"\ud800"` });
  });

  it("throws at no bytes, is bounded in depth, and answers the same twice", () => {
    const deep = (levels: number): Uint8Array => {
      let bytes: Uint8Array = new Uint8Array(0);
      for (let i = 0; i < levels; i++) bytes = ALL.encode({ some_bytes: bytes }).finish().map((byte, at) => (at === 0 ? 0x92 : byte));
      return bytes;
    };
    expect(() => readMessage(all.schema, all.type, deep(3))).not.toThrow();
    let nested: Uint8Array = hex("9201 00");
    for (let i = 0; i < 300; i++) {
      const head = ALL.encode({ inner: {} }).finish().slice(0, 2);
      const length: number[] = [];
      for (let rest = nested.length; ; rest >>>= 7) {
        if (rest < 0x80) {
          length.push(rest);
          break;
        }
        length.push((rest & 0x7f) | 0x80);
      }
      nested = Uint8Array.from([...head, ...length, ...nested]);
    }
    expect(readMessage(all.schema, all.type, nested).problem?.said.code).toBe("decode.too-deep");
    const valid = anyAll.map((json) => written(all, json));
    const cut = valid.chain((bytes) => fc.tuple(fc.nat(bytes.length), fc.nat(255), fc.nat(bytes.length)).map(([to, byte, at]) => bytes.slice(0, to).map((one, i) => (i === at ? byte : one))));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), cut), (bytes) => {
        for (const { schema, type } of [all, known, old]) {
          const read = (): string => JSON.stringify([readMessage(schema, type, bytes).problem, readMessage(schema, type, bytes).document?.count]);
          expect(read()).toBe(read());
        }
      }),
      { numRuns: 100 },
    );
  });
});
