import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placesIn } from "../../src/node/byte-search.ts";
import { someOf } from "../some-of.ts";

const PIECE = 1 << 20;
const run = (lower: string, upper = lower): { readonly lower: Uint8Array<ArrayBuffer>; readonly upper: Uint8Array<ArrayBuffer> } => ({ lower: new TextEncoder().encode(lower), upper: new TextEncoder().encode(upper) });

/** In a file that gives a part of it now, or some time later, and never in their order. */
async function search(bytes: Uint8Array, runs: readonly ReturnType<typeof run>[], most = 1000): Promise<number[] | undefined> {
  const read = (offset: number, into: Uint8Array): number => {
    const part = bytes.subarray(offset, offset + into.length);
    into.set(part);
    return part.length;
  };
  let asked = 0;
  const readLater = async (offset: number, into: Uint8Array): Promise<number> => {
    for (let turns = asked++ % 3; turns > 0; turns--) await new Promise(setImmediate);
    return read(offset, into);
  };
  return (await placesIn({ size: bytes.length, read, readLater }, runs, most))?.toSorted((a, b) => a - b);
}

function plainly(bytes: Uint8Array, runs: readonly ReturnType<typeof run>[]): number[] {
  const text = Buffer.from(bytes).toString("latin1");
  return runs
    .flatMap(({ lower, upper }) => {
      const places: number[] = [];
      for (let at = 0; at + lower.length <= text.length; at++) if (lower.every((byte, i) => [byte, upper[i]].includes(bytes[at + i]))) places.push(at);
      return places;
    })
    .toSorted((a, b) => a - b);
}

describe("a search for bytes in a file", () => {
  it("finds each place where one of the runs stands, in any case that it may have, and no other", async () => {
    const letters = fc.array(fc.constantFrom("a", "b", "A", "-", "4"), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
    const sought = fc.array(letters.map((text) => run(text.toLowerCase(), text.toUpperCase())), { minLength: 1, maxLength: 3 });
    const file = fc.array(fc.constantFrom(97, 98, 65, 66, 45, 52, 0, 255), { maxLength: 120 }).map((bytes) => Uint8Array.from(bytes));
    await fc.assert(
      fc.asyncProperty(file, sought, async (bytes, runs) => {
        expect(await search(bytes, runs)).toEqual(plainly(bytes, runs));
      }),
      { numRuns: someOf(300) },
    );
  });

  it("finds what stands over the border of two pieces, and at the very beginning and end", async () => {
    const needle = run("needle-4711", "NEEDLE-4711");
    const bytes = new Uint8Array(7 * PIECE + 100).fill(110);
    const places = [0, PIECE - 30, PIECE - 11, PIECE + 5, 2 * PIECE - 4, 5 * PIECE - 1, 6 * PIECE + 7, bytes.length - 11];
    for (const place of places) bytes.set(place === 0 ? needle.upper : needle.lower, place);
    expect(await search(bytes, [needle])).toEqual(places);
  });

  it("gives up where too much is found, or what it goes by is everywhere", async () => {
    expect(await search(new Uint8Array(5000).fill(97), [run("aa")])).toBeUndefined();
    expect(await search(new Uint8Array(8 * PIECE).fill(97), [run("aba")], 10)).toEqual([]);
    const vain = new Uint8Array(8 * PIECE);
    for (let at = 0; at < vain.length; at += 4) vain.set([97, 99, 98, 0], at);
    expect(await search(vain, [run("axb")])).toEqual([]);
    expect(await search(vain, [run("acbd")])).toEqual([]);
  });

  it("throws what went wrong with a part of the file, once all that was asked for has come", async () => {
    let under = 0;
    const broken = new Error("EIO");
    const file = {
      size: 9 * PIECE,
      read: (_: number, into: Uint8Array): number => into.length,
      readLater: async (offset: number, into: Uint8Array): Promise<number | Error> => {
        under++;
        await new Promise(setImmediate);
        under--;
        return offset === 2 * PIECE ? broken : into.length;
      },
    };
    await expect(placesIn(file, [run("needle")], 10)).rejects.toBe(broken);
    expect(under).toBe(0);
  });
});
