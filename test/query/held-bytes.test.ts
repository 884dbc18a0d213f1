import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileQuery } from "../../src/query/compile.ts";
import type { Query } from "../../src/query/query.ts";
import { heldBytes, type HeldBytes } from "../../src/query/scan/held-bytes.ts";
import { scanPiece } from "../../src/query/scan/scan-piece.ts";
import { CONTEXT, pieceOf, READER, textRow } from "./rows.ts";

/** Letters that fold to others than their two cases, such without case, and what is no UTF-8. */
const PIECES = ["k", "K", "\u212a", "s", "\u017f", "a", "B", "i", "\u0130", "é", "É", "你", "好", "-", "4", "\ufffd", "\ud83d\ude00"];
const made = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
const bytes = fc.array(fc.oneof(made.map((text) => Buffer.from(text)), fc.uint8Array({ maxLength: 2 })), { maxLength: 6 }).map((parts) => new Uint8Array(Buffer.concat(parts)));

const text: fc.Arbitrary<Query> = made.map((sought) => ({ kind: "text", text: sought }));
const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    fc.array(tie("query"), { minLength: 2, maxLength: 3 }).chain((parts) => fc.constantFrom<Query>({ kind: "and", parts }, { kind: "or", parts })),
    tie("query").map((part): Query => ({ kind: "not", part })),
  ),
}));

const stands = (payload: Uint8Array, { lower, upper }: HeldBytes): boolean =>
  payload.some((_, at) => at + lower.length <= payload.length && lower.every((byte, i) => payload[at + i] === byte || payload[at + i] === upper[i]));

describe("the bytes that a query's rows hold", () => {
  it("stand in the payload of each row that it finds", () => {
    const context = { ...CONTEXT, searchesUrls: false };
    fc.assert(
      fc.property(query, fc.array(bytes, { minLength: 1, maxLength: 8 }), (asked, payloads) => {
        const held = heldBytes(asked);
        if (held === undefined) return;
        const rows = payloads.map((payload) => ({ ...textRow(""), bytes: payload }));
        const found = scanPiece(pieceOf(rows), compileQuery(asked, context), READER).rows;
        for (const row of found) expect(held.some((run) => stands(payloads[row] as Uint8Array, run))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("are those of the longest part of a text that stands there as these bytes alone", () => {
    const heldBy = (sought: string): (readonly [string, string])[] | undefined => heldBytes({ kind: "text", text: sought })?.map(({ lower, upper }) => [Buffer.from(lower).toString(), Buffer.from(upper).toString()]);
    expect(heldBy("Needle-4711")).toEqual([["needle-4711", "NEEDLE-4711"]]);
    expect(heldBy("tasks-due")).toEqual([["-due", "-DUE"]]);
    expect(heldBy("é行情")).toEqual([["行情", "行情"]]);
    expect(heldBy("ks")).toBeUndefined();
  });
});
