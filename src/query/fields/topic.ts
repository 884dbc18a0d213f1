import { say } from "../../model/said.ts";
import { decodedCondition } from "../condition.ts";
import type { FieldDefinition } from "../field.ts";
import { wholeText } from "../text-test.ts";

export const topic: FieldDefinition = {
  name: "topic",
  summary: say("query.field-topic"),
  examples: ["topic:/orders", "topic:ticker.*", 'topic:""'],
  read: (value) => {
    const wanted = wholeText(value);
    return { value: () => decodedCondition((facts) => wanted.test(facts.topic ?? "")) };
  },
};
