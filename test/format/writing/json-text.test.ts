import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeBase64Text } from "../../../src/format/writing/base64-text.ts";
import { writeJsonText } from "../../../src/format/writing/json-text.ts";
import { PIECE_LENGTH, PieceWriter } from "../../../src/format/writing/piece-writer.ts";

type Write = (source: Uint8Array, from: number, writer: PieceWriter) => number;

/** Writes with only `room` bytes free in each piece. */
function inPieces(write: Write, source: Uint8Array, room: number): string {
  const writer = new PieceWriter();
  const out: Buffer[] = [];
  for (let from = 0; from < source.length; ) {
    writer.length = PIECE_LENGTH - room;
    const next = write(source, from, writer);
    expect(next, "progress").toBeGreaterThan(from);
    from = next;
    out.push(Buffer.from(writer.take().subarray(PIECE_LENGTH - room)));
  }
  return Buffer.concat(out).toString("latin1");
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** What JSON.stringify makes of the decoded text, as UTF-8 bytes in Latin-1. */
const expected = (bytes: Uint8Array): string => Buffer.from(JSON.stringify(decoder.decode(bytes)).slice(1, -1)).toString("latin1");

/** A byte order mark, surrogates, overlong forms, too great a number, beginnings of characters, line separators, escapes. */
const SPECIAL =
  "efbbbf eda080 edbfbf c080 e08080 f0808080 f4908080 f580 f09f98 f09f e282 e280a8 e280a9 ff 22 5c 00 1f 7f".split(" ");

/** Bytes that are often nearly UTF-8. */
const nearlyUtf8 = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.string({ unit: "binary", maxLength: 4 }).map((text) => new TextEncoder().encode(text)),
      fc.constantFrom(...SPECIAL).map((hex) => Buffer.from(hex, "hex")),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Buffer.concat(parts));

describe("UTF-8 in a JSON string", () => {
  it("is what a TextDecoder and JSON.stringify make of any bytes, cut at any place", () => {
    fc.assert(
      fc.property(nearlyUtf8, fc.integer({ min: 6, max: 40 }), (bytes, room) => {
        expect(inPieces(writeJsonText, bytes, room)).toBe(expected(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it("is right for every pair of bytes", () => {
    for (let first = 0; first < 256; first += 1) {
      const pairs = Uint8Array.from({ length: 256 * 3 }, (_, index) => [first, Math.floor(index / 3), 0x20][index % 3] ?? 0);
      expect(inPieces(writeJsonText, pairs, PIECE_LENGTH)).toBe(expected(pairs));
    }
  });
});

describe("bytes as base64", () => {
  it("are what Node makes of them, cut at any place", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 4, max: 60 }), (bytes, room) => {
        expect(inPieces(writeBase64Text, bytes, room)).toBe(Buffer.from(bytes).toString("base64"));
      }),
    );
  });
});
