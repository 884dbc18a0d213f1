import type { Condition } from "./condition.ts";
import { createJsonPeek } from "./json-peek.ts";
import type { ValueQuery } from "./query.ts";
import { createPathTest } from "./value-path.ts";
import { valueTest } from "./value-test.ts";

/** `.path operator operand` over the value that a decoder made of the message. */
export function valueCondition(query: ValueQuery): Condition {
  const test = createPathTest(query.path, valueTest(query.test));
  const peek = createJsonPeek(query);
  return {
    cost: "decoded",
    needsText: false,
    needsDecoded: true,
    columns: (row) => (row.kind === "message" ? "maybe" : "no"),
    test: (row) => {
      if (row.kind !== "message") return false;
      const place = peek === undefined ? undefined : row.plainJson?.();
      const told = place === undefined ? undefined : peek?.(place);
      if (told !== undefined) return told;
      const facts = row.decoded();
      return facts !== undefined && test(facts.value);
    },
  };
}
