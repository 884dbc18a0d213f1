import type { Direction } from "../../model/frame.ts";
import { isFirstField, type TypeRule } from "../../model/schema-choice.ts";

/** A rule as it is typed: an empty field asks nothing. */
export interface RuleDraft {
  readonly type: string;
  readonly direction: Direction | "";
  readonly topic: string;
  readonly first: string;
}

export const EMPTY_RULE: RuleDraft = { type: "", direction: "", topic: "", first: "" };

export const draftOf = ({ type, direction, topic = "", first = "" }: TypeRule): RuleDraft => ({ type, direction: direction ?? "", topic, first });

/** The rules that name a type, in their order; undefined where none does, or one says no first field. */
export function rulesOf(drafts: readonly RuleDraft[]): readonly TypeRule[] | undefined {
  const named = drafts.filter(({ type }) => type.trim() !== "");
  if (named.length === 0 || !named.every(({ first }) => isFirst(first))) return undefined;
  return named.map(({ type, direction, topic, first }) => ({
    type: type.trim(),
    ...(direction !== "" && { direction }),
    ...(topic.trim() !== "" && { topic: topic.trim() }),
    ...(first.trim() !== "" && { first: first.trim() }),
  }));
}

/** Whether it is empty, or says a first field. */
export const isFirst = (typed: string): boolean => typed.trim() === "" || isFirstField(typed.trim());

/** The types there are for the first time: the only one is meant, whatever the direction. */
export const rulesFor = (types: readonly string[], drafts: readonly RuleDraft[]): readonly RuleDraft[] =>
  types.length === 1 && drafts.every(({ type }) => type === "") ? [{ ...EMPTY_RULE, type: types[0] ?? "" }] : drafts;
