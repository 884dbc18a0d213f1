import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectionBefore } from "../../src/engine/connection-before.ts";
import { connectionId } from "../../src/model/units.ts";

/** Rows of a log, every `apart`-th of which is shown, by the connection of each; what is asked is counted. */
function setup(connections: Uint8Array, apart = 1) {
  const asked = { rows: 0 };
  const log = { connectionAt: (row: number) => (asked.rows++, connectionId(connections[row] ?? 0)) };
  const rows = { at: (position: number) => position * apart };
  return { asked, length: Math.floor(connections.length / apart), before: new ConnectionBefore(rows, log) };
}

/** Each row's, as one would look for it. */
function naive(connections: Uint8Array, apart: number, length: number): (number | undefined)[] {
  const last = new Map<number, number>();
  return Array.from({ length }, (_, position) => {
    const connection = connections[position * apart] as number;
    const before = connection === 0 ? undefined : last.get(connection);
    last.set(connection, position);
    return before;
  });
}

/** Most rows are of one connection; the others come now and then, or once. */
const connections = fc.record({ seed: fc.integer(), length: fc.integer({ min: 0, max: 20_000 }), rare: fc.constantFrom(2, 50, 5000, 15_000) }).map(({ seed, length, rare }) => {
  let state = seed | 1;
  const next = (): number => ((state = Math.imul(state, 1_664_525) + 1_013_904_223) >>> 8) % rare;
  return Uint8Array.from({ length }, () => Math.min(5, next()));
});

describe("the row of the same connection before one", () => {
  it("is the last one shown, wherever it is, and in whichever order it is asked for", () => {
    fc.assert(
      fc.property(connections, fc.constantFrom(1, 2), fc.boolean(), (all, apart, isBackwards) => {
        const { before, length } = setup(all, apart);
        const places = Array.from({ length }, (_, position) => position);
        const found = (isBackwards ? places.toReversed() : places).map((position) => before.find(position));
        expect(isBackwards ? found.toReversed() : found).toEqual(naive(all, apart, length));
      }),
      { numRuns: 12 },
    );
  });

  it("costs one look at each row at most once, and then few for each that is asked for", () => {
    const rare = new Uint8Array(1_000_000).fill(1);
    rare[5] = 2;
    rare[999_990] = 2;
    const { before, asked } = setup(rare);
    // What is near is found without the others.
    expect(before.find(999_999)).toBe(999_998);
    expect(asked.rows).toBeLessThan(20);
    expect(before.find(999_990)).toBe(5);
    expect(asked.rows).toBeLessThan(1_010_000);
    const { rows } = asked;
    for (let i = 0; i < 60; i++) expect(before.find(999_990)).toBe(5);
    expect(asked.rows - rows).toBeLessThan(60 * 8_200);
  });
});
