import { assertNever } from "../model/assert-never.ts";
import { everyCondition, notCondition, someCondition, type Condition } from "./condition.ts";
import { findField } from "./field-registry.ts";
import { textPattern } from "./pattern.ts";
import type { Query } from "./query.ts";
import type { QueryContext } from "./query-row.ts";
import { textCondition } from "./text-condition.ts";
import { valueCondition } from "./value-condition.ts";

/** A query made ready for one log. */
export interface CompiledQuery extends Condition {
  readonly query: Query;
  readonly context: QueryContext;
  /** Whether `test` may ask for a row's text, for its decoded value: if neither, a piece needs no payloads. */
  readonly needsText: boolean;
  readonly needsDecoded: boolean;
}

/**
 * Makes a query ready to test rows. Throws on a query that `parseQuery` would have refused. Cost: the query's size.
 * `columns` is safe and quick anywhere; `test` may run a pattern of the user's, so it belongs where it can be ended.
 */
export function compileQuery(query: Query, context: QueryContext): CompiledQuery {
  const condition = compile(query, context);
  const { needs } = condition;
  return { ...condition, query, context, needsText: needs.has("text"), needsDecoded: needs.has("decoded") };
}

function compile(query: Query, context: QueryContext): Condition {
  switch (query.kind) {
    case "everything":
      return everyCondition([]);
    case "and":
      return everyCondition(query.parts.map((part) => compile(part, context)));
    case "or":
      return someCondition(query.parts.map((part) => compile(part, context)));
    case "not":
      return notCondition(compile(query.part, context));
    case "text":
      return textCondition(textPattern(query.text), false, context.searchesUrls);
    case "pattern":
      return textCondition(new RegExp(query.source, query.flags), true, context.searchesUrls);
    case "field": {
      const read = findField(query.name)?.read(query.value);
      if (read === undefined || "problem" in read) {
        throw new TypeError(`${query.name}: ${read?.problem.code ?? "no such field"}`);
      }
      return read.value(context);
    }
    case "value":
      return valueCondition(query);
    default:
      return assertNever(query);
  }
}
