import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageBits } from "../../src/model/frame.ts";
import { compileQuery } from "../../src/query/compile.ts";
import { parseQuery } from "../../src/query/parse.ts";
import { PieceRow } from "../../src/query/scan/piece-row.ts";
import { readBlocks } from "../../src/query/scan/block.ts";
import { scanPiece } from "../../src/query/scan/scan-piece.ts";
import { naiveTest } from "./naive.ts";
import { madeQuery } from "./queries.ts";
import { CONNECTIONS, CONTEXT, madeRow, pieceOf, READER, textRow, type MadeRow } from "./rows.ts";

function scan(text: string, rows: readonly MadeRow[], context = CONTEXT): number[] {
  const parsed = parseQuery(text);
  if ("problem" in parsed) throw new Error(parsed.problem.message);
  return [...scanPiece(pieceOf(rows), compileQuery(parsed.query, context), READER)];
}

describe("a scan", () => {
  it("lets through what the naive evaluator lets through, and the columns never say otherwise", () => {
    fc.assert(
      fc.property(fc.array(madeRow, { maxLength: 12 }), madeQuery, fc.nat(5), (rows, query, first) => {
        const compiled = compileQuery(query, CONTEXT);
        const piece = pieceOf(rows, first);
        const expected = rows.flatMap((row, i) => (naiveTest(query, row, first + i) ? [first + i] : []));
        expect([...scanPiece(piece, compiled, READER)]).toEqual(expected);
        const bare = compiled.needsText || compiled.needsDecoded ? piece : { ...piece, payload: null };
        expect([...scanPiece(bare, compiled, READER)]).toEqual(expected);
        const row = new PieceRow(piece, READER);
        const verdicts = rows.map((_, i) => {
          row.moveTo(i, undefined);
          return compiled.columns(row);
        });
        verdicts.forEach((verdict, i) => {
          if (verdict !== "maybe") expect(verdict).toBe(expected.includes(first + i) ? "yes" : "no");
        });
      }),
      { numRuns: 3000 },
    );
  });

  it("does not count a match over the border of two rows, and finds the one behind it", () => {
    const rows = ["xab", "abcab", "c", "", "ab", "cabc"].map((text) => textRow(text, { connection: 2 }));
    expect(scan("abc", rows)).toEqual([1, 5]);
    expect(scan("ABC", rows)).toEqual([1, 5]);
  });

  it("folds case as Unicode's simple folding does, in ASCII and beside other text", () => {
    const rows = ["kelvin", "\u212Aelvin", "KELVIN é", "ſize", "SIZE"].map((text) => textRow(text, { connection: 3 }));
    expect(scan("kelvin", rows)).toEqual([0, 1, 2]);
    expect(scan("\u212Aelvin", rows)).toEqual([0, 1, 2]);
    expect(scan("size", rows.slice(3))).toEqual([0, 1]);
    expect(scan("size", rows.slice(4))).toEqual([0]);
  });

  it("finds words in binary and in URLs where no connection is chosen", () => {
    const bytes = Uint8Array.from([0x82, 0xa3, 0x73, 0x79, 0x6d, 0xff]);
    const rows = [textRow("", { bytes, bits: messageBits("sent", 2, false, false), connection: 3 }), textRow("x")];
    expect(scan("SYM", rows)).toEqual([0]);
    expect(scan("ticker", rows)).toEqual([1]);
    expect(scan("-ticker", rows)).toEqual([0]);
    expect(scan("ticker", rows, { ...CONTEXT, searchesUrls: false })).toEqual([]);
  });

  it("compares values inside messages, exact beyond a double, and prices sent as text", () => {
    const rows = ['{"px":64001}', '{"px":"64001.5"}', '{"px":64000}', '{"a":{"px":70000}}', '{"px":5,"px":70000}', '{"\\u0070x":70000}', '{"px":70000', "[70000]"].map((text) => textRow(text));
    expect(scan(".px > 64000", rows)).toEqual([0, 1, 4, 5]);
    expect(scan("$..px > 64000", rows)).toEqual([0, 1, 3, 4, 5]);
    expect(scan("$[0] = 70000", rows)).toEqual([7]);
    expect(scan(".px", rows)).toEqual([0, 1, 2, 4, 5]);
    const long = ['{"id":12345678901234567890}', '{"id":12345678901234567891}'].map((text) => textRow(text));
    expect(scan(".id = 12345678901234567891", long)).toEqual([1]);
  });

  it("does not take a JSON string that looks like a key for the key behind it", () => {
    expect(scan('."," = 5', [textRow('{"a":"b",",":5}')])).toEqual([0]);
  });

  it("asks a decoder only for messages", () => {
    expect(scan(".px", [textRow('{"px":1}', { bits: 1 as never })])).toEqual([]);
    expect(CONNECTIONS[1]?.decoder).toBe("json");
  });
});

describe("rows read in blocks", () => {
  it("are each what decoding them alone gives", () => {
    fc.assert(
      fc.property(fc.array(madeRow, { maxLength: 200, size: "max" }), (rows) => {
        const { payload } = pieceOf(rows);
        if (payload === null) return;
        const texts = readBlocks(payload.bytes, payload.ends).flatMap(({ text, ends }) => Array.from(ends, (end, i) => text.slice(i === 0 ? 0 : ends[i - 1], end)));
        expect(texts).toEqual(rows.map(({ bytes }) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)));
      }),
      { numRuns: 300 },
    );
  });
});
