import { columnCondition, type Condition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import type { Read } from "../query.ts";
import type { QueryContext } from "../query-row.ts";
import { readDuration } from "../units.ts";

export const last: FieldDefinition = {
  name: "last",
  summary: "Rows of the last moments before the filter was set, and all that come after",
  examples: ["last:5s", "last:2m30s"],
  hasCapturedValues: false,
  read: (value) => readLast(value.kind === "pattern" ? "" : value.text),
};

/** Rows no older than a duration, counted back from the context's `now`. */
export function readLast(text: string): Read<(context: QueryContext) => Condition> {
  const duration = readDuration(text);
  if (duration === undefined) return { problem: "Expected a duration, such as last:5s or last:2m30s. Units: ms, s, m, h." };
  return { value: ({ now }) => columnCondition(({ time }) => time >= now - duration / 1000) };
}
