import type { Condition, Need } from "./condition.ts";
import { rememberLast } from "./connection-condition.ts";
import type { QueryRow } from "./query-row.ts";

/**
 * A word or a pattern: in the row's text, or in what it was inflated or put together to, or, where the context says so, in its connection's URL. `isPattern`: the
 * expression is the user's, so it must not run over columns, where it could not be ended.
 */
export function textCondition(expression: RegExp, isPattern: boolean, searchesUrls: boolean): Condition {
  const isInUrl = rememberLast(({ url }) => expression.test(url));
  const isInRow = (row: QueryRow): boolean => {
    if (expression.test(row.text())) return true;
    const derived = row.derivedText?.();
    return derived !== undefined && expression.test(derived);
  };
  return {
    cost: isPattern ? "pattern" : "text",
    needs: new Set<Need>(["text"]),
    columns: isPattern || !searchesUrls ? () => "maybe" : ({ connection }) => (isInUrl(connection) ? "yes" : "maybe"),
    test: searchesUrls ? (row) => isInUrl(row.connection) || isInRow(row) : isInRow,
  };
}
