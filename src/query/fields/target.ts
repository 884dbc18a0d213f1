import { TARGET_TYPES } from "../../model/connection.ts";
import { connectionCondition } from "../connection-condition.ts";
import type { FieldDefinition } from "../field.ts";
import { heldText, wholeText } from "../text-test.ts";

export const target: FieldDefinition = {
  name: "target",
  summary: "What opened the connection: its kind, or something in its name or URL",
  examples: ["target:worker", 'target:"service worker"', "target:checkout.html"],
  choices: TARGET_TYPES.map((value) => ({ value, summary: "Kind of target" })),
  hasCapturedValues: true,
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
