import type { Query } from "../query.ts";

/** One condition of several, without those that say nothing; undefined where none is left. */
export function joined(kind: "and" | "or", parts: readonly (Query | undefined)[]): Query | undefined {
  const flat = parts.filter((part) => part !== undefined).flatMap((part) => (part.kind === kind ? part.parts : part));
  return flat.length < 2 ? flat[0] : { kind, parts: flat };
}
