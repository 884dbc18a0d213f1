import { countValues, type CapturedFacts } from "../captured.ts";
import { printPath, readPath } from "../path.ts";
import { asPath } from "./value-query.ts";

const MOST_PATHS = 2;

/** Paths that are in the capture and end as a name does, the most frequent first: the whole name before a part of one. */
export function pathsLike(name: string, facts: CapturedFacts): readonly string[] {
  const wanted = readPath(asPath(name.startsWith(".") || name.startsWith("$") ? name : `.${name}`));
  if ("problem" in wanted || wanted.value.length === 0) return [];
  const end = printPath(wanted.value).replace(/^\$|^\.(?=\.)/, "").toLowerCase();
  const captured = countValues(facts.paths()).filter(({ value }) => value.toLowerCase().endsWith(end));
  const isWhole = ({ value }: { readonly value: string }): boolean => value.length === end.length;
  return [...captured.filter(isWhole), ...captured.filter((one) => !isWhole(one))].slice(0, MOST_PATHS).map(({ value }) => (value.startsWith("[") ? `$${value}` : value));
}
