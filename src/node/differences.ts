import type { ConnectionDifference, MessageDifference } from "../contract/compare.ts";
import { compareSides, type ComparedCaptures, type ComparedSide } from "../engine/compare/compare-connections.ts";
import type { Told } from "../model/said.ts";
import type { Speaker } from "../words/speaker.ts";

/** `ignore`: paths of values and names of headers, with commas between. */
export function compareInTurns(before: ComparedSide, after: ComparedSide, ignore: string, progress: (share: number) => void): Promise<ComparedCaptures> {
  const ignored = ignore.split(",").map((path) => path.trim()).filter((path) => path !== "");
  return compareSides(before, after, ignored, progress, { now: () => performance.now(), turns: { soon: (callback) => void setImmediate(callback) } });
}

/** Two connections side by side, as a script reads it: rows by their number, from 1. */
export function differenceJson({ differences, facts, ...connection }: ConnectionDifference, { tell }: Speaker): Omit<ConnectionDifference, "facts" | "differences"> & { readonly facts: readonly object[]; readonly differences: readonly object[] } {
  const told = (value: Told | null): string | null => (value === null ? null : tell(value));
  return {
    ...connection,
    facts: facts.map((fact) => ({ ...fact, before: told(fact.before), after: told(fact.after) })),
    differences: differences.map(({ direction, label, before, after, values, moreValues }) => ({ direction, type: label, before: numberOf(before), after: numberOf(after), values, moreValues })),
  };
}

const numberOf = (message: MessageDifference["before"]): number | null => (message === null ? null : message.frame + 1);
