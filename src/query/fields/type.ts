import { say } from "../../model/said.ts";
import { OPCODE_TEXT } from "../../model/frame.ts";
import { columnCondition, columnPatternCondition, labelCondition, someCondition, type Condition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { wholeText, type TextTest } from "../text-test.ts";

export const type: FieldDefinition = {
  name: "type",
  summary: say("query.field-type"),
  examples: ["type:trade", "type:order*", 'type:"order placed"', "type:/^sub/i"],
  captured: (capture) => capture.labels(),
  read: (value) => {
    const wanted = wholeText(value);
    return { value: () => someCondition([messageCondition(wanted), eventCondition(wanted)]) };
  },
};

/** A message that no decoder took has its opcode's name in the column. */
function messageCondition(wanted: TextTest): Condition {
  return labelCondition(wanted.isPattern, (facts, { opcode }) => {
    const label = facts?.label ?? "";
    return wanted.test(label !== "" ? label : opcode === OPCODE_TEXT ? "text" : "binary");
  });
}

function eventCondition(wanted: TextTest): Condition {
  const make = wanted.isPattern ? columnPatternCondition : columnCondition;
  return make(({ kind }) => kind !== "message" && wanted.test(kind === "pause" ? "paused" : kind));
}
