import { say } from "../../model/said.ts";
import { keptCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { wholeText } from "../text-test.ts";

export const topic: FieldDefinition = {
  name: "topic",
  summary: say("query.field-topic"),
  examples: ["topic:/orders", "topic:ticker.*", 'topic:""'],
  captured: (capture) => capture.topics(),
  read: (value) => {
    const wanted = wholeText(value);
    return { value: () => keptCondition(wanted.isPattern, ["topic"], (found = "") => wanted.test(found)) };
  },
};
