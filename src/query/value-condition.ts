import { canBeDecoded, type Condition, type Need } from "./condition.ts";
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
    needs: new Set<Need>(["decoded", "labels"]),
    columns: canBeDecoded,
    test: (row) => {
      if (row.kind !== "message") return false;
      const place = peek === undefined ? undefined : row.plainJson?.();
      const told = place === undefined ? undefined : peek?.(place);
      if (told !== undefined) return told;
      const value = row.decoded()?.value;
      return value !== undefined && test(value);
    },
  };
}
