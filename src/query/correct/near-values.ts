import { countValues, type CapturedFacts } from "../captured.ts";
import { editDistance } from "../edit-distance.ts";
import { exactValue } from "../edit.ts";
import { findField } from "../field-registry.ts";
import { printPath } from "../path.ts";
import type { FieldQuery, Query, ValueQuery, ValueTest } from "../query.ts";
import { pathsLike } from "./paths-like.ts";
import { valueQuery } from "./value-query.ts";

const MOST_NEAR = 2;
const LONGEST = 100;

/** A condition, behind those that are nearly it and that the capture has: of a value that is not there another is meant. */
export function nearValues(query: Query, facts: CapturedFacts): readonly Query[] {
  if (query.kind === "not") return nearValues(query.part, facts).map((part) => ({ kind: "not", part }));
  if (query.kind === "field") return [...nearFieldValues(query, facts), query];
  if (query.kind === "value") {
    const near = nearPaths(query, facts);
    return near.length > 0 ? near : [query, ...otherOperands(query)];
  }
  return [query];
}

function nearFieldValues(query: FieldQuery, facts: CapturedFacts): readonly Query[] {
  const { value, name } = query;
  const field = findField(name);
  if (field?.captured === undefined || value.kind === "pattern" || value.text.includes("*") || value.text.length > LONGEST) return [];
  const typed = value.text.toLowerCase();
  const captured = countValues(field.captured(facts));
  if (captured.some((one) => one.value.toLowerCase() === typed)) return [];
  const holding = captured.filter((one) => one.value.toLowerCase().includes(typed));
  if (holding.length > 1 && value.kind === "bare") return [{ ...query, value: { kind: "bare", text: `*${value.text}*` } }];
  const slips = captured.filter((one) => one.value.length <= LONGEST && editDistance(typed, one.value.toLowerCase()) <= Math.min(2, Math.floor(typed.length / 3)));
  return [...holding, ...slips].slice(0, MOST_NEAR).map((one): Query => ({ ...query, value: exactValue(one.value) }));
}

/** A path that no message has, where one that ends like it is there. */
function nearPaths(query: ValueQuery, facts: CapturedFacts): readonly Query[] {
  const path = printPath(query.path);
  const like = pathsLike(path, facts);
  if (like.includes(path)) return [];
  return like.flatMap((one) => {
    const other = valueQuery(one, "=", null);
    return other?.kind === "value" ? [{ ...other, test: query.test }] : [];
  });
}

/** `.px = "5"` where numbers stand there, and the other way round: equality is strict. */
function otherOperands(query: ValueQuery): readonly Query[] {
  const { test } = query;
  if (test === null || (test.operator !== "=" && test.operator !== "!=")) return [];
  const { operand, operator } = test;
  const testing = (other: ValueTest): Query => ({ ...query, test: other });
  if (operand.kind === "number") return [testing({ operator, operand: { kind: "string", text: operand.text } })];
  if (operand.kind !== "string") return [];
  if (/^-?\d+(?:\.\d+)?$/.test(operand.text)) return [testing({ operator, operand: { kind: "number", text: operand.text } })];
  if (/^(?:true|false|null)$/.test(operand.text)) return [testing({ operator, operand: { kind: "literal", value: operand.text === "null" ? null : operand.text === "true" } })];
  // Upper and lower case count for equality, not for `~`.
  return operator === "=" && operand.text !== "" ? [testing({ operator: "~", operand: { kind: "string", text: operand.text } })] : [];
}
