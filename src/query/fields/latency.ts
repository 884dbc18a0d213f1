import { columnCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { isWithin, readInterval } from "../interval.ts";
import { readDuration } from "../units.ts";

export const latency: FieldDefinition = {
  name: "latency",
  summary: "Time from a request to its answer, on both rows",
  examples: ["latency:>100ms", "latency:1s..5s", "latency:<2.5"],
  hasCapturedValues: false,
  read: (value) => {
    const interval = value.kind === "pattern" ? undefined : readInterval(value.text, readMilliseconds);
    if (interval === undefined) return { problem: "Expected a duration, such as latency:>100ms or latency:1s..5s. Units: ms (where none is given), s, m, h." };
    return { value: () => columnCondition((row) => row.latency !== null && isWithin(row.latency, interval), "pairs") };
  },
};

function readMilliseconds(text: string): number | undefined {
  return /^(?:\d+(?:\.\d+)?|\.\d+)$/u.test(text) ? Number(text) : readDuration(text);
}
