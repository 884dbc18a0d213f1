import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "../../src/decode/json/read-json.ts";
import { eventBits, messageBits } from "../../src/model/frame.ts";
import { compileQuery } from "../../src/query/compile.ts";
import { parseQuery } from "../../src/query/parse.ts";
import { PieceRow } from "../../src/query/scan/piece-row.ts";
import { readBlocks } from "../../src/query/scan/block.ts";
import type { MessageReader } from "../../src/query/scan/piece.ts";
import { scanPiece } from "../../src/query/scan/scan-piece.ts";
import { naiveTest } from "./naive.ts";
import { madeQuery } from "./queries.ts";
import { CONTEXT, madeRow, pieceOf, READER, textRow, type MadeRow } from "./rows.ts";

function scan(text: string, rows: readonly MadeRow[], context = CONTEXT): number[] {
  const parsed = parseQuery(text);
  if ("problem" in parsed) throw new Error(parsed.problem.message.code);
  return [...scanPiece(pieceOf(rows), compileQuery(parsed.query, context), READER).rows];
}

describe("a scan", () => {
  it("lets through what the naive evaluator lets through, and the columns never say otherwise", () => {
    fc.assert(
      fc.property(fc.array(madeRow, { maxLength: 12 }), madeQuery, fc.nat(5), fc.boolean(), (rows, query, first, isDecoded) => {
        const compiled = compileQuery(query, CONTEXT);
        const piece = pieceOf(rows, first, isDecoded);
        const expected = rows.flatMap((row, i) => (naiveTest(query, row, first + i) ? [first + i] : []));
        expect([...scanPiece(piece, compiled, READER).rows]).toEqual(expected);
        const needsPayload = compiled.needsText || compiled.needsDecoded || (compiled.needs.has("labels") && !isDecoded);
        const bare = needsPayload ? piece : { ...piece, payload: null };
        expect([...scanPiece(bare, compiled, READER).rows]).toEqual(expected);
        const row = new PieceRow(piece, READER);
        const verdicts = rows.map((_, i) => {
          row.moveTo(i, undefined);
          return compiled.columns(row);
        });
        verdicts.forEach((verdict, i) => {
          if (verdict !== "maybe") expect(verdict).toBe(expected.includes(first + i) ? "yes" : "no");
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("reads a value after the decoder was asked about the same row", () => {
    const rows = [textRow("first"), textRow('{"px":[{}]}')];
    expect(scan("id:/px/ OR .px[0]", rows)).toEqual([1]);
    expect(scan("topic:/px/ OR .px[0]", rows)).toEqual([1]);
  });

  it("does not count a match over the border of two rows, and finds the one behind it", () => {
    const rows = ["xab", "abcab", "c", "", "ab", "cabc"].map((text) => textRow(text, { connection: 2 }));
    expect(scan("abc", rows)).toEqual([1, 5]);
    expect(scan("ABC", rows)).toEqual([1, 5]);
    expect(scan("abc", ["ab", "c", "a", "bcabc"].map((text) => textRow(text, { connection: 2 })))).toEqual([3]);
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

  it("looks for a value behind its key only, whatever stands first among the messages", () => {
    const rows = ['"ann"', '{"x":"name"}', '{"name":"ann"}', "true", '{"x":"name"}'].map((text) => textRow(text));
    expect(scan('.name = "ann"', rows)).toEqual([2]);
    expect(scan(".name = true", rows.slice(3))).toEqual([]);
  });

  it("looks for values in messages only", () => {
    expect(scan(".px", [textRow('{"px":1}', { bits: eventBits("open") })])).toEqual([]);
  });

  it("reads only whole numbers out of texts, and no key that an object merely inherits", () => {
    const rows = ['{"px":""}', '{"px":" 5"}', '{"px":"0x10"}', '{"px":"5 "}', '{"px":"5"}', '{"px":null}', '{"px":true}'].map((text) => textRow(text));
    expect(scan(".px >= 0", rows)).toEqual([4]);
    const inherited = textRow('{"a":{"b":{"constructor":1,"length":2}},"px":"5"}');
    for (const filter of [".constructor", ".px.length", "..toString", ".__proto__", ".a.constructor", ".*.constructor"]) {
      expect(scan(filter, [...rows, inherited]), filter).toEqual([]);
    }
  });

  it("does not take what stands behind a message's end for part of it", () => {
    expect(scan(".px > 1", ['{"px":0}"px":5}', '{"px":5', "}", '{"px":5}', ' {"px":5}\n', '{"px":0},"px":5'].map((text) => textRow(text)))).toEqual([3, 4]);
  });

  it("asks the decoder of messages that are no plain JSON, and none where none took the message", () => {
    const asked: string[] = [];
    const reader: MessageReader = {
      plainJson: new Set(["json"]),
      derivedText: () => undefined,
      lendJson: (bytes, from, to) => READER.lendJson(bytes, from, to),
      decode: ({ decoder }) => {
        asked.push(decoder);
        return { decoder, label: "", kind: "event", id: undefined, answers: undefined, topic: undefined, isJson: false, value: readJson(new TextEncoder().encode('{"px":70000}')).document };
      },
    };
    const piece = pieceOf([textRow("5", { connection: 3 }), textRow('{"px":5}'), textRow("no JSON")]);
    const parsed = parseQuery(".px > 64000");
    const query = "query" in parsed ? parsed.query : { kind: "everything" as const };
    expect([...scanPiece(piece, compileQuery(query, CONTEXT), reader).rows]).toEqual([0]);
    expect(asked).toEqual(["other"]);
  });

  it("answers paths from JSON text as parsing does", () => {
    const member = fc.tuple(fc.constantFrom("px", "apx", "x", "a", "b", "px "), fc.constantFrom("5", "70000", "-1e2", '"70000"', '"px"', "{}", "[]", '{"px":70000}', '{"px":1,"px":2}', '[1,{"a":[]}]', "01", "", "[1,]", "{,}", "1 2", '"\\u0031"', "1234567890123456789"));
    const text = fc.tuple(fc.array(member, { maxLength: 4 }), fc.constantFrom(",", " , ", ",,", "\n,\t"), fc.constantFrom("}", "", "} ", "}}", ",}", "}x")).map(
      ([members, comma, end]) => `{${members.map(([key, value]) => `"${key}" :${value}`).join(comma)}${end}`,
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), fc.constantFrom(".px > 1", ".px = 70000", ".a.px >= 1", ".px.px <= 70000", '."px " < 6', "$..px = 2"), (texts, filter) => {
        const parsed = parseQuery(filter);
        const query = "query" in parsed ? parsed.query : undefined;
        const rows = texts.map((one) => textRow(one));
        expect(scan(filter, rows)).toEqual(rows.flatMap((row, i) => (query !== undefined && naiveTest(query, row, i) ? [i] : [])));
      }),
      { numRuns: 500 },
    );
  });
});

describe("rows read in blocks", () => {
  it("are each what decoding them alone gives", () => {
    fc.assert(
      fc.property(fc.array(madeRow, { maxLength: 200, size: "max" }), fc.option(fc.nat(400), { nil: undefined }), (rows, most) => {
        const { payload } = pieceOf(rows);
        if (payload === null) return;
        const blocks = [...readBlocks(payload.bytes, payload.ends, most)];
        for (const { count, text } of blocks) if (count > 1) expect(new TextEncoder().encode(text.toWellFormed()).length).toBeLessThanOrEqual(3 * (most ?? 1 << 17));
        const texts = blocks.flatMap(({ text, ends }) => Array.from(ends, (end, i) => text.slice(i === 0 ? 0 : ends[i - 1], end)));
        expect(texts).toEqual(rows.map(({ bytes }) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)));
      }),
      { numRuns: 300 },
    );
  });
});
