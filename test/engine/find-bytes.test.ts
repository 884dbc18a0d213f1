import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findBytes } from "../../src/engine/find-bytes.ts";

function find(bytes: Uint8Array, sought: Uint8Array, from: number, backwards: boolean): number | undefined {
  const work = findBytes((start, end) => bytes.subarray(start, end), bytes.length, sought, from, backwards);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

describe("finding bytes", () => {
  it("finds what a plain search finds, forwards and backwards", () => {
    const bytes = fc.array(fc.nat(2), { maxLength: 40 }).map((list) => Uint8Array.from(list));
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }), fc.nat(45), (all, list, from) => {
        const sought = Uint8Array.from(list);
        const places = Array.from({ length: all.length }, (_, at) => at).filter((at) => list.every((byte, i) => all[at + i] === byte));
        expect(find(all, sought, from, false)).toBe(places.find((at) => at >= from));
        expect(find(all, sought, from, true)).toBe(places.findLast((at) => at < from));
      }),
    );
  });

  it("finds what stands over the border of two pieces", () => {
    const bytes = new Uint8Array((1 << 20) * 2 + 100);
    bytes.set([1, 2, 3, 4], (1 << 20) - 2);
    expect(find(bytes, Uint8Array.of(1, 2, 3, 4), 0, false)).toBe((1 << 20) - 2);
    expect(find(bytes, Uint8Array.of(1, 2, 3, 4), bytes.length, true)).toBe((1 << 20) - 2);
  });
});
