import { say } from "../../model/said.ts";
import { decodedCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { wholeText } from "../text-test.ts";

export const id: FieldDefinition = {
  name: "id",
  summary: say("query.field-id"),
  examples: ["id:17", "id:req-*", 'id:"a b"'],
  read: (value) => {
    const wanted = wholeText(value);
    const isIt = (found: string | undefined): boolean => found !== undefined && wanted.test(found);
    return { value: () => decodedCondition(({ id: own, answers }) => isIt(own) || isIt(answers)) };
  },
};
