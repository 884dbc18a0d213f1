import type { JsonKind, TreeLine } from "../../contract/inspect.ts";
import type { PathStep } from "../../query/query.ts";
import { findParent } from "./find-parent.ts";

type Ask = (from: number, to: number) => Promise<readonly TreeLine[]>;

/** The path that leads to a line of the tree, as the filter language has it; empty for the root. */
export async function findPath(ask: Ask, place: number): Promise<readonly PathStep[]> {
  const steps: PathStep[] = [];
  let line = (await ask(place, place + 1))[0];
  let at = place;
  while (line !== undefined && line.key !== null) {
    const parentAt = await findParent(ask, at, line.depth);
    if (parentAt === null) break;
    const parent: TreeLine | undefined = (await ask(parentAt, parentAt + 1))[0];
    if (parent === undefined) break;
    steps.unshift(stepOf(parent.kind, line.key));
    line = parent;
    at = parentAt;
  }
  return steps;
}

/** One step further down, out of a container of this kind. */
function stepOf(container: JsonKind, key: string): PathStep {
  return container === "array" ? { kind: "index", index: Number(key), deep: false } : { kind: "key", key, deep: false };
}

/** A value as JSON; null for a container, and for a value that was cut. */
export function wholeValue({ kind, text }: { readonly kind: JsonKind; readonly text: string }): string | null {
  if (kind === "object" || kind === "array") return null;
  return IS_CUT.test(text) ? null : text;
}

/** Only within its quotes can a whole value end so. */
const IS_CUT = /…$/;
