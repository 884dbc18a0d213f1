import type { CompiledQuery } from "../query/compile.ts";
import type { FieldQuery, Query } from "../query/query.ts";

/** What the engine must know of a query before it runs it over a log that grows and is being decoded. */
export interface QueryNeeds {
  /** Texts, decoded values or patterns of the user's: rows go to the scan thread. */
  readonly scanThread: boolean;
  readonly payload: boolean;
  /** Labels, pairs or pins: a row can be tested only once it is decoded. */
  readonly facets: boolean;
  /** What it says of a row can change afterwards: a request gets its answer, time passes, the user pins. */
  readonly changes: boolean;
}

const CHANGING = /^(?:answer|request|unanswered|pinned)$/i;
const DECODED_FIELDS: ReadonlySet<string> = new Set(["is", "type", "topic", "id", "latency", "protocol"]);

export function needsOf({ query, cost, needsText, needsDecoded }: CompiledQuery): QueryNeeds {
  const fields = [...fieldsOf(query)];
  return {
    scanThread: cost !== "columns",
    payload: needsText || needsDecoded,
    facets: needsDecoded || fields.some(({ name }) => DECODED_FIELDS.has(name)),
    changes: fields.some(isChanging),
  };
}

function isChanging({ name, value }: FieldQuery): boolean {
  if (name === "latency" || name === "last") return true;
  if (value.kind === "pattern") return false;
  return (name === "is" && CHANGING.test(value.text)) || (name === "time" && /last/i.test(value.text));
}

function* fieldsOf(query: Query): Generator<FieldQuery> {
  switch (query.kind) {
    case "field":
      yield query;
      return;
    case "and":
    case "or":
      for (const part of query.parts) yield* fieldsOf(part);
      return;
    case "not":
      yield* fieldsOf(query.part);
      return;
    case "everything":
    case "text":
    case "pattern":
    case "value":
      return;
  }
}
