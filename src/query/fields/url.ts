import { say } from "../../model/said.ts";
import { connectionValues } from "../captured.ts";
import { connectionCondition } from "../connection-condition.ts";
import type { FieldDefinition } from "../field.ts";
import { heldText } from "../text-test.ts";

export const url: FieldDefinition = {
  name: "url",
  summary: say("query.field-url"),
  examples: ["url:/ticker", "url:feed*v2", "url:/[?&]token=/"],
  captured: (capture) => connectionValues(capture, (facts) => facts.url),
  read: (value) => {
    const wanted = heldText(value);
    return { value: () => connectionCondition(wanted, (facts) => wanted.test(facts.url)) };
  },
};
