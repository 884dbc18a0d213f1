import { STRING, type ValueDocument } from "../../model/value-document.ts";

/**
 * A text or number as an id. 7 and "7" are one: servers that send back the other form are common, and ids of both forms
 * at once are not. So are 7 and 7.0, which some languages write for it. What a double would round keeps all its digits.
 */
export function idText(document: ValueDocument, node: number): string {
  const text = document.textOf(node);
  return document.kindOf(node) === STRING || isInteger(text) ? text : numberText(text);
}

const numberText = (literal: string): string => (isExact(literal) ? String(Number(literal)) : literal.replace(/\.0+$/, ""));

/** Of no more than fifteen digits and a point, and of an exponent that a double has. */
const isExact = (literal: string): boolean => literal.length <= 16 && !/e.?\d{3}/i.test(literal);

/** Of a number's literal: an integer but 0 and -0. */
function isInteger(literal: string): boolean {
  for (let i = 0; i < literal.length; i++) {
    const code = literal.charCodeAt(i);
    if (code > 0x39 || (code < 0x30 && (code !== MINUS || i > 0))) return false;
  }
  return literal !== "0" && literal !== "-0";
}

const MINUS = 0x2d;
