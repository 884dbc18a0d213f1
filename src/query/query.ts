import type { Said } from "../model/said.ts";

/** A filter as data: what `parseQuery` reads, `printQuery` writes and `compileQuery` makes ready to test rows. */
export type Query =
  | { readonly kind: "everything" }
  /** All of two or more. */
  | { readonly kind: "and"; readonly parts: readonly Query[] }
  /** One of two or more. */
  | { readonly kind: "or"; readonly parts: readonly Query[] }
  | { readonly kind: "not"; readonly part: Query }
  | TextQuery
  | PatternQuery
  | FieldQuery
  | ValueQuery;

/** A word or a text in quotes: rows whose text holds it, upper and lower case alike. */
export interface TextQuery {
  readonly kind: "text";
  readonly text: string;
}

/** `/source/flags` in JavaScript's syntax, without `g` and `y`. */
export interface PatternQuery {
  readonly kind: "pattern";
  readonly source: string;
  readonly flags: string;
}

/** `name:value`; `name` is one of the registry's. */
export interface FieldQuery {
  readonly kind: "field";
  readonly name: string;
  readonly value: FieldValue;
}

/** What stands behind a field's colon, before the field reads it. Quotes take away what `*`, `>` and `..` mean. */
export type FieldValue =
  | { readonly kind: "bare"; readonly text: string }
  | { readonly kind: "quoted"; readonly text: string }
  | { readonly kind: "pattern"; readonly source: string; readonly flags: string };

/** `.path operator operand` over the decoded value; without a test: something stands there, null too. */
export interface ValueQuery {
  readonly kind: "value";
  readonly path: readonly PathStep[];
  readonly test: ValueTest | null;
}

/** `deep`: at any depth below (`..`). */
export type PathStep =
  | { readonly kind: "key"; readonly key: string; readonly deep: boolean }
  /** From the end where negative. */
  | { readonly kind: "index"; readonly index: number; readonly deep: boolean }
  /** Every entry of an object or array. */
  | { readonly kind: "every"; readonly deep: boolean };

export const ORDER_OPERATORS = ["<", "<=", ">", ">="] as const;
export type OrderOperator = (typeof ORDER_OPERATORS)[number];

export type ValueTest =
  | { readonly operator: "=" | "!="; readonly operand: Operand }
  | { readonly operator: OrderOperator; readonly operand: OrderedOperand }
  /** The text of a string, number or boolean holds the operand, upper and lower case alike. */
  | { readonly operator: "~"; readonly operand: { readonly kind: "string"; readonly text: string } }
  | { readonly operator: "~"; readonly operand: { readonly kind: "pattern"; readonly source: string; readonly flags: string } };

/** A number stays as it was typed: a double would lose the digits of a long id. */
export type OrderedOperand =
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number"; readonly text: string };

export type Operand = OrderedOperand | { readonly kind: "literal"; readonly value: boolean | null };

/** Why a text is no query: `from` and `to` are places in it. `message` is for the person who typed it. */
export interface QueryProblem {
  readonly message: Said;
  readonly from: number;
  readonly to: number;
}

/** A value, or why there is none. Expected failure is a value (the text is a user's). */
export type Read<T> = { readonly value: T } | { readonly problem: Said };
