import { readPath } from "../path.ts";
import type { Operand, Query, ValueTest } from "../query.ts";
import type { ComparisonSign } from "./lenient-tokens.ts";

/** What a name is compared with, as it was typed. */
export type TypedOperand =
  | { readonly kind: "word" | "text"; readonly text: string }
  | { readonly kind: "pattern"; readonly source: string; readonly flags: string };

/** A condition on a value inside messages; `path` as the filter language or jq writes it. */
export function valueQuery(path: string, sign: ComparisonSign, operand: TypedOperand | null): Query | undefined {
  const steps = readPath(asPath(path));
  if ("problem" in steps || steps.value.length === 0) return undefined;
  if (operand === null) return { kind: "value", path: steps.value, test: null };
  if (operand.kind === "pattern") {
    const query: Query = { kind: "value", path: steps.value, test: { operator: "~", operand } };
    return sign === "!=" || sign === "!~" ? { kind: "not", part: query } : query;
  }
  if (sign === "~" || sign === "!~") {
    const query: Query = { kind: "value", path: steps.value, test: { operator: "~", operand: { kind: "string", text: operand.text } } };
    return sign === "~" ? query : { kind: "not", part: query };
  }
  const test = testOf(sign, operandOf(operand));
  return test === undefined ? undefined : { kind: "value", path: steps.value, test };
}

function testOf(operator: "=" | "!=" | "<" | "<=" | ">" | ">=", operand: Operand): ValueTest | undefined {
  if (operator === "=" || operator === "!=") return { operator, operand };
  return operand.kind === "literal" ? undefined : { operator, operand };
}

const NUMBER = /^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const LITERALS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null, nil: null, none: null, undefined: null };

function operandOf({ kind, text }: Exclude<TypedOperand, { readonly kind: "pattern" }>): Operand {
  if (kind === "text") return { kind: "string", text };
  const plain = withoutGroups(text);
  if (NUMBER.test(plain)) return { kind: "number", text: plain };
  const literal = LITERALS[text.toLowerCase()];
  return literal === undefined ? { kind: "string", text } : { kind: "literal", value: literal };
}

/** `64,000` and `64_000` are 64000. */
export const withoutGroups = (text: string): string => (/^-?\d{1,3}(?:[,_]\d{3})+(?:\.\d+)?$/.test(text) ? text.replace(/[,_]/g, "") : text);

/** A path as jq writes it, and one whose last bracket is still open, in the filter language. */
export function asPath(text: string): string {
  const path = text.replaceAll("[]", "[*]");
  return path.lastIndexOf("[") > path.lastIndexOf("]") ? `${path}]` : path;
}
