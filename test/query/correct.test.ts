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
  // SQL
  ["SELECT * FROM frames WHERE px > 100", ".px > 100"],
  ["where type = 'trade' and px > 5", "type:trade .px > 5"],
  ["px > 5 ORDER BY px DESC LIMIT 10;", ".px > 5"],
  ["px BETWEEN 1 AND 5", ".px >= 1 .px <= 5"],
  ["size between 100 and 200", "size:100..200"],
  ["type IN ('trade', 'tick')", "type:trade OR type:tick"],
  ["px NOT IN (1,2)", "-(.px = 1 OR .px = 2)"],
  ["symbol LIKE '%BTC%'", '.data.symbol ~ "BTC"'],
  ["symbol LIKE 'B%'", ".data.symbol ~ /^B/"],
  ["symbol NOT LIKE '%C'", "-.data.symbol ~ /C$/"],
  ["symbol LIKE 'B_C'", ".data.symbol ~ /^B.C$/"],
  ["symbol IS NOT NULL", ".data.symbol != null"],
  ["symbol IS NULL", ".data.symbol = null"],
  ["LOWER(type) = 'trade'", "type:trade"],
  // JavaScript
  ['data.includes("btc")', "btc"],
  ['symbol.startsWith("B")', ".data.symbol ~ /^B/"],
  ["/btc/i.test(data)", "/btc/i"],
  ["data.match(/btc/g)", "/btc/"],
  ["px === 5 && type !== 'tick'", ".px = 5 -type:tick"],
  ["event.data.px > 5", ".px > 5"],
  ["JSON.parse(data).px > 5", ".px > 5"],
  ["frame => frame.px > 5", ".px > 5"],
  ['msg.type == "trade"', "type:trade"],
  ['symbol.toLowerCase() == "b"', '.data.symbol = "b"'],
  ["data.length > 1kb", "size:>1kb"],
  ["px?.y > 5", ".px.y > 5"],
  ["100 < px < 200", ".px > 100 .px < 200"],
  // Kibana, Lucene, Mongo, JSONPath
  ['type : "trade" and px >= 5', "type:trade .px >= 5"],
  ["type:(trade OR tick)", "type:trade OR type:tick"],
  ["symbol:B*", ".data.symbol ~ /^B/"],
  ["px:[1 TO 5]", ".px >= 1 .px <= 5"],
  ["px:>5", ".px > 5"],
  ["px:*", ".px"],
  ["_exists_:px", ".px"],
  ['{"px": {"$gt": 5}}', ".px > 5"],
  ["$.data[?(@.qty > 5)]", ".data[*].qty > 5"],
  // Burp, Fiddler, mitmproxy, a shell
  ["~u feed & ~b btc", "url:feed btc"],
  ["!~d example.com", "-host:example.com"],
  ["~q", "is:sent"],
  ["?feed", "url:feed"],
  [">1000", "size:>1000"],
  ["@example.com", "host:example.com"],
  ["grep -i btc", "btc"],
  ["btc|eth", "btc OR eth"],
  ["contains:btc", "btc"],
  ["regex:^a", "/^a/"],
  // More of Chrome, Wireshark and jq
  ["tcp.port == 8080", "host:*:8080"],
  ["websocket.opcode == text", "opcode:text"],
  ["px in {1, 2}", ".px = 1 OR .px = 2"],
  [".px?", ".px"],
  [".. | .px?", ".px"],
  ['select(.symbol | contains("x"))', '.data.symbol ~ "x"'],
  // What is said, not written
  ["is error", "is:error"],
  ["only sent", "is:sent"],
  ["no heartbeats", "-is:heartbeat"],
  ["type is not trade", "-type:trade"],
  ["symbol starts with B", ".data.symbol ~ /^B/"],
  ["last 5 minutes", "last:5m"],
  ["size > 1 KB", "size:>1KB"],
  ["connection 3", "conn:3"],
  ["row 5", "near:5"],
  ["#5", "near:#5"],
  ["from:server", "is:received"],
  ["to:server", "is:sent"],
  ["from:me", "from:you"],
  ["close code 1006", "is:close 1006"],
  ["status:403", "is:error 403"],
  // As an input method writes it
  ["类型：trade", "type:trade"],
  ["px＞5", ".px > 5"],
  ["btc 或 eth", "btc OR eth"],
  ["已发送", "is:sent"],
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
