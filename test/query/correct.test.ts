import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CapturedFacts } from "../../src/query/captured.ts";
import { correctFilter } from "../../src/query/correct/correct.ts";
import { parseQuery } from "../../src/query/parse.ts";
import { printQuery } from "../../src/query/print.ts";

const counted = (values: readonly string[]) => values.map((value, i) => ({ value, count: values.length - i }));

const NOTHING: CapturedFacts = { connections: () => [], labels: () => [], topics: () => [], paths: () => [] };
const CAPTURED: CapturedFacts = {
  ...NOTHING,
  labels: () => counted(["tick", "trade", "order:place", "order:cancel"]),
  topics: () => counted(["/orders"]),
  paths: () => counted([".px", ".data.qty", ".data.symbol", ".[*].k"]),
};

/** What is typed, and what is offered for it first. */
const CORRECTED: readonly (readonly [string, string])[] = [
  // A value without its dot
  ["px > 100", ".px > 100"],
  ["px>100", ".px > 100"],
  ["px == 5", ".px = 5"],
  ["px === 64,000", ".px = 64000"],
  ["qty=5", ".data.qty = 5"],
  ["data.qty >= 5", ".data.qty >= 5"],
  ["symbol:BTC", '.data.symbol = "BTC"'],
  ['"symbol":"BTC"', '.data.symbol = "BTC"'],
  ['{"symbol":"BTC"}', '.data.symbol = "BTC"'],
  [".qty > 5", ".data.qty > 5"],
  ['.px = "100"', ".px = 100"],
  [".px => 5", ".px >= 5"],
  [".px ≥ 5", ".px >= 5"],
  [".px <> 5", ".px != 5"],
  [".items[0", ".items[0]"],
  // A field with another sign, or nearly its name
  ["type=trade", "type:trade"],
  ["type == 'trade'", "type:trade"],
  ["type != trade", "-type:trade"],
  ["type: trade", "type:trade"],
  ["typo:trade", "type:trade"],
  ["type:trad", "type:trade"],
  ["type:order", "type:*order*"],
  ["type:trade,tick", "type:trade OR type:tick"],
  ["size > 1kb", "size:>1kb"],
  ["latency>=100ms", "latency:>=100ms"],
  ["is:receive", "is:received"],
  ["direction:out", "is:sent"],
  ["sent", "is:sent"],
  // Joins of other languages
  ["a and b", "a b"],
  ["a && b", "a b"],
  ["a or b", "a OR b"],
  ["a || b", "a OR b"],
  ["not a", "-a"],
  ["!a", "-a"],
  ["px > 100 and type = 'trade'", ".px > 100 type:trade"],
  ["(a OR b", "a OR b"],
  ["a)", "a"],
  ["*btc*", "btc"],
  // Chrome's network panel
  ["method:trade", "type:trade"],
  ["domain:example.com", "host:example.com"],
  ["-domain:example.com", "-host:example.com"],
  ["larger-than:1k", "size:>1k"],
  // Wireshark
  ["websocket.opcode == 1", "opcode:1"],
  ["frame.len > 100", "size:>100"],
  ['frame contains "abc"', "abc"],
  ['websocket.payload contains "x y"', '"x y"'],
  ['px matches "^6"', ".px ~ /^6/"],
  // jq
  [".data|.qty", ".data.qty"],
  [".data.qty|select(. > 5)", ".data.qty > 5"],
  ["select(.px > 100)", ".px > 100"],
  [".[] | select(.k > 1)", "$[*].k > 1"],
  ['.data | .symbol | test("^B")', ".data.symbol ~ /^B/"],
  ['.data.symbol|contains("TC")', '.data.symbol ~ "TC"'],
];

describe("a filter that finds nothing or is none", () => {
  test.each(CORRECTED)("%s is offered as %s", (typed, offered) => {
    expect(correctFilter(typed, CAPTURED)[0]).toBe(offered);
  });

  test("is offered in its next meanings too, and never as what it says already", () => {
    expect(correctFilter("typo:trade", CAPTURED)).toEqual(["type:trade", '"typo:trade"', '.typo = "trade"']);
    expect(correctFilter("is:sent type:trade", CAPTURED)).toEqual([]);
    expect(correctFilter("btc", NOTHING)).toEqual([]);
  });

  test("is offered as a filter that can be read, whatever was typed", () => {
    const piece = fc.oneof(fc.constantFrom(...CORRECTED.map(([typed]) => typed), "(", ")", "|", "||", '"', "'", ":", "-", "!", "select(", "[", "{", "=", "~", "/", "\\"), fc.string({ maxLength: 8 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        for (const text of [pieces.join(""), pieces.join(" ")]) {
          for (const offer of correctFilter(text, CAPTURED)) {
            const read = parseQuery(offer);
            expect("query" in read && printQuery(read.query)).toBe(offer);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
