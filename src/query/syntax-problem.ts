import type { SyntaxNode } from "@lezer/common";
import { say, type Said } from "../model/said.ts";
import { findField, unknownField } from "./field-registry.ts";
import { isTokenName } from "./grammar/token-names.ts";
import type { QueryProblem } from "./query.ts";

interface Token {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The first place where the grammar could not go on, in words for the person who typed it. */
export function findSyntaxProblem(top: SyntaxNode, text: string): QueryProblem | undefined {
  const tokens: Token[] = [];
  let place = -1;
  top.cursor().iterate(({ type, from, to, node }) => {
    if (type.isError) {
      if (place < 0) place = from;
      // A parenthesis too many is skipped by the parser, so it is in the tree only as an error.
      if (text.slice(from, to) === ")") tokens.push({ name: "Close", from, to });
    } else if (to > from && isTokenName(type.name)) {
      tokens.push({ name: node.name, from, to });
    }
  });
  return place < 0 ? undefined : explain(tokens, place, text);
}

function explain(tokens: readonly Token[], place: number, text: string): QueryProblem {
  const before = tokens.findLast(({ to }) => to <= place);
  const after = tokens.find(({ from }) => from >= place);
  const at = (message: Said, token: Token): QueryProblem => ({ message, from: token.from, to: token.to });
  const source = (token: Token): string => text.slice(token.from, token.to);
  const { unclosed, stray } = matchParentheses(tokens);
  if (stray !== undefined && stray === after) return at(say("query.stray-parenthesis"), stray);
  if (before !== undefined) {
    const explained = explainAfter(before, after, source(before));
    if (explained !== undefined) return explained;
  }
  if (after !== undefined && (after.name === "OrOperator" || after.name === "AndOperator")) {
    return at(say("query.before-missing", { word: source(after) }), after);
  }
  if (unclosed !== undefined) return at(say("query.open-parenthesis"), unclosed);
  const from = after?.from ?? place;
  return {
    message: say("query.expected"),
    from,
    to: after?.to ?? text.length,
  };
}

/** What should have come behind a token. */
function explainAfter(before: Token, after: Token | undefined, source: string): QueryProblem | undefined {
  const { from, to } = before;
  switch (before.name) {
    case "OrOperator":
    case "AndOperator":
    case "NotOperator":
      return { message: say("query.after-missing", { word: source }), from, to };
    case "Minus":
      return { message: say("query.after-minus"), from, to };
    case "FieldName": {
      const field = findField(source.slice(0, -1).toLowerCase());
      return { message: field === undefined ? unknownField(source.slice(0, -1)) : say("query.after-field", { field: source, example: field.examples[0] }), from, to };
    }
    case "Operator":
      return { message: say("query.after-operator", { operator: source }), from, to };
    case "Open":
      return after?.name === "Close"
        ? { message: say("query.empty-parentheses"), from, to: after.to }
        : undefined;
    default:
      return undefined;
  }
}

/** The first `)` that closes nothing, and the last `(` that is not closed. */
function matchParentheses(tokens: readonly Token[]): { readonly unclosed: Token | undefined; readonly stray: Token | undefined } {
  const open: Token[] = [];
  let stray: Token | undefined;
  for (const token of tokens) {
    if (token.name === "Open") open.push(token);
    else if (token.name === "Close" && open.pop() === undefined) stray ??= token;
  }
  return { unclosed: open.at(-1), stray };
}
