import { assertNever } from "../model/assert-never.ts";
import { printPath, quote } from "./path.ts";
import type { FieldValue, Query, ValueTest } from "./query.ts";

/** The query as text that `parseQuery` reads as the same query. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case "everything":
      return "";
    case "and":
      return query.parts.map((part) => (part.kind === "or" ? `(${printQuery(part)})` : printQuery(part))).join(" ");
    case "or":
      return query.parts.map(printQuery).join(" OR ");
    case "not":
      return query.part.kind === "and" || query.part.kind === "or" ? `-(${printQuery(query.part)})` : `-${printQuery(query.part)}`;
    case "text":
      return printText(query.text);
    case "pattern":
      return `/${query.source}/${query.flags}`;
    case "field":
      return `${query.name}:${printFieldValue(query.value)}`;
    case "value":
      return `${printPath(query.path)}${query.test === null ? "" : ` ${printTest(query.test)}`}`;
    default:
      return assertNever(query);
  }
}

/** Bare where nothing in it could be read as something else. */
function printText(text: string): string {
  // A sign of comparison begins no word behind a path.
  const isWord = /^[^\s()"\-./$=!<>~][^\s()"]*$/.test(text) && !/^(?:AND|OR|NOT)$|^[A-Za-z]+:/.test(text);
  return isWord ? text : quote(text);
}

export function printFieldValue(value: FieldValue): string {
  switch (value.kind) {
    case "bare":
      return value.text;
    case "quoted":
      return quote(value.text);
    case "pattern":
      return `/${value.source}/${value.flags}`;
    default:
      return assertNever(value);
  }
}

function printTest({ operator, operand }: ValueTest): string {
  switch (operand.kind) {
    case "string":
      return `${operator} ${quote(operand.text)}`;
    case "number":
      return `${operator} ${operand.text}`;
    case "literal":
      return `${operator} ${String(operand.value)}`;
    case "pattern":
      return `${operator} /${operand.source}/${operand.flags}`;
    default:
      return assertNever(operand);
  }
}
