import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileSchema, messageNames, type SchemaFile } from "../../../src/decode/protobuf/compile-schema.ts";
import { bytesOf } from "../messages.ts";
import { DESCRIPTOR_SET, OLD, SHOP } from "./schemas.ts";

const file = (name: string, text: string): SchemaFile => ({ name, bytes: bytesOf(text) });
const why = (files: readonly SchemaFile[]): Promise<unknown> => compileSchema(files).then(() => "", (error: unknown) => (error as { readonly told: unknown }).told);

describe("a schema", () => {
  it("is of several files that import each other, in any order, also where they were opened by their names alone", async () => {
    const order = file("shop/order.proto", 'syntax = "proto3"; package shop; import "shop/money/money.proto"; message Order { Money price = 1; money.Currency currency = 2; }');
    const money = file("money.proto", 'syntax = "proto3"; package shop; message Money { int64 units = 1; } ');
    const currency = file("currency.proto", 'syntax = "proto3"; package shop.money; enum Currency { EUR = 0; USD = 1; }');
    for (const files of [[order, money, currency], [currency, money, order]]) {
      const { messages, enums } = await compileSchema(files);
      expect(messages.find(({ name }) => name === "shop.Order")?.fields).toEqual([
        { number: 1, name: "price", type: "message", of: "shop.Money" },
        { number: 2, name: "currency", type: "enum", of: "shop.money.Currency" },
      ]);
      expect(enums.map(({ name }) => name)).toEqual(["shop.money.Currency"]);
    }
    expect(await why([order, currency])).toMatchObject({ code: "decode.proto-missing", values: { files: ["shop/money/money.proto"], problem: { code: "decode.proto-at", values: { file: "shop/order.proto", line: 1 } } } });
  });

  it("reads the same from the descriptor set that protoc makes as from the text", async () => {
    const fromText = await compileSchema([file("shop.proto", SHOP), file("old.proto", OLD)]);
    const fromSet = await compileSchema([{ name: "shop.binpb", bytes: DESCRIPTOR_SET }]);
    const byName = ({ messages, enums }: typeof fromText): unknown => [
      // Of the one that the library brings the names are its own; it is told as JSON whatever they are.
      Object.fromEntries(messages.filter(({ name }) => name !== "google.protobuf.Value").map(({ name, fields }) => [name, fields.toSorted((a, b) => a.number - b.number)])),
      Object.fromEntries(enums.map(({ name, values }) => [name, values])),
    ];
    expect(messageNames(fromSet).length).toBeGreaterThan(5);
    expect(byName(fromSet)).toEqual(byName(fromText));
  });

  it("says the file and the line where it breaks, and what is missing", async () => {
    expect(await why([file("a.proto", 'syntax = "proto3";\nmessage A {\n  int32 a = ;\n}')])).toEqual({ code: "decode.proto-broken", values: { file: "a.proto", problem: expect.stringContaining("line 3") } });
    const unknown = 'syntax = "proto3";\n// B\nmessage A {\n  map<string, B> b = 1;\n}';
    expect(await why([file("b.proto", "message Bb { optional int32 Ab = 1; }"), file("a.proto", unknown)])).toEqual({ code: "decode.proto-unresolved", values: { problem: { code: "decode.proto-at", values: { file: "a.proto", line: 4, problem: expect.stringContaining("B") } } } });
    expect(await why([file("a.proto", 'syntax = "proto3"; enum E { A = 0; }')])).toEqual({ code: "decode.proto-none", values: {} });
    expect(await why([{ name: "a.bin", bytes: Uint8Array.of(1, 2, 3) }])).toEqual({ code: "decode.proto-no-set", values: { file: "a.bin" } });
    expect(await why([{ name: "a.proto", bytes: new Uint8Array((8 << 20) + 1) }])).toMatchObject({ code: "decode.proto-too-large" });
    // Options of extensions that nobody opened say nothing of messages.
    expect(await why([file("a.proto", 'syntax = "proto3"; import "google/api/annotations.proto"; import "google/protobuf/descriptor.proto"; extend google.protobuf.FieldOptions { string x = 50000; } message A { int32 a = 1 [(x) = "y"]; }')])).toBe("");
  });

  it("cannot harm: nested without end, names of JavaScript's own, any bytes", async () => {
    const deep = `${"message A { ".repeat(5000)}${"}".repeat(5000)}`;
    expect(await why([file("a.proto", deep)])).toMatchObject({ code: "decode.proto-broken" });
    const odd = await compileSchema([file("a.proto", 'syntax = "proto3"; message constructor { string toString = 1; map<string, string> hasOwnProperty = 2; }')]);
    expect(messageNames(odd)).toEqual(["constructor"]);
    const piece = fc.constantFrom("message", "A", "{", "}", "=", "1", ";", "int32", "repeated", "oneof", "map<", ">", '"', "/*", "extend", "group", "__proto__", "import", "option", "(", ")", "\n", "[", "]", "enum");
    const texts = fc.array(piece, { maxLength: 30 }).map((pieces) => bytesOf(pieces.join(" ")));
    const sets = fc.constantFrom(DESCRIPTOR_SET).chain((bytes) => fc.tuple(fc.nat(bytes.length), fc.nat(255)).map(([at, byte]) => bytes.map((one, i) => (i === at ? byte : one))));
    await fc.assert(
      fc.asyncProperty(fc.oneof(texts, sets, fc.uint8Array({ maxLength: 50 })), async (bytes) => {
        const told = await why([{ name: "a", bytes }]);
        expect(told === "" || typeof told === "object").toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(Object.hasOwn(Object.prototype, "A")).toBe(false);
  });
});
