import { OPCODE_TEXT } from "../../model/frame.ts";
import type { Condition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import type { QueryRow } from "../query-row.ts";
import { wholeText, type TextTest } from "../text-test.ts";

export const type: FieldDefinition = {
  name: "type",
  summary: "What stands in the Type column",
  examples: ["type:trade", "type:order*", 'type:"order placed"', "type:/^sub/i"],
  hasCapturedValues: true,
  read: (value) => {
    const wanted = wholeText(value);
    return { value: () => typeCondition(wanted) };
  },
};

function typeCondition(wanted: TextTest): Condition {
  return {
    cost: "decoded",
    needsText: false,
    needsDecoded: true,
    columns: (row) => {
      const label = knownLabel(row);
      return label === null || wanted.isPattern ? "maybe" : wanted.test(label) ? "yes" : "no";
    },
    test: (row) => wanted.test(knownLabel(row) ?? messageLabel(row)),
  };
}

function knownLabel(row: QueryRow): string | null {
  if (row.kind === "message") return row.label;
  return row.kind === "pause" ? "paused" : row.kind;
}

function messageLabel(row: QueryRow): string {
  const label = row.decoded()?.label ?? "";
  return label !== "" ? label : row.opcode === OPCODE_TEXT ? "text" : "binary";
}
