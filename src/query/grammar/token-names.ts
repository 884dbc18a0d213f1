/** The grammar's tokens; its other nodes are made of them. */
export const TOKEN_NAMES = [
  "Word",
  "Quoted",
  "Pattern",
  "FieldName",
  "FieldValue",
  "Path",
  "Operator",
  "Number",
  "Literal",
  "BareText",
  "OrOperator",
  "AndOperator",
  "NotOperator",
  "Minus",
  "Open",
  "Close",
] as const;
export type TokenName = (typeof TOKEN_NAMES)[number];

const tokenNames: ReadonlySet<string> = new Set(TOKEN_NAMES);

export const isTokenName = (name: string): name is TokenName => tokenNames.has(name);
