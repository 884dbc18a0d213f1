import { columnCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { readWhole } from "../units.ts";

const NEAR = /^(#?\d{1,15})(?:(?:±|\+-|\+\/-)(\d{1,15}))?$/u;
const ROWS_AROUND = 10;

export const near: FieldDefinition = {
  name: "near",
  summary: "Rows around a row, by the numbers in the table",
  examples: ["near:#1024±20", "near:1024+-20", "near:#7"],
  hasCapturedValues: false,
  read: (value) => {
    const found = value.kind === "pattern" ? null : NEAR.exec(value.text);
    const number = readWhole(found?.[1] ?? "");
    if (found === null || number === undefined) return { problem: "Expected a row's number and how far around it, such as near:#1024±20 (or +-20)." };
    const around = Number(found[2] ?? ROWS_AROUND);
    // The table counts from 1.
    return { value: () => columnCondition(({ index }) => Math.abs(index + 1 - number) <= around) };
  },
};
