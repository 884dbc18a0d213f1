import { columnCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { isWithin, readInterval } from "../interval.ts";
import { readSize } from "../units.ts";

export const size: FieldDefinition = {
  name: "size",
  summary: "Bytes of the payload (k and kb: 1000, kib: 1024)",
  examples: ["size:>1kb", "size:200..4k", "size:<=64kib", "size:0"],
  hasCapturedValues: false,
  read: (value) => {
    const interval = value.kind === "pattern" ? undefined : readInterval(value.text, readSize);
    if (interval === undefined) return { problem: "Expected a size, such as size:>1kb or size:200..4k. Units: b, k or kb (1000), kib (1024), mb, mib, gb, gib." };
    return { value: () => columnCondition((row) => row.size !== null && isWithin(row.size, interval)) };
  },
};
