import type { Condition, Need } from "./condition.ts";
import { rememberLast } from "./connection-condition.ts";

/**
 * A word or a pattern: in the row's text, or, where the context says so, in its connection's URL. `isPattern`: the
 * expression is the user's, so it must not run over columns, where it could not be ended.
 */
export function textCondition(expression: RegExp, isPattern: boolean, searchesUrls: boolean): Condition {
  const isInUrl = rememberLast(({ url }) => expression.test(url));
  return {
    cost: isPattern ? "pattern" : "text",
    needs: new Set<Need>(["text"]),
    columns: isPattern || !searchesUrls ? () => "maybe" : ({ connection }) => (isInUrl(connection) ? "yes" : "maybe"),
    test: searchesUrls ? (row) => isInUrl(row.connection) || expression.test(row.text()) : (row) => expression.test(row.text()),
  };
}
