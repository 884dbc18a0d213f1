import { say } from "../../model/said.ts";
import { columnCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { readWhole } from "../units.ts";

const NEAR = /^(#?\d{1,15})(?:(?:±|\+-|\+\/-)(\d{1,15}))?$/u;
const ROWS_AROUND = 10;

export const near: FieldDefinition = {
  name: "near",
  summary: say("query.field-near"),
  examples: ["near:#1024±20", "near:1024+-20", "near:#7"],
  read: (value) => {
    const found = value.kind === "pattern" ? null : NEAR.exec(value.text);
    const number = readWhole(found?.[1] ?? "");
    if (found === null || number === undefined) return { problem: say("query.needs-near") };
    const around = Number(found[2] ?? ROWS_AROUND);
    // The table counts from 1.
    return { value: () => columnCondition(({ index }) => Math.abs(index + 1 - number) <= around) };
  },
};
