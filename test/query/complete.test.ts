import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CapturedFacts } from "../../src/query/captured.ts";
import { completeQuery } from "../../src/query/complete.ts";
import { parseQuery } from "../../src/query/parse.ts";
import type { ConnectionFacts } from "../../src/query/query-row.ts";
import { say } from "../../src/model/said.ts";

const CAPTURE: CapturedFacts = {
  labels: () => [
    { value: "trade", count: 12 },
    { value: "order placed", count: 400 },
    { value: "order*", count: 2 },
    { value: "order placed", count: 500 },
    { value: "subtrade", count: 40 },
  ],
  topics: () => [
    { value: "orders", count: 7 },
    { value: "/chat room", count: 9 },
  ],
  connections: () => [
    { facts: facts(1, "wss://ann:pw@feed.test:8443/v2?token=x", "v2.stomp"), frames: 3 },
    { facts: facts(2, "ws://feed.test/ticks", ""), frames: 9 },
    { facts: facts(3, "", "v2.stomp"), frames: 1 },
  ],
  paths: () => [
    { value: ".px", count: 3 },
    { value: ".user.name", count: 30 },
    { value: ".user.id", count: 5 },
  ],
};

function facts(id: number, url: string, subprotocol: string): ConnectionFacts {
  return { id, url, targetType: "worker", targetName: "feed.js", targetUrl: "http://page.test/feed.js", subprotocol };
}

/** Completes at the bar, and answers what the filter becomes with each option. */
function completed(marked: string): string[] {
  const cursor = marked.indexOf("|");
  const text = marked.replace("|", "");
  const completion = completeQuery(text, cursor, CAPTURE);
  return (completion?.options ?? []).map(({ insert }) => text.slice(0, completion?.from) + insert + text.slice(completion?.to));
}

describe("completion", () => {
  it("offers fields where a condition begins", () => {
    expect(completed("|")).toContain("is:");
    expect(completed("btc t|")).toEqual(["btc type:", "btc topic:", "btc time:", "btc target:", "btc transport:"]);
    expect(completed("-|")).toContain("-is:");
    expect(completed("(la|)")).toEqual(["(last:)", "(latency:)"]);
    expect(completed("ty|pe:x")).toEqual(["type:x"]);
  });

  it("offers values that are in the capture, those that begin so and then the most frequent first", () => {
    expect(completed("type:|")).toEqual(['type:"order placed"', "type:subtrade", "type:trade", 'type:"order*"']);
    expect(completed("topic:|")).toEqual(['topic:"/chat room"', "topic:orders"]);
    expect(completed("type:tr| x")).toEqual(["type:trade x", "type:subtrade x"]);
    expect(completed('type:"ord|')).toEqual(['type:"order placed"', 'type:"order*"']);
  });

  it("counts them, all rows of a value together, and leaves what nobody counted uncounted", () => {
    expect(completeQuery("type:", 5, CAPTURE)?.options[0]).toMatchObject({ label: "order placed", count: 900 });
    expect(completeQuery("is:s", 4, CAPTURE)?.options[0]).toMatchObject({ label: "sent", count: null, detail: say("query.is-sent") });
  });

  it("offers what is known of the capture's connections", () => {
    expect(completed("conn:|")).toEqual(["conn:2", "conn:1", "conn:3"]);
    expect(completed("host:|")).toEqual(["host:feed.test", "host:feed.test:8443"]);
    expect(completed("protocol:|")).toEqual(["protocol:v2.stomp"]);
    expect(completed("url:v2|")).toEqual(["url:wss://ann:pw@feed.test:8443/v2?token=x"]);
    expect(completed("target:|")).toContain("target:feed.js");
  });

  it("offers examples where a field has no values to offer", () => {
    expect(completed("size:|")).toContain("size:>1kb");
    expect(completed("size:5|")).toEqual([]);
  });

  it("offers paths", () => {
    expect(completed(".us|")).toEqual([".user.name", ".user.id"]);
  });

  it("is silent where it knows nothing", () => {
    for (const text of ["/a|b/", '"a|"', ".px > |", ".px > 5|", "b1|", "foo:|"]) expect(completed(text), text).toEqual([]);
  });

  it("answers any text and cursor, and what it offers for a place is a filter again", () => {
    const piece = fc.constantFrom("a", " ", "(", ")", '"', "/", "-", "OR ", ".px", ">", "5", "is:", "type:", "tr", "size:", "\\");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")), fc.nat(20), (text, cursor) => {
        const completion = completeQuery(text, cursor, CAPTURE);
        for (const { insert, kind } of completion?.options ?? []) {
          if (kind === "value") expect(parseQuery(`type:${insert}`)).toHaveProperty("query");
        }
      }),
    );
  });
});
