import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DecodedColumns, type DecodedRow } from "../../src/log/decoded-columns.ts";
import { DIRECT, FIRST_NAME, TextCodes, textOfCode } from "../../src/log/kept-texts.ts";

function setup() {
  const codes = new TextCodes();
  const names = Array.from({ length: FIRST_NAME }, () => "");
  const kept = (text: string | undefined) => textOfCode(codes.codeOf(text, names), names);
  return { kept, names, codes };
}

const UNDECODED: DecodedRow = { label: 0, kind: 0, decoder: 0, topic: 0, id: 0, answers: 0, sequence: 0, messages: undefined };

describe("the texts of a column", () => {
  it("are given back to the letter, whatever they are", () => {
    const { kept, names } = setup();
    const text = fc.oneof(fc.string({ unit: "binary", maxLength: 20 }), fc.nat().map(String), fc.constantFrom("", "0", "00", "-0", "1e3", "2147483647", "2147483648", "4294967296", " 7", "٣"));
    fc.assert(
      fc.property(fc.option(text, { nil: undefined }), (one) => {
        expect(kept(one)).toBe(one);
      }),
    );
    expect(new Set(names.slice(FIRST_NAME)).size).toBe(names.length - FIRST_NAME);
  });

  it("cost a name each only where they are no whole numbers below 2³¹", () => {
    const { codes } = setup();
    const added: string[] = [];
    let others = 0;
    for (let id = 0; id < 1_000_000; id++) if (codes.codeOf(String(id), added) !== DIRECT + id) others++;
    expect(others).toBe(0);
    expect(added).toEqual([]);
  });

  it("are bounded: past that a text is said not to be kept, and those from before are still known", () => {
    const { kept, names } = setup();
    for (let i = 0; i < 100_000; i++) kept(`id-${i}`);
    expect(names.length).toBeLessThan(70_000);
    expect(kept("id-1")).toBe("id-1");
    expect(kept("id-99999")).toBeNull();
    expect(kept("77")).toBe("77");
    const long = setup();
    expect(long.kept("x".repeat(5000))).toBeNull();
    for (let i = 0; i < 10_000; i++) long.kept(`${i}`.padEnd(1000, "x"));
    expect(long.names.join("").length).toBeLessThanOrEqual(1 << 22);
  });
});

describe("the columns of topics and ids", () => {
  it("say nothing of a row that is not reached, and nothing of one that has none", () => {
    const decoded = new DecodedColumns();
    decoded.add(UNDECODED);
    for (const row of [0, 1, 70_000]) expect([decoded.topicOf(row), decoded.idOf(row), decoded.answersOf(row)]).toEqual([undefined, undefined, undefined]);
  });

  it("hold each row's own, over pages of rows that have none", () => {
    const decoded = new DecodedColumns();
    decoded.addTopicName("orders");
    decoded.addIdName("a");
    for (let row = 0; row < 200_000; row++) decoded.add(row % 150_000 === 7 ? { ...UNDECODED, topic: FIRST_NAME, id: DIRECT + row, answers: FIRST_NAME } : UNDECODED);
    for (const row of [7, 150_007]) expect([decoded.topicOf(row), decoded.idOf(row), decoded.answersOf(row)]).toEqual(["orders", String(row), "a"]);
    expect(decoded.topicOf(8)).toBeUndefined();
    expect(decoded.topicCounts[FIRST_NAME]).toBe(2);
    expect(decoded.pickTexts(Uint32Array.of(6, 7)).ids).toEqual(Uint32Array.of(0, DIRECT + 7));
  });
});
