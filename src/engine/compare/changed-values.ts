import type { ChangedValue, CompareLine } from "../../contract/compare.ts";
import type { Difference } from "./difference.ts";

/** What differs between two messages, value by value, in the order in which it stands. */
export function changedValues(difference: Difference): ChangedValue[] {
  const changed: ChangedValue[] = [];
  /** The path of the container that is open at each depth, and whether it is a list. */
  const open: { readonly path: string; readonly isList: boolean }[] = [];
  const lines = difference.lines(0, difference.length);
  for (const [i, line] of lines.entries()) {
    const path = pathOf(line, open[line.depth - 1]);
    open[line.depth] = { path, isList: line.kind === "array" };
    if (line.state === "removed") {
      const next = lines[i + 1];
      const isReplaced = next?.state === "added" && next.depth === line.depth && next.key === line.key;
      changed.push({ path, before: line.text, after: isReplaced ? next.text : null });
    } else if (line.state === "added") {
      const last = lines[i - 1];
      const isReplacing = last?.state === "removed" && last.depth === line.depth && last.key === line.key;
      if (!isReplacing) changed.push({ path, before: null, after: line.text });
    }
  }
  return changed;
}

/** A root has none; nor have lines of a text and bytes, whose numbers say nothing about another message. */
function pathOf({ key, kind, depth }: CompareLine, parent: { readonly path: string; readonly isList: boolean } | undefined): string {
  if (depth === 0 || kind === null || parent === undefined) return "";
  return parent.isList ? `${parent.path}[]` : `${parent.path}.${key ?? ""}`;
}
