import { brotliCompressSync, constants } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { en } from "../../words/speakers.ts";
import { decodeAll, received, UNKNOWN, valueOf } from "../messages.ts";
import { told } from "../told.ts";

const pack = (text: string | Uint8Array, params: Record<number, number> = {}): Uint8Array => new Uint8Array(brotliCompressSync(text, { params }));
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

  it("leaves out what is over its limit, and says so", () => {
    const [message] = decodeAll([received(pack(new Uint8Array((32 << 20) + 1), { [constants.BROTLI_PARAM_QUALITY]: 1 }))], UNKNOWN, { pinned: "brotli" });
    expect(en.tell(message?.problem?.said ?? "")).toBe("This unpacks to more than 34 MB. The rest is left out.");
  });

  it("takes any bytes without a throw or a hang, and nothing that is cut for brotli", () => {
    const packed = pack(TICK);
    fc.assert(fc.property(fc.nat(packed.length - 1), (length) => { expect(decodeAll([received(packed.slice(0, length))])[0]?.decoder).not.toBe("brotli"); }));
    const anyChanged = fc.tuple(fc.nat(packed.length - 1), fc.nat(255)).map(([at, byte]) => packed.map((one, i) => (i === at ? byte : one)));
    fc.assert(fc.property(fc.oneof(anyChanged, fc.uint8Array({ maxLength: 40 })), (bytes) => { decodeAll([received(bytes)], UNKNOWN, { pinned: "brotli" }); }), { numRuns: 150 });
  });
});
