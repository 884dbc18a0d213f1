import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completeQuery, type ValueSource } from "../../src/query/complete.ts";
import { parseQuery } from "../../src/query/parse.ts";
import { say } from "../../src/model/said.ts";

const SOURCE: ValueSource = {
  values: (field) =>
    field === "type"
      ? [
          { value: "trade", count: 12 },
          { value: "order placed", count: 900 },
          { value: "order*", count: 2 },
          { value: "subtrade", count: 40 },
        ]
      : field === "is"
        ? [{ value: "sent", count: 7 }]
        : [],
  paths: () => [
    { value: ".px", count: 3 },
    { value: ".user.name", count: 30 },
    { value: ".user.id", count: 5 },
  ],
};

/** Completes at the bar, and answers what the filter becomes with each option. */
function completed(marked: string): string[] {
  const cursor = marked.indexOf("|");
  const text = marked.replace("|", "");
  const completion = completeQuery(text, cursor, SOURCE);
  return (completion?.options ?? []).map(({ insert }) => text.slice(0, completion?.from) + insert + text.slice(completion?.to));
}

describe("completion", () => {
  it("offers fields where a condition begins", () => {
    expect(completed("|")).toContain("is:");
    expect(completed("btc t|")).toEqual(["btc type:", "btc topic:", "btc time:", "btc target:"]);
    expect(completed("-|")).toContain("-is:");
    expect(completed("(la|)")).toEqual(["(last:)", "(latency:)"]);
    expect(completed("ty|pe:x")).toEqual(["type:x"]);
  });

  it("offers values that are in the capture, those that begin so and then the most frequent first", () => {
    expect(completed("type:|")).toEqual(['type:"order placed"', "type:subtrade", "type:trade", 'type:"order*"']);
    expect(completed("type:tr| x")).toEqual(["type:trade x", "type:subtrade x"]);
    expect(completed('type:"ord|')).toEqual(['type:"order placed"', 'type:"order*"']);
  });

  it("counts them, and leaves what nobody counted uncounted", () => {
    const options = completeQuery("is:s", 4, SOURCE)?.options ?? [];
    expect(options.find(({ label }) => label === "sent")).toMatchObject({ count: 7, detail: say("query.is-sent") });
    expect(options.find(({ label }) => label === "answer")).toMatchObject({ count: null });
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
        const completion = completeQuery(text, cursor, SOURCE);
        for (const { insert, kind } of completion?.options ?? []) {
          if (kind === "value") expect(parseQuery(`type:${insert}`)).toHaveProperty("query");
        }
      }),
    );
  });
});
