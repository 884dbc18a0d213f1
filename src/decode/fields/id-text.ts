import { STRING, type ValueDocument } from "../../model/value-document.ts";

/**
 * A text or number as an id. 7 and "7" are one: servers that send back the other form are common, and ids of both forms
 * at once are not. So are 7 and 7.0, which some languages write for it. An integer keeps all its digits.
 */
export function idText(document: ValueDocument, node: number): string {
  const text = document.textOf(node);
  return document.kindOf(node) === STRING || INTEGER.test(text) ? text : String(Number(text));
}

const INTEGER = /^-?[1-9]\d*$/;
