import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { streamFile } from "../../../src/format/reading/byte-stream.ts";
import { decodeBase64 } from "../../../src/format/reading/base64.ts";
import { GrowingBytes } from "../../../src/format/reading/growing-bytes.ts";
import { JsonFault, JsonReader } from "../../../src/format/reading/json-reader.ts";
import { memoryFile } from "../../engine/memory-import-file.ts";

const readerOf = (bytes: Uint8Array | string, largest = Infinity): JsonReader => new JsonReader(streamFile(memoryFile("test", typeof bytes === "string" ? Buffer.from(bytes) : bytes, largest)));

function stringOf(reader: JsonReader, most = 1e9): Uint8Array {
  const into = new GrowingBytes(1);
  reader.openString();
  while (!reader.copySome(into, most));
  return into.taken.slice();
}

/** Any of JSON's ways to write a string: escapes where there need be none, too. */
const anyWritten = fc.string({ unit: "binary", maxLength: 60 }).chain((text) =>
  fc.infiniteStream(fc.boolean()).map((escaped) => ({
    text,
    json: `"${text.split("").map((unit) => (escaped.next().value === true ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}` : JSON.stringify(unit).slice(1, -1))).join("")}"`,
  })),
);

describe("a string of JSON", () => {
  it("is read as the UTF-8 of what JSON.parse makes of it, wherever its pieces end", () => {
    fc.assert(
      fc.property(anyWritten, fc.integer({ min: 1, max: 9 }), ({ json, text }, largest) => {
        // Halves of pairs that are written out cannot stand in a file of UTF-8.
        const read = stringOf(readerOf(json, largest));
        expect(Buffer.from(read).toString()).toBe(text.isWellFormed() ? text : Buffer.from((JSON.parse(Buffer.from(json).toString()) as string).toWellFormed()).toString());
      }),
    );
  });

  it("that is longer than wanted is passed over, and one byte more than wanted says so", () => {
    const reader = readerOf(`"${"x".repeat(100_000)}" 7`, 100);
    expect(stringOf(reader, 50)).toHaveLength(51);
    expect(reader.shortNumber()).toBeUndefined();
    expect(reader.peek()).toBe("7".charCodeAt(0));
  });
});

describe("first halves of pairs without their second", () => {
  const halves = (count: number): string => String.raw`\ud800`.repeat(count);

  it("are read a piece at a time, and no more of them is kept than is wanted", () => {
    const reader = readerOf(`"${halves(20_000)}" 7`, 600);
    const into = new GrowingBytes(1);
    reader.openString();
    let calls = 1;
    for (; !reader.copySome(into, 50); calls++) expect(into.length).toBeLessThanOrEqual(51);
    expect(calls).toBeGreaterThan(190);
    expect(into.bytes.length).toBeLessThan(10_000);
    expect(reader.peek()).toBe("7".charCodeAt(0));
  });

  it("make no key that is longer than one may be", () => {
    const reader = readerOf(`{"${halves(1_000_000)}": 1}`, 4096);
    reader.openObject();
    expect(() => reader.nextKey(true)).toThrow(JsonFault);
    expect(reader.offset).toBeLessThan(200_000);
  });
});

describe("a value that is passed over", () => {
  it("ends where it ends, and is given as it stands", () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 1, max: 9 }), (json, largest) => {
        const reader = readerOf(`[${json} , "next"]`, largest);
        const into = new GrowingBytes(1);
        reader.openList();
        expect(reader.nextItem(true)).toBe(true);
        reader.openSkip();
        while (!reader.skipSome(into, 1e6));
        expect(JSON.parse(Buffer.from(into.taken).toString())).toEqual(JSON.parse(json));
        expect(reader.nextItem(false)).toBe(true);
        expect(Buffer.from(stringOf(reader)).toString()).toBe("next");
        expect(reader.nextItem(false)).toBe(false);
      }),
    );
  });
});

describe("bytes that are no JSON", () => {
  it("are told with their place, and never hang", () => {
    const anyJunk = fc.oneof(fc.uint8Array({ maxLength: 80 }), fc.string({ unit: fc.constantFrom("{", "}", "[", "]", '"', ",", ":", "\\", "u", "0", "a", "\n") }).map((text) => Buffer.from(text)));
    fc.assert(
      fc.property(anyJunk, (junk) => {
        try {
          const reader = readerOf(junk, 3);
          reader.openObject();
          for (let key = reader.nextKey(true); key !== undefined; key = reader.nextKey(false)) {
            reader.openSkip();
            while (!reader.skipSome());
          }
        } catch (error) {
          if (!(error instanceof JsonFault)) throw error;
          expect(error.offset).toBeLessThanOrEqual(junk.length);
        }
      }),
    );
  });
});

describe("base64", () => {
  it("is read in both alphabets, with its padding or without, and on several lines", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom("base64", "base64url"), fc.boolean(), (bytes, alphabet, isBroken) => {
        const written = Buffer.from(bytes).toString(alphabet);
        const text = new GrowingBytes(1);
        text.push(Buffer.from(isBroken ? written.replaceAll(/.{7}/g, "$&\r\n") : written));
        expect(decodeBase64(text)).toBe(true);
        expect(Buffer.from(text.taken)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each(["A", "AAAA=AAA", "A*==", "é", "AAAAA"])("is not %s", (written) => {
    const text = new GrowingBytes(1);
    text.push(Buffer.from(written));
    expect(decodeBase64(text)).toBe(false);
  });
});
