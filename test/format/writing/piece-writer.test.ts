import * as fc from "fast-check";
import { expect, it } from "vitest";
import { PIECE_LENGTH, PieceWriter } from "../../../src/format/writing/piece-writer.ts";

it("a surrogate pair at the end of a piece is not cut apart", () => {
  for (let before = PIECE_LENGTH - 5; before <= PIECE_LENGTH; before += 1) {
    const writer = new PieceWriter();
    const text = `${"a".repeat(before)}😀${"b".repeat(10)}`;
    expect(Buffer.concat([...writer.text(text), writer.take()]).toString() === text).toBe(true);
  }
});

it("text of any length comes out whole, in pieces that are the caller's own", () => {
  const run = fc.tuple(fc.constantFrom("a", "é", "漢", "😀", "ab😀"), fc.integer({ min: 1, max: 150_000 }));
  fc.assert(
    fc.property(fc.array(run, { maxLength: 6 }), (parts) => {
      const writer = new PieceWriter();
      const pieces: Uint8Array[] = [];
      for (const [unit, count] of parts) pieces.push(...writer.text(unit.repeat(count)));
      pieces.push(writer.take());
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(PIECE_LENGTH);
      expect(Buffer.concat(pieces).toString() === parts.map(([unit, count]) => unit.repeat(count)).join("")).toBe(true);
    }),
    { numRuns: 20 },
  );
});
