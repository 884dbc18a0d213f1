import { crc32 as crc32OfNode, gunzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { crc32, gzip } from "../../../src/format/parquet/gzip.ts";

const bytes = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 1000, maxLength: 3000 }));

it("a page that is compressed is what it was, its checksum too, for whoever reads gzip", () => {
  fc.assert(
    fc.property(bytes, fc.nat(8), (input, offset) => {
      // A part of a buffer begins anywhere.
      const part = Uint8Array.of(...new Uint8Array(offset), ...input).subarray(offset);
      expect(new Uint8Array(gunzipSync(gzip(part)))).toEqual(input);
      expect(crc32(part)).toBe(crc32OfNode(input));
    }),
    { numRuns: 300 },
  );
});
