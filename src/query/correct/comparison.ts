import type { CapturedFacts } from "../captured.ts";
import { exactValue } from "../edit.ts";
import { findField } from "../field-registry.ts";
import type { FieldValue, Query } from "../query.ts";
import { FIELD_ALIASES, TEXT_NAMES, TRAIT_NAMES, TRAITS } from "./foreign-words.ts";
import type { ComparisonSign } from "./lenient-tokens.ts";
import { nearValues } from "./near-values.ts";
import { pathsLike } from "./paths-like.ts";
import { valueQuery, withoutGroups, type TypedOperand } from "./value-query.ts";

/** What `name sign operand` may mean in the filter language, the likeliest first. */
export function readComparison(name: string, sign: ComparisonSign, operand: TypedOperand, facts: CapturedFacts): readonly Query[] {
  if (name.startsWith(".") || name.startsWith("$")) {
    const typed = valueQuery(name, sign, operand);
    return typed === undefined ? [] : nearValues(typed, facts);
  }
  const known = name.toLowerCase();
  const field = FIELD_ALIASES[known] ?? known;
  const inMessages = pathsLike(name, facts).map((path) => valueQuery(path, sign, operand));
  const ours = [
    TRAIT_NAMES.has(known) ? traitQuery(sign, operand) : undefined,
    TEXT_NAMES.has(known) ? textQuery(sign, operand) : undefined,
    findField(field) === undefined ? undefined : fieldQuery(field, sign === "=" && known === "larger-than" ? ">" : sign, operand),
  ];
  // A name that messages have, and that is no field of ours by its own name, is theirs.
  const meant = (findField(known) === undefined ? [...inMessages, ...ours] : [...ours, ...inMessages]).filter((query) => query !== undefined);
  if (meant.length > 0) return meant;
  // Nothing is known of it in this capture: what is compared is most often a value in messages.
  return [valueQuery(`.${name}`, sign, operand)].filter((query) => query !== undefined);
}

/** A field's condition, where the field can read it. */
export function fieldQuery(name: string, sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  const isNegated = sign === "!=" || sign === "!~";
  const query: Query = { kind: "field", name, value: fieldValue(name, sign, operand) };
  const read = findField(name)?.read(query.value);
  if (read === undefined || "problem" in read) return undefined;
  return isNegated ? { kind: "not", part: query } : query;
}

function fieldValue(name: string, sign: ComparisonSign, operand: TypedOperand): FieldValue {
  if (operand.kind === "pattern") return operand;
  const isOrdered = sign !== "=" && sign !== "!=" && sign !== "~" && sign !== "!~";
  if (isOrdered) return { kind: "bare", text: `${sign}${withoutGroups(operand.text)}` };
  if (sign === "~" || sign === "!~") return name === "url" || /[\s*()"]/.test(operand.text) ? exactValue(operand.text) : { kind: "bare", text: `*${operand.text}*` };
  return operand.kind === "word" && !/[\s()"]/.test(operand.text) ? { kind: "bare", text: operand.text } : exactValue(operand.text);
}

/** `direction = out`, `is:receive`. */
export function traitQuery(sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  const trait = operand.kind === "pattern" ? undefined : TRAITS[operand.text.toLowerCase()];
  return trait === undefined ? undefined : fieldQuery("is", sign, { kind: "word", text: trait });
}

/** `payload contains x` */
function textQuery(sign: ComparisonSign, operand: TypedOperand): Query | undefined {
  if (sign !== "=" && sign !== "~" && sign !== "!=" && sign !== "!~") return undefined;
  if (operand.kind !== "pattern" && operand.text === "") return undefined;
  const part: Query = operand.kind === "pattern" ? operand : { kind: "text", text: operand.text };
  return sign === "=" || sign === "~" ? part : { kind: "not", part };
}
