import { parser } from "./grammar/query-parser.ts";
import { isTokenName, type TokenName } from "./grammar/token-names.ts";
import { MOST_LENGTH } from "./parse.ts";

/**
 * The grammar as CodeMirror's language support takes it: `LRLanguage.define({ parser: queryParser })`. Its tokens carry
 * tags of @lezer/highlight.
 */
export { parser as queryParser } from "./grammar/query-parser.ts";

export interface TokenSpan {
  readonly from: number;
  readonly to: number;
  readonly token: TokenName;
}

/** The tokens of a filter, wrong ones too, in their order: for places that draw a filter without an editor. */
export function highlightQuery(text: string): readonly TokenSpan[] {
  const spans: TokenSpan[] = [];
  parser.parse(text.slice(0, MOST_LENGTH)).iterate({
    enter: ({ name, from, to }) => {
      if (isTokenName(name) && to > from) spans.push({ from, to, token: name });
    },
  });
  return spans;
}
