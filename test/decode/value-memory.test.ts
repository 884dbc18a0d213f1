import { encode as encodeMessagePack } from "@msgpack/msgpack";
import { encode as encodeCbor } from "cborg";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AmqpReader } from "../../src/decode/amqp/read-values.ts";
import { readCbor } from "../../src/decode/cbor/read-cbor.ts";
import { readJson } from "../../src/decode/json/read-json.ts";
import { readMessagePack } from "../../src/decode/message-pack/read-message-pack.ts";
import { readProtobuf } from "../../src/decode/protobuf/read-protobuf.ts";
import { ValueBuilder } from "../../src/decode/value-builder.ts";
import { toJson } from "../../src/decode/value-json.ts";
import type { ValueDocument } from "../../src/model/value-document.ts";

const FORMATS = {
  JSON: { write: (value: unknown) => new TextEncoder().encode(JSON.stringify(value)), read: (bytes: Uint8Array) => readJson(bytes).document },
  MessagePack: { write: (value: unknown) => new Uint8Array(encodeMessagePack(value)), read: (bytes: Uint8Array) => readMessagePack(bytes).document },
  CBOR: { write: (value: unknown) => new Uint8Array(encodeCbor(value)), read: (bytes: Uint8Array) => readCbor(bytes).document },
} as const;

/** Where each value of a document stands in the bytes that it was read from. */
function places(document: ValueDocument, bytes: Uint8Array): ([number, number] | undefined)[] {
  return Array.from({ length: document.count }, (_, node) => {
    const memory = document.memoryOf(node);
    if (memory === undefined) return undefined;
    expect(memory.buffer).toBe(bytes.buffer);
    const from = memory.byteOffset - bytes.byteOffset;
    return [from, from + memory.length];
  });
}

describe("the bytes of a value", () => {
  for (const [name, { write, read }] of Object.entries(FORMATS)) {
    it(`are, in ${name}, what alone is read as that value`, () => {
      fc.assert(
        fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
          const bytes = write({ value, other: [value] });
          const document = read(bytes);
          if (document === undefined) throw new Error("nothing was read");
          for (const [node, place] of places(document, bytes).entries()) {
            const alone = place && read(bytes.slice(...place));
            expect(alone && toJson(alone)).toBe(toJson(document, node));
          }
        }),
        { numRuns: 100 },
      );
    });
  }

  it("are, in protobuf, what a field holds, without its tag and length", () => {
    const bytes = Uint8Array.from([0x08, 0x96, 0x01, 0x12, 0x05, ...Buffer.from("hello"), 0x1a, 0x02, 0x08, 0x07]);
    const { document } = readProtobuf(bytes);
    expect(document && places(document, bytes)).toEqual([[0, 14], [1, 3], [5, 10], [12, 14], [13, 14]]);
  });

  it("are, in AMQP, those of bytes alone, without their length", () => {
    const bytes = Uint8Array.of(0xc0, 9, 3, 0xa0, 2, 0xfe, 0xff, 0x52, 7, 0xa0, 0);
    const builder = new ValueBuilder(bytes);
    expect(new AmqpReader(bytes, 0, bytes.length, builder).value()).toBeUndefined();
    const document = builder.document();
    expect(document && places(document, bytes)).toEqual([undefined, [5, 7], undefined, undefined]);
  });

  it("are told of a part of a value too, and with its key where that stands before it", () => {
    const bytes = new TextEncoder().encode('{"a":[1,22],"bc":{"d":null}}');
    const { document } = readJson(bytes);
    const part = document?.part(4);
    expect(part && places(part, bytes)).toEqual([[17, 27], [22, 26]]);
    expect(document?.entryMemoryOf(5)).toEqual(bytes.subarray(18, 26));
    expect(document?.entryMemoryOf(2)).toEqual(bytes.subarray(6, 7));
  });

  it("are none where a value was not sent as one: the number of a tag that stands as an entry here", () => {
    const { document } = readCbor(Uint8Array.from([0xd8, 0x20, 0x61, 0x61]));
    expect(document && toJson(document)).toBe('{"$tag":32,"$value":"a"}');
    expect(document && [document.memoryOf(0)?.length, document.memoryOf(1), document.memoryOf(2)?.length]).toEqual([4, undefined, 2]);
  });
});
