import type { ImportFile } from "../../src/format/import-format.ts";

/** A file in memory. `largest`: bytes that one read gives at most, so that pieces end anywhere. */
export function memoryFile(name: string, bytes: Uint8Array, largest = Infinity): ImportFile {
  return {
    name,
    size: bytes.length,
    read: (offset, into) => {
      const part = bytes.subarray(offset, offset + Math.min(into.length, largest));
      into.set(part);
      return part.length;
    },
  };
}
