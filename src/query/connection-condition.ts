import { columnCondition, columnPatternCondition, type Condition } from "./condition.ts";
import type { ConnectionFacts } from "./query-row.ts";

/** A condition on the row's connection. Neighbouring rows mostly share theirs, so the last answer is kept. */
export function connectionCondition(wanted: { readonly isPattern: boolean }, test: (facts: ConnectionFacts) => boolean): Condition {
  const remembered = rememberLast(test);
  const make = wanted.isPattern ? columnPatternCondition : columnCondition;
  return make(({ connection }) => connection.id > 0 && remembered(connection));
}

/** Asks again only where the connection is another object than the last one. */
export function rememberLast(test: (facts: ConnectionFacts) => boolean): (facts: ConnectionFacts) => boolean {
  let last: ConnectionFacts | undefined;
  let answer = false;
  return (facts) => {
    if (facts !== last) {
      answer = test(facts);
      last = facts;
    }
    return answer;
  };
}
