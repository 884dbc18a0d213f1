import { say } from "../../model/said.ts";
import { columnCondition, type Condition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import type { Read } from "../query.ts";
import type { QueryContext } from "../query-row.ts";
import { readDuration } from "../units.ts";

export const last: FieldDefinition = {
  name: "last",
  summary: say("query.field-last"),
  examples: ["last:5s", "last:2m30s"],
  read: (value) => readLast(value.kind === "pattern" ? "" : value.text),
};

/** Rows no older than a duration, counted back from the context's `now`. */
export function readLast(text: string): Read<(context: QueryContext) => Condition> {
  const duration = readDuration(text);
  if (duration === undefined) return { problem: say("query.needs-last") };
  return { value: ({ now }) => columnCondition(({ time }) => time >= now - duration / 1000) };
}
