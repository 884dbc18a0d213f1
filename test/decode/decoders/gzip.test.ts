import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_UNPACKED } from "../../../src/decode/carried/unpack-stream.ts";
import { en } from "../../words/speakers.ts";
import { bytesOf, decodeAll, received, UNKNOWN, valueOf } from "../messages.ts";
import { told } from "../told.ts";

const zip = (text: string): Uint8Array => new Uint8Array(gzipSync(text));

describe("gzip", () => {
  it("unpacks whatever message it holds, and tells it as that", () => {
    const [message] = decodeAll([received(zip('{"type":"tick","sym":"BTC-USD","px":0.10000000000000000001}'))]);
    expect(message).toMatchObject({ decoder: "gzip", speaks: "json", label: "tick", topic: "BTC-USD", summary: '{"type":"tick","sym":"BTC-USD","px":0.10000000000000000001}', problem: undefined });
    expect(message?.layers.map(({ name, what }) => `${name}: ${en.tell(what)}`)).toEqual(["gzip: 59 bytes unpacked", "JSON: object"]);
    expect(valueOf(decodeAll([received(zip("just text"))])[0])).toBe("just text");
    expect(valueOf(decodeAll([received(new Uint8Array(gzipSync(Uint8Array.of(1, 2, 0xff))))])[0])).toEqual(Uint8Array.of(1, 2, 0xff));
  });

  it("is found behind a few bytes of a vendor's, with a name and a comment in its header", () => {
    const packed = zip('{"type":"tick"}');
    expect(told("gzip", [received(Uint8Array.of(0, 0, 0, 35, 1, ...packed))])).toEqual(["event tick"]);
    const named = Uint8Array.of(...packed.subarray(0, 3), 8 | 16, ...packed.subarray(4, 10), 97, 0, 98, 99, 0, ...packed.subarray(10));
    expect(told("gzip", [received(named)])).toEqual(["event tick"]);
  });

  it("stops a bomb at its limit, and says so", () => {
    const [message] = decodeAll([received(new Uint8Array(gzipSync(new Uint8Array(MOST_UNPACKED + (1 << 20)), { level: 1 })))]);
    expect(en.tell(message?.problem?.said ?? "")).toBe("This unpacks to more than 34 MB. The rest is left out.");
    expect(message?.layers[0]?.what).toMatchObject({ values: { n: MOST_UNPACKED } });
  });

  it("takes nothing that is cut, changed or packed twice for what it is not", () => {
    const packed = zip('{"type":"tick","list":[1,2,3,4,5,6,7,8,9]}');
    fc.assert(
      fc.property(fc.nat(packed.length - 1), (length) => {
        expect(decodeAll([received(packed.slice(0, length))])[0]?.decoder).not.toBe("gzip");
      }),
    );
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.nat(255), (at, byte) => {
        const changed = packed.slice();
        changed[at] = byte;
        decodeAll([received(changed)], UNKNOWN, { pinned: "gzip" });
      }),
    );
    const [twice] = decodeAll([received(new Uint8Array(gzipSync(packed)))]);
    expect(valueOf(twice)).toEqual(packed);
    expect(decodeAll([received(bytesOf("not packed"))], UNKNOWN, { pinned: "gzip" })[0]).toMatchObject({ label: "not gzip", kind: "error" });
  });
});
