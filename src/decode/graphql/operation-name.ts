import { LABEL_LENGTH } from "../decoder.ts";
import { cut } from "../summary.ts";

/** A document is looked at this far: comments and fragments may stand before the operation. */
const HEAD = 4096;

/**
 * The name of the operation that a subscribe asks for: the `operationName` that it chose, else the name of the document's
 * first operation, else of its first field, by its alias where it has one, as its result is known; where that is a
 * fragment's, what it is. Undefined where there is no document (a persisted query). Cost: one pass over the head of the document.
 */
export function operationName(chosen: string | undefined, document: string | undefined): string | undefined {
  const name = chosen !== undefined && chosen !== "" ? chosen : document === undefined ? undefined : nameIn(document.slice(0, HEAD));
  return name === undefined ? undefined : cut(name, LABEL_LENGTH);
}

/**
 * Names, punctuation and values of a document (GraphQL specification, "Lexical Tokens"); what it ignores is passed over.
 * A string that does not end within the head is taken for no string, and ends the reading with the text.
 */
const TOKEN = /#[^\n\r]*|"""(?:\\"""|[^])*?"""|"(?:[^"\\\n\r]|\\[^])*"|\.\.\.|[A-Za-z_]\w*|-?\d[\w.+-]*|[^\s,\uFEFF]/g;
const NAME = /^[A-Za-z_]/;
const OPERATIONS: ReadonlySet<string> = new Set(["query", "mutation", "subscription"]);

function nameIn(document: string): string | undefined {
  const tokens = (document.match(TOKEN) ?? []).filter((token) => !token.startsWith("#"));
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] ?? "";
    if (token === "{") return firstField(tokens, at) ?? "query";
    // What describes the definition behind it (specification of September 2025, "Descriptions").
    if (token.startsWith('"')) {
      at++;
      continue;
    }
    const body = selectionFrom(tokens, at + 1);
    if (OPERATIONS.has(token)) {
      const next = tokens[at + 1] ?? "";
      return NAME.test(next) ? next : (firstField(tokens, body) ?? token);
    }
    // A fragment, or what is none of these.
    at = behind(tokens, body);
  }
  return undefined;
}

/** The first brace that opens a selection: those within parentheses are values of variables and directives. */
function selectionFrom(tokens: readonly string[], from: number): number {
  let at = from;
  while (at < tokens.length && tokens[at] !== "{") at = tokens[at] === "(" ? behind(tokens, at) : at + 1;
  return at;
}

/** Behind the bracket that closes the one at a place. */
function behind(tokens: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at] ?? "";
    if ("({[".includes(token)) depth++;
    else if (")}]".includes(token) && --depth <= 0) return at + 1;
  }
  return tokens.length;
}

/** The first field of a selection, or of the inline fragment that it begins with; a spread names nothing. */
function firstField(tokens: readonly string[], brace: number): string | undefined {
  for (let at = brace + 1; at < tokens.length; ) {
    const token = tokens[at] ?? "";
    if (token !== "...") return NAME.test(token) ? token : undefined;
    const next = tokens[at + 1] ?? "";
    if (!NAME.test(next) || next === "on") return firstField(tokens, selectionFrom(tokens, at + 1));
    // The spread of a fragment, with its directives.
    at += 2;
    while (tokens[at] === "@") at = tokens[at + 2] === "(" ? behind(tokens, at + 2) : at + 2;
  }
  return undefined;
}
