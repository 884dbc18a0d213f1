import { parseQuery } from "./parse.ts";
import { printQuery } from "./print.ts";
import type { FieldQuery, FieldValue, Operand, PathStep, Query, ValueQuery } from "./query.ts";

/**
 * The filter with one more condition: what “Only this” does, and with `isNegated` “Not this”. A condition that is there
 * already is not added again, and its opposite is replaced by it. What was typed stays as it was typed, where that is a
 * query; a text that is none is left behind, for it was not in force.
 */
export function addCondition(text: string, condition: Query, isNegated: boolean): string {
  const added = isNegated ? negate(condition) : condition;
  const parsed = parseQuery(text);
  const before: Query = "query" in parsed ? parsed.query : { kind: "everything" };
  const parts = partsOf(before);
  if (parts.some((part) => isSame(part, added))) return text;
  const opposite = negate(added);
  const place = parts.findIndex((part) => isSame(part, opposite));
  if (place >= 0) return printQuery(allOf(parts.with(place, added)));
  const wanted = allOf([...parts, added]);
  const typed = text.trim();
  const appended = `${before.kind === "or" ? `(${typed})` : typed} ${printQuery(allOf([added]))}`;
  const reparsed = parseQuery(appended);
  // What is appended can change what was typed: a lone slash becomes a pattern where another slash follows.
  return parts.length > 0 && "query" in reparsed && isSame(reparsed.query, wanted) ? appended : printQuery(wanted);
}

/**
 * The filter with this value of a field in the place of all that it asks of the field so far, beside what else must hold;
 * null takes them away. What stands under OR or NOT stays.
 */
export function putField(text: string, name: string, value: string | null): string {
  const parsed = parseQuery(text);
  const parts = "query" in parsed ? partsOf(parsed.query) : [];
  const place = parts.findIndex((part) => part.kind === "field" && part.name === name);
  const added: readonly Query[] = value === null ? [] : [{ kind: "field", name, value: { kind: "bare", text: value } }];
  if (place < 0) return added.reduce((before, condition) => addCondition(before, condition, false), text);
  const isOther = (part: Query): boolean => part.kind !== "field" || part.name !== name;
  return printQuery(allOf([...parts.slice(0, place).filter(isOther), ...added, ...parts.slice(place).filter(isOther)]));
}

/** `name:value` for exactly this value: quoted where something in it would have a meaning. */
export function fieldCondition(name: string, value: string): FieldQuery {
  return { kind: "field", name, value: exactValue(value) };
}

/** A field's value that means just this text. */
export function exactValue(text: string): FieldValue {
  const isPlain = /^[^\s()"*/<>=][^\s()"*]*$/.test(text) && !text.includes("..");
  return { kind: isPlain ? "bare" : "quoted", text };
}

/** `.path = operand`; without an operand, that the path is there. */
export function pathCondition(path: readonly PathStep[], operand: Operand | undefined): ValueQuery {
  return { kind: "value", path, test: operand === undefined ? null : { operator: "=", operand } };
}

function partsOf(query: Query): readonly Query[] {
  if (query.kind === "and") return query.parts;
  return query.kind === "everything" ? [] : [query];
}

function allOf(parts: readonly Query[]): Query {
  const flat = parts.flatMap(partsOf);
  const [only] = flat;
  if (only === undefined) return { kind: "everything" };
  return flat.length === 1 ? only : { kind: "and", parts: flat };
}

function negate(query: Query): Query {
  return query.kind === "not" ? query.part : { kind: "not", part: query };
}

/** Printing is one text for one query. */
function isSame(a: Query, b: Query): boolean {
  return printQuery(a) === printQuery(b);
}
