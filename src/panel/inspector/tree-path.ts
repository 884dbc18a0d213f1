import type { JsonKind, TreeLine } from "../../engine/contract.ts";
import { pathOf, pathStep } from "../filter/edit/conditions.ts";
import { findParent } from "./find-parent.ts";

type Ask = (from: number, to: number) => Promise<readonly TreeLine[]>;

/** The path that leads to a line of the tree, in the filter language; empty for the root. */
export async function findPath(ask: Ask, place: number): Promise<string> {
  const steps: string[] = [];
  let line = (await ask(place, place + 1))[0];
  let at = place;
  while (line !== undefined && line.key !== null) {
    const parentAt = await findParent(ask, at, line.depth);
    if (parentAt === null) break;
    const parent: TreeLine | undefined = (await ask(parentAt, parentAt + 1))[0];
    if (parent === undefined) break;
    steps.unshift(pathStep(parent.kind, line.key));
    line = parent;
    at = parentAt;
  }
  return pathOf(steps);
}

/** A value as JSON; null for a container, and for a text that was cut. */
export function wholeValue({ kind, text }: { readonly kind: JsonKind; readonly text: string }): string | null {
  if (kind === "object" || kind === "array") return null;
  return kind === "string" && !/^"(?:[^"\\]|\\[^])*"$/.test(text) ? null : text;
}
