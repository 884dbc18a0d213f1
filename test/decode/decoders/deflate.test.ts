import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesOf, decodeAll, received, UNKNOWN } from "../messages.ts";
import { foreignBytes } from "../foreign-bytes.ts";
import { told } from "../told.ts";

describe("raw deflate", () => {
  it("unpacks JSON, which alone makes it sure", () => {
    expect(told("deflate", [received(new Uint8Array(deflateRawSync('{"type":"tick","px":1}')))])).toEqual(["event tick"]);
    expect(told("deflate", [received(new Uint8Array(deflateRawSync("just a line of text")))])).toEqual(["nobody"]);
    // 44 brackets come of the first five bytes: whatever stands behind a stream is not looked at.
    expect(told("deflate", [received(Uint8Array.of(139, 38, 1, 0, 0, 6, 32, 32, 32, 32, 32, 32))])).toEqual(["nobody"]);
    for (const text of ['[1,2,[3,4],{"a":"b"}]\n', '{ "type": "tick" }\u001e', "[true,false,null,1]"]) expect(told("deflate", [received(new Uint8Array(deflateRawSync(text)))])).not.toEqual(["nobody"]);
  });

  it("is found behind a few bytes of a vendor's where the user chose it", () => {
    const packed = deflateRawSync('{"type":"tick","px":1}');
    const behind = received(Uint8Array.of(0, 0, 0, packed.length, 1, ...packed));
    expect(told("deflate", [behind])).toEqual(["nobody"]);
    expect(told("deflate", [behind], UNKNOWN, { pinned: "deflate" })).toEqual(["event tick"]);
  });

  it("takes nothing else for it, and never throws", () => {
    fc.assert(fc.property(foreignBytes, (bytes) => { expect(decodeAll([received(bytes)])[0]?.decoder).not.toBe("deflate"); }), { numRuns: 500 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => { decodeAll([received(bytes)], UNKNOWN, { pinned: "deflate" }); }));
    expect(decodeAll([received(bytesOf("not packed"))], UNKNOWN, { pinned: "deflate" })[0]).toMatchObject({ label: "not Deflate", kind: "error" });
  });
});
