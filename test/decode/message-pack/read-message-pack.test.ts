import { decode, encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ValueDocument } from "../../../src/model/value-document.ts";
import { readMessagePack } from "../../../src/decode/message-pack/read-message-pack.ts";
import { en } from "../../words/speakers.ts";
import { entriesOf, plain } from "../plain.ts";
import { anyValue, base64, brokenText, scalar } from "./any-message-pack.ts";

function documentOf(bytes: Uint8Array): ValueDocument {
  const { document, problem, end } = readMessagePack(bytes);
  if (document === undefined || problem !== undefined) throw new Error(problem && en.tell(problem.said));
  expect(end).toBe(bytes.length);
  return document;
}


describe("MessagePack as columns", () => {
  it("has every key, digit and byte of any value, in order, whatever form it was written in", () => {
    fc.assert(
      fc.property(anyValue(scalar), (value) => {
        expect(entriesOf(documentOf(Uint8Array.from(value.bytes)))).toEqual(value.entries);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps both values of a key that comes twice, and 1 apart from \"1\"", () => {
    const document = documentOf(Uint8Array.from(Buffer.from("84a474797065a3666f6f01a161a131a162a474797065c0", "hex")));
    expect(entriesOf(document)).toEqual(["{4", 'type: "foo"', '1: "a"', '1: "b"', "type: null"]);
    expect([1, 2, 3].map((node) => document.hasOddKey(node))).toEqual([false, true, false]);
  });

  it("holds what the library reads, where that can hold it", () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 4 }, fc.string({ unit: "grapheme" }), fc.double(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), fc.boolean(), fc.constant(null), fc.uint8Array(), fc.integer(), fc.array(tie("any")), fc.dictionary(fc.string({ unit: "grapheme" }).filter((key) => key !== "__proto__"), tie("any"), { noNullPrototype: true })),
    })).any;
    const small = (_: string, entry: unknown): unknown => (typeof entry === "bigint" ? `${entry}n` : entry);
    fc.assert(
      fc.property(value, (source) => {
        const packed = encode(source, { useBigInt64: true });
        const library = JSON.stringify(decode(packed, { useBigInt64: true }), small);
        // The library has a bigint for every integer of 64 bits.
        expect(JSON.stringify(plain(documentOf(packed)), small).replace(/"(-?\d+)n"/g, "$1")).toBe(library.replace(/"(-?\d+)n"/g, "$1"));
      }),
      { numRuns: 1000 },
    );
  });

  it("shows a text that is no UTF-8 as the bytes that it is, and says where it stands", () => {
    fc.assert(
      fc.property(anyValue(fc.oneof(scalar, brokenText), brokenText), ({ bytes: packed, entries }) => {
        const { document, problem } = readMessagePack(Uint8Array.from(packed));
        expect(entriesOf(document as ValueDocument)).toEqual(entries);
        expect([undefined, "text"]).toContain(problem?.reason);
      }),
    );
    // `a` and a byte that begins no character; then a whole value of its own.
    const { document, problem } = readMessagePack(Uint8Array.of(0x92, 0xa2, 0x61, 0xe6, 0xa1, 0x62));
    expect(entriesOf(document as ValueDocument)).toEqual(["[2", base64([0x61, 0xe6]), '"b"']);
    expect(problem && [problem.offset, en.tell(problem.said)]).toEqual([1, "This text is not valid UTF-8. It is shown as bytes."]);
    const broken = readMessagePack(Uint8Array.of(0x81, 0xa1, 0xff, 0x01));
    expect(broken.problem).toMatchObject({ reason: "text", offset: 1 });
    expect(broken.document && entriesOf(broken.document)).toEqual(["{1", `$key:${base64([0xff])}: 1`]);
  });

  it("tells timestamps to the nanosecond, and what is none as the extension that it is", () => {
    const time = (hex: string): string[] => entriesOf(documentOf(Uint8Array.from(Buffer.from(hex, "hex"))));
    expect(time("d6ff00000000")).toEqual(['"1970-01-01T00:00:00.000Z"']);
    expect(time("d7ff1d6f345466388099")).toEqual(['"2024-05-06T07:02:49.123456789Z"']);
    expect(time("c70cff00000000fffffffffffffffe")).toEqual(['"1969-12-31T23:59:58.000Z"']);
    expect(time("d4ff01")).toEqual(["{2", "$ext: -1", `data: ${base64([1])}`]);
    // 4 s and 1,000,000,000 ns; a year that no calendar has.
    expect(time("d7ffee6b280000000004")[0]).toBe("{2");
    expect(time("c70cff000000007fffffffffffffff")[0]).toBe("{2");
  });

  it("reads what stands whole before any cut, and says that the bytes were cut", () => {
    fc.assert(
      fc.property(anyValue(scalar), fc.nat(), ({ bytes: packed }, at) => {
        const whole = documentOf(Uint8Array.from(packed));
        const cut = Uint8Array.from(packed).subarray(0, at % packed.length);
        const { document, problem, end } = readMessagePack(cut);
        expect(problem?.reason).toBe("cut");
        expect(end).toBeLessThanOrEqual(cut.length);
        for (let node = 0; node < (document?.count ?? 0); node++) {
          expect(document?.keyOf(node)).toBe(whole.keyOf(node));
          if (document?.isContainer(node) === false) expect(document.jsonOf(node)).toBe(whole.jsonOf(node));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("says where bytes break: trailing, impossible lengths, a byte that begins nothing", () => {
    const problemOf = (hex: string): unknown => {
      const { problem } = readMessagePack(Uint8Array.from(Buffer.from(hex, "hex")));
      return problem && [problem.reason, problem.offset, en.tell(problem.said)];
    };
    expect(problemOf("81a16101")).toBeUndefined();
    expect(problemOf("81a161010102")).toEqual(["rest", 4, "2 more bytes follow the value."]);
    expect(problemOf("81a1610181a162")).toEqual(["rest", 4, "3 more bytes follow the value."]);
    expect(problemOf("81a1610181a16202")).toEqual(["several", 4, "Another value follows the first."]);
    expect(problemOf("81a161ddffffffff")).toEqual(["cut", 8, "The bytes end where a value is due."]);
    expect(problemOf("81a161c1")).toEqual(["broken", 3, "0xc1 begins no value."]);
    expect(problemOf("a5616263")).toEqual(["cut", 0, "The value has 5 bytes, 3 are left."]);
    expect(problemOf("")).toEqual(["cut", 0, "The bytes end where a value is due."]);
  });

  it("goes as deep as a message may go", () => {
    expect(documentOf(new Uint8Array(200_000).fill(0x91, 0, -1)).count).toBe(200_000);
  });

  it("takes any bytes without a throw or a hang, whatever lengths they announce", () => {
    const piece = fc.constantFrom([0x91], [0x81], [0xdd, 0xff, 0xff, 0xff, 0xff], [0xdf, 0, 0x98, 0x96, 0x80], [0xc6, 0xff, 0xff, 0xff, 0xff], [0xa1, 0x61], [0xd7, 0xff], [0xc7, 0], [0xcf], [0x01], [0xc1]);
    const any = fc.oneof(fc.array(piece, { maxLength: 20 }).map((parts) => new Uint8Array(parts.flat())), fc.uint8Array({ maxLength: 60 }));
    fc.assert(
      fc.property(any, (payload) => {
        const { document, problem, end } = readMessagePack(payload);
        expect(end).toBeLessThanOrEqual(payload.length);
        if (problem !== undefined) expect(problem.offset).toBeLessThanOrEqual(payload.length);
        if (document !== undefined) expect(entriesOf(document)).toHaveLength(document.count);
        let accepted = true;
        try {
          decode(payload, { mapKeyConverter: () => "key" });
        } catch {
          accepted = false;
        }
        // What the library takes is read whole.
        if (accepted) expect([undefined, "text"]).toContain(problem?.reason);
      }),
      { numRuns: 1000 },
    );
  });
});
