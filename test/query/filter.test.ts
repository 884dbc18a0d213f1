import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseFilter } from "../../src/query/filter.ts";
import { compileFilter } from "../../src/query/matcher.ts";
import { scanPiece } from "../../src/query/scan.ts";

function matcherOf(text: string) {
  const parsed = parseFilter(text);
  if (!("filter" in parsed)) throw new Error(parsed.problem.message);
  return compileFilter(parsed.filter);
}

describe("a filter", () => {
  it("is plain text, upper and lower case alike, with nothing special in it", () => {
    expect(matcherOf("Btc").test('{"sym":"BTCUSD"}')).toBe(true);
    expect(matcherOf("ÄRGER").test("ärger")).toBe(true);
    expect(matcherOf("a.c").test("abc")).toBe(false);
    expect(matcherOf("/path").test("GET /path/x")).toBe(true);
    expect(matcherOf("  btc ").test("btc")).toBe(true);
  });

  it("is a pattern between slashes, as written or with flags", () => {
    expect(matcherOf("/BTC|ETH/").test("ethusd")).toBe(false);
    expect(matcherOf("/BTC|ETH/i").test("ethusd")).toBe(true);
    expect(matcherOf("/^a$/m").test("b\na\nc")).toBe(true);
  });

  it("says what is wrong with a pattern, and where", () => {
    expect(parseFilter(" /a(b/")).toEqual({
      problem: { message: "This pattern is not valid: Unterminated group.", from: 2, to: 5 },
    });
    expect(parseFilter("/a/gx")).toMatchObject({ problem: { from: 3, to: 5, message: expect.stringContaining("“g”") as string } });
  });

  it("reads any text without throwing, and as plain text finds itself", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const parsed = parseFilter(text);
        if (!("filter" in parsed)) return;
        const matcher = compileFilter(parsed.filter);
        if (parsed.filter.kind === "text") expect(matcher.test(`x${parsed.filter.text}y`)).toBe(true);
      }),
    );
  });

  it("marks just the places that match", () => {
    expect(matcherOf("btc").marks("BTC and btc")).toEqual([0, 3, 8, 11]);
    expect(matcherOf("/x*/").marks("axxb")).toEqual([1, 3]);
    expect(matcherOf("").marks("abc")).toEqual([]);
  });
});

describe("a scan", () => {
  it("lets through the rows whose text or URL holds the word, as a plain loop does", () => {
    const row = fc.record({ text: fc.string({ unit: "grapheme" }), url: fc.nat(2) });
    const urls = ["ws://a/feed", "ws://b/x", ""];
    fc.assert(
      fc.property(fc.array(row), fc.constantFrom("a", "feed", "b", "É", "zz"), fc.boolean(), (rows, word, withUrls) => {
        const encoded = rows.map(({ text }) => new TextEncoder().encode(text));
        let at = 0;
        const found = scanPiece(
          {
            rows: Uint32Array.from(rows, (_, i) => i * 3),
            ends: Uint32Array.from(encoded, ({ length }) => (at += length)),
            bytes: Uint8Array.from(encoded.flatMap((bytes) => [...bytes])),
            urlOf: withUrls ? Uint32Array.from(rows, ({ url }) => url) : null,
            urls: withUrls ? urls : [],
          },
          matcherOf(word),
        );
        const holds = (text: string): boolean => text.toLowerCase().includes(word.toLowerCase());
        const expected = rows.flatMap(({ text, url }, i) => (holds(text) || (withUrls && holds(urls[url] ?? "")) ? [i * 3] : []));
        expect([...found]).toEqual(expected);
      }),
    );
  });

  it("reads binary as UTF-8 as far as it goes", () => {
    const bytes = Uint8Array.from([0x82, 0xa3, 0x73, 0x79, 0x6d, 0xff]);
    const piece = { rows: Uint32Array.of(7), ends: Uint32Array.of(6), bytes, urlOf: null, urls: [] };
    expect([...scanPiece(piece, matcherOf("SYM"))]).toEqual([7]);
  });
});
