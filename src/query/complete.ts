import type { SyntaxNode } from "@lezer/common";
import { say, type Said } from "../model/said.ts";
import { countValues, type CapturedFacts } from "./captured.ts";
import { exactValue } from "./edit.ts";
import { FIELDS, findField } from "./field-registry.ts";
import type { FieldDefinition } from "./field.ts";
import { parser } from "./grammar/query-parser.ts";
import { MOST_LENGTH } from "./parse.ts";
import { printFieldValue } from "./print.ts";

/** What stands at the cursor and can be completed: text `from` up to `to` is replaced. */
export type CompletionPlace =
  | { readonly kind: "field"; readonly typed: string; readonly from: number; readonly to: number }
  | { readonly kind: "value"; readonly field: string; readonly typed: string; readonly from: number; readonly to: number }
  | { readonly kind: "path"; readonly typed: string; readonly from: number; readonly to: number };

export interface CompletionOption {
  readonly kind: "field" | "value" | "example" | "path";
  /** What is shown, and what replaces the place. */
  readonly label: string;
  readonly insert: string;
  readonly detail: Said | null;
  /** Rows that have it; null where nobody counted. */
  readonly count: number | null;
}

export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly options: readonly CompletionOption[];
}

const MOST_OPTIONS = 50;

/**
 * What can stand at the cursor of a filter, best first; undefined where nothing is known. Never throws. Cost: one
 * parsing of the filter and one pass over what the capture has of the field asked for.
 */
export function completeQuery(text: string, cursor: number, capture: CapturedFacts): Completion | undefined {
  const place = findCompletionPlace(text, cursor);
  if (place === undefined) return undefined;
  const options = optionsAt(place, capture);
  return options.length === 0 ? undefined : { from: place.from, to: place.to, options: options.slice(0, MOST_OPTIONS) };
}

/** Where and what to complete: for a caller that has to fetch the values first. */
export function findCompletionPlace(text: string, cursor: number): CompletionPlace | undefined {
  if (text.length > MOST_LENGTH || cursor < 0 || cursor > text.length) return undefined;
  const node = parser.parse(text).resolveInner(cursor, -1);
  const { from, to, name } = node;
  const typed = text.slice(from, cursor);
  switch (name) {
    case "Word":
      return /^[A-Za-z]*$/.test(typed) ? { kind: "field", typed, from, to } : undefined;
    case "FieldName":
      if (cursor < to) return { kind: "field", typed, from, to };
      return { kind: "value", field: text.slice(from, to - 1).toLowerCase(), typed: "", from: cursor, to: cursor };
    case "FieldValue":
    case "Quoted": {
      const field = fieldNameBefore(node);
      if (field === undefined) return undefined;
      const inner = name === "Quoted" ? typed.replace(/^"|"$/g, "") : typed;
      return { kind: "value", field: text.slice(field.from, field.to - 1).toLowerCase(), typed: inner, from, to };
    }
    case "Path":
      return { kind: "path", typed, from, to };
    case "Pattern":
    case "Number":
    case "Literal":
    case "BareText":
    case "Operator":
      return undefined;
    default:
      // Behind a space, a parenthesis or a minus, or in an empty box, a condition can begin.
      return isTermStart(text, cursor) ? { kind: "field", typed: "", from: cursor, to: cursor } : undefined;
  }
}

function isTermStart(text: string, cursor: number): boolean {
  // Behind `.px > ` a value is wanted, no field.
  return /(?:^|[\s(]|[\s(]-|^-)$/.test(text.slice(0, cursor)) && !/[=<>~]\s*$/.test(text.slice(0, cursor));
}

function fieldNameBefore(node: SyntaxNode): SyntaxNode | undefined {
  const before = node.prevSibling;
  return before?.name === "FieldName" ? before : undefined;
}

function optionsAt(place: CompletionPlace, capture: CapturedFacts): readonly CompletionOption[] {
  switch (place.kind) {
    case "field":
      return fieldOptions(place.typed);
    case "path":
      return rankByTyped(countValues(capture.paths()), place.typed).map(({ value, count }) => ({ kind: "path", label: value, insert: value, detail: null, count }));
    case "value": {
      const field = findField(place.field);
      return field === undefined ? [] : valueOptions(field, place.typed, capture);
    }
  }
}

function fieldOptions(typed: string): readonly CompletionOption[] {
  return FIELDS.filter(({ name }) => name.startsWith(typed.toLowerCase())).map(({ name, summary }) => ({
    kind: "field",
    label: `${name}:`,
    insert: `${name}:`,
    detail: summary,
    count: null,
  }));
}

function valueOptions(field: FieldDefinition, typed: string, capture: CapturedFacts): readonly CompletionOption[] {
  const { choices = [], examples } = field;
  const captured = countValues(field.captured?.(capture) ?? []);
  const counts = new Map(captured.map(({ value, count }) => [value, count]));
  const known = new Set(choices.map(({ value }) => value));
  const chosen = choices.map(({ value, summary }) => ({ value, count: counts.get(value) ?? null, detail: summary }));
  const other = captured.filter(({ value }) => !known.has(value)).map(({ value, count }) => ({ value, count, detail: null }));
  const options = rankByTyped([...chosen, ...other], typed).map(
    ({ value, count, detail }): CompletionOption => ({ kind: "value", label: value, insert: printFieldValue(exactValue(value)), detail, count }),
  );
  if (options.length > 0 || typed !== "") return options;
  return examples.map((example) => {
    const value = example.slice(example.indexOf(":") + 1);
    return { kind: "example", label: value, insert: value, detail: say("query.example"), count: null };
  });
}

/** Those that hold what was typed: first those that begin with it, then by how many rows have them. */
function rankByTyped<T extends { readonly value: string; readonly count: number | null }>(values: readonly T[], typed: string): readonly T[] {
  const sought = typed.toLowerCase();
  const rank = ({ value }: T): number => (value.toLowerCase().startsWith(sought) ? 0 : 1);
  return values
    .filter(({ value }) => value.toLowerCase().includes(sought))
    .toSorted((a, b) => rank(a) - rank(b) || (b.count ?? 0) - (a.count ?? 0));
}
