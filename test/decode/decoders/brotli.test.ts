import { brotliCompressSync, constants } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
// @ts-expect-error it has no types
import BrotliBitReader from "../../../node_modules/brotli/dec/bit_reader.js";
import { MOST_UNPACKED } from "../../../src/decode/carried/unpack-stream.ts";
import { en } from "../../words/speakers.ts";
import { decodeAll, received, UNKNOWN, valueOf } from "../messages.ts";
import { told } from "../told.ts";
import { someOf } from "../../some-of.ts";

const pack = (text: string | Uint8Array, params: Record<number, number> = {}): Uint8Array => new Uint8Array(brotliCompressSync(text, { params }));
/** The library's own, as it is mended. */
const BitReader = BrotliBitReader as new (input: { read: (into: Uint8Array) => number }) => { readBits: (count: number) => number; readMoreInput: () => void };
/** Three hundred megabytes, in some fifty kilobytes. */
const BOMB = 300 << 20;
const TICK = '{"type":"tick","list":[1,2,3,4,5,6,7,8,9]}';

describe("Brotli", () => {
  it("unpacks what any setting of the library packs, of any length", () => {
    for (const quality of [0, 1, 5, 11]) {
      for (const window of [10, 22, 24]) {
        for (const length of [1, 50, 3000, 30_000]) {
          const text = JSON.stringify({ type: "tick", list: Array.from({ length }, (_, i) => (i * 7919) % 1000) });
          const [message] = decodeAll([received(pack(text, { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: window }))]);
          expect([message?.decoder, message?.label], `${quality} ${window} ${length}`).toEqual(["brotli", "tick"]);
          if (length === 3000) expect(JSON.stringify(valueOf(message))).toBe(text);
        }
      }
    }
  });

  it("is found behind a few bytes of a vendor's where the user chose it", () => {
    const packed = pack(TICK);
    expect(told("brotli", [received(Uint8Array.of(0, 0, 0, packed.length, ...packed))], UNKNOWN, { pinned: "brotli" })).toEqual(["event tick"]);
  });

  it("is tried of the first messages only, until one was it", () => {
    const other = received(Uint8Array.of(0x1b, 40, 0, ...Array.from({ length: 30 }, (_, i) => i * 7)));
    const packed = received(pack(TICK));
    expect(told("brotli", [packed, ...Array.from({ length: 20 }, () => other), packed]).at(-1)).toBe("event tick");
    expect(decodeAll([...Array.from({ length: 20 }, () => other), packed]).at(-1)?.decoder).not.toBe("brotli");
  });

  it("stops a bomb at its limit, and says so", () => {
    const bomb = received(pack(new Uint8Array(BOMB), { [constants.BROTLI_PARAM_QUALITY]: 1 }));
    const before = process.memoryUsage().arrayBuffers;
    const [message] = decodeAll([bomb], UNKNOWN, { pinned: "brotli" });
    expect(en.tell(message?.problem?.said ?? "")).toBe("This unpacks to more than 34 MB. The rest is left out.");
    expect(message?.layers[0]?.what).toMatchObject({ values: { n: MOST_UNPACKED } });
    // What is kept of it and the window, but no room for what it says that it holds.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(BOMB / 2);
  });

  it("sees the end of a stream that is cut, however many bits are asked for at once", () => {
    const reader = new BitReader({ read: (into) => into.fill(0xff, 0, 1) && 1 });
    for (let i = 0; i < 3; i++) reader.readBits(24);
    expect(() => { reader.readMoreInput(); }).toThrow("Unexpected end of input");
  });

  it("takes any bytes without a throw or a hang, and nothing that is cut for brotli", () => {
    const packed = pack(TICK);
    fc.assert(fc.property(fc.nat(packed.length - 1), (length) => { expect(decodeAll([received(packed.slice(0, length))])[0]?.decoder).not.toBe("brotli"); }));
    const anyChanged = fc.tuple(fc.nat(packed.length - 1), fc.nat(255)).map(([at, byte]) => packed.map((one, i) => (i === at ? byte : one)));
    fc.assert(fc.property(fc.oneof(anyChanged, fc.uint8Array({ maxLength: 40 })), (bytes) => { decodeAll([received(bytes)], UNKNOWN, { pinned: "brotli" }); }), { numRuns: someOf(60) });
  });
});
