import { LABEL_LENGTH } from "../decoder.ts";
import { isObject, type PlainValue } from "../plain-value.ts";
import { cut } from "../summary.ts";

/** A document is looked at this far: comments and fragments may stand before the operation. */
const HEAD = 4096;

/**
 * The name of the operation that a subscribe asks for: `operationName`, else the name in the document, else its first
 * field. Undefined where the payload has no document (a persisted query). Cost: one pass over the head of the document.
 */
export function operationName(payload: PlainValue | undefined): string | undefined {
  if (!isObject(payload)) return undefined;
  const { operationName: chosen, query } = payload;
  if (typeof chosen === "string" && chosen !== "") return cut(chosen, LABEL_LENGTH);
  if (typeof query !== "string") return undefined;
  const document = query.slice(0, HEAD).replace(IGNORED, " ");
  const name = OPERATION.exec(document)?.[1] ?? FIRST_FIELD.exec(document)?.[1];
  return name === undefined ? undefined : cut(name, LABEL_LENGTH);
}

/** Comments (GraphQL specification, "Comments"); a `#` within a string is rare enough to be taken for one, too. */
const IGNORED = /#[^\n\r]*/g;
const OPERATION = /(?:^|[\s}])(?:query|mutation|subscription)\s+([A-Za-z_]\w*)/;
/** `alias: field` is known by its alias, as its result is. */
const FIRST_FIELD = /^\s*(?:(?:query|mutation|subscription)\s*(?:\([^)]*\))?\s*)?\{\s*([A-Za-z_]\w*)/;
