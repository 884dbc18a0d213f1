import { say } from "../../model/said.ts";
import { TARGET_TYPES } from "../../model/connection.ts";
import { connectionValues } from "../captured.ts";
import { connectionCondition } from "../connection-condition.ts";
import type { FieldDefinition } from "../field.ts";
import { heldText, wholeText } from "../text-test.ts";

export const target: FieldDefinition = {
  name: "target",
  summary: say("query.field-target"),
  examples: ["target:worker", 'target:"service worker"', "target:checkout.html"],
  choices: TARGET_TYPES.map((value) => ({ value, summary: say("query.target-kind") })),
  captured: (capture) => connectionValues(capture, ({ targetName }) => targetName),
  read: (value) => {
    const type = wholeText(value);
    const name = heldText(value);
    return {
      value: () =>
        connectionCondition(
          name,
          ({ targetType, targetName, targetUrl }) =>
            (targetType !== null && type.test(targetType)) || name.test(targetName) || name.test(targetUrl),
        ),
    };
  },
};
