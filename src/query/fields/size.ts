import { say } from "../../model/said.ts";
import { columnCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { isWithin, readInterval } from "../interval.ts";
import { readSize } from "../units.ts";

export const size: FieldDefinition = {
  name: "size",
  summary: say("query.field-size"),
  examples: ["size:>1kb", "size:200..4k", "size:<=64kib", "size:0"],
  read: (value) => {
    const interval = value.kind === "pattern" ? undefined : readInterval(value.text, readSize);
    if (interval === undefined) return { problem: say("query.needs-size") };
    return { value: () => columnCondition((row) => row.size !== null && isWithin(row.size, interval)) };
  },
};
