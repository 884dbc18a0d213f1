import { say } from "../../model/said.ts";
import { columnCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { isWithin, readInterval } from "../interval.ts";
import { readDuration } from "../units.ts";

export const latency: FieldDefinition = {
  name: "latency",
  summary: say("query.field-latency"),
  examples: ["latency:>100ms", "latency:1s..5s", "latency:<2.5"],
  read: (value) => {
    const interval = value.kind === "pattern" ? undefined : readInterval(value.text, readMilliseconds);
    if (interval === undefined) return { problem: say("query.needs-latency") };
    return { value: () => columnCondition((row) => row.latency !== null && isWithin(row.latency, interval), "pairs") };
  },
};

function readMilliseconds(text: string): number | undefined {
  return /^(?:\d+(?:\.\d+)?|\.\d+)$/u.test(text) ? Number(text) : readDuration(text);
}
