import type { JsonKind } from "../contract/inspect.ts";
import { VALUE_KINDS, type ValueDocument } from "../model/value-document.ts";

/** What a view calls a value. */
export function jsonKind(document: ValueDocument, node: number): JsonKind {
  const kind = VALUE_KINDS[document.kindOf(node)] ?? "null";
  if (kind !== "number") return kind;
  const literal = document.textOf(node);
  return INTEGER.test(literal) && !Number.isSafeInteger(Number(literal)) ? "bigint" : "number";
}

const INTEGER = /^-?\d+$/;
