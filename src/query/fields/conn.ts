import { say } from "../../model/said.ts";
import { connectionValues } from "../captured.ts";
import { columnCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { isWithin, readInterval } from "../interval.ts";
import { readWhole } from "../units.ts";

export const conn: FieldDefinition = {
  name: "conn",
  summary: say("query.field-conn"),
  examples: ["conn:3", "conn:2..5", "conn:>7"],
  captured: (capture) => connectionValues(capture, ({ id }) => String(id)),
  read: (value) => {
    const interval = value.kind === "pattern" ? undefined : readInterval(value.text, readWhole);
    if (interval === undefined) return { problem: say("query.needs-conn") };
    // Rows of no connection have the number 0.
    return { value: () => columnCondition(({ connection }) => connection.id > 0 && isWithin(connection.id, interval)) };
  },
};
