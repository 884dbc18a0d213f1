import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readProtobuf } from "../../../src/decode/protobuf/read-protobuf.ts";
import { entriesOf } from "../plain.ts";
import { decodeAll, received, UNKNOWN } from "../messages.ts";

const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits.replaceAll(" ", ""), "hex"));
/** protobuf.dev's own: 150; "testing"; a message that holds 150. */
const EXAMPLE = hex("08 9601 12 07 74657374696e67 1a 03 089601");

describe("Protocol Buffers without a schema", () => {
  it("tells fields by their numbers: varints, texts, messages, bytes, doubles and floats", () => {
    const { document } = readProtobuf(hex("08 9601 12 07 74657374696e67 1a 03 089601 22 03 ff0001 29 0000000000002440 35 0000c03f 10 ffffffffffffffffff01"));
    expect(document && entriesOf(document)).toEqual(["{7", "1: 150", '2: "testing"', "3: {1", "1: 150", '4: {"$bytes":"/wAB","length":3}', "5: 10", "6: 1.5", "2: -1"]);
  });

  it("is sure from fields in order with a text among them, later from whole ones alone", () => {
    const [first, second, third] = decodeAll([received(EXAMPLE), received(EXAMPLE), received(hex("089601"))]);
    expect([first?.decoder, second?.decoder, third?.decoder]).toEqual(["protobuf", "protobuf", "protobuf"]);
    expect(first?.summary).toBe('{"1":150,"2":"testing","3":{"1":150}}');
    expect(decodeAll([received(hex("089601"))])[0]).toBeUndefined();
    expect(decodeAll([received(hex("12 07 74657374696e67 08 9601"))])[0]).toBeUndefined();
  });

  it("says where no field begins, and throws at nothing", () => {
    expect(decodeAll([received(hex("0896010f"))], UNKNOWN, { pinned: "protobuf" })[0]?.problem?.offset).toBe(3);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => { readProtobuf(bytes); decodeAll([received(bytes)], UNKNOWN, { pinned: "protobuf" }); }), { numRuns: 2000 });
  });
});
