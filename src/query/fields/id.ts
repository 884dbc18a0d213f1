import { say } from "../../model/said.ts";
import { keptCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { wholeText } from "../text-test.ts";

export const id: FieldDefinition = {
  name: "id",
  summary: say("query.field-id"),
  examples: ["id:17", "id:req-*", 'id:"a b"'],
  read: (value) => {
    const wanted = wholeText(value);
    return { value: () => keptCondition(wanted.isPattern, ["id", "answers"], (found) => found !== undefined && wanted.test(found)) };
  },
};
