import fc from "fast-check";
import { expect, it } from "vitest";
import { xxhash32 } from "../../src/log/xxhash32.ts";
import { fileChecksum } from "../../src/node/file-checksum.ts";

it("the checksum of a part of a file is XXH32 of its bytes, and none where they are not all there", () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) >>> 3);
  const checksum = fileChecksum((offset, into) => {
    const part = bytes.subarray(offset, offset + into.length);
    into.set(part);
    return part.length;
  });
  fc.assert(
    fc.property(fc.nat(5100), fc.nat(200), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (offset, length, seed) => {
      const part = bytes.subarray(offset, offset + length);
      expect(checksum(offset, length, seed)).toBe(part.length === length ? xxhash32(part, seed) : undefined);
    }),
    { numRuns: 500 },
  );
});
