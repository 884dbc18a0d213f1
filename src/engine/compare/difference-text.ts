import type { ComparedAs, ComparedMessage } from "../../contract/compare.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { printPath } from "../../query/path.ts";
import type { PathStep } from "../../query/query.ts";
import type { Difference, DifferenceItem } from "./difference.ts";

/** Which two messages a difference is of, and how they were compared. */
export interface ComparedSides {
  readonly as: ComparedAs;
  readonly before: ComparedMessage;
  readonly after: ComparedMessage;
}

/** Characters that are made at most: a clipboard takes no more of use, and the memory has other things to hold. */
export const MOST_DIFFERENCE_TEXT = 1 << 26;
const ITEMS_A_TURN = 1000;

/** A difference as text, whatever of it is folded. Yields between turns. Cost: linear in what changed. */
export function* differenceText({ roots }: Difference, { as, before, after }: ComparedSides, most = MOST_DIFFERENCE_TEXT): Generator<number, string> {
  const parts = [`--- ${nameOf(before)}\n`, `+++ ${nameOf(after)}\n`];
  let length = 0;
  let items = 0;
  for (const part of as === "value" ? valueLines(roots) : hunks(roots, as)) {
    parts.push(part, "\n");
    length += part.length + 1;
    if (length > most) throw new Refusal(say("compare.too-long", { size: most }));
    if (++items % ITEMS_A_TURN === 0) yield 0;
  }
  return parts.join("");
}

const nameOf = ({ frame, label }: ComparedMessage): string => `#${frame + 1} ${label}`;

/** What changed, each value with its path. */
function* valueLines(roots: readonly DifferenceItem[]): Generator<string> {
  /** The items that are still to be told of each container that is open, and the step that leads to it. */
  const open: { readonly items: readonly DifferenceItem[]; next: number; readonly isList: boolean; readonly step: PathStep | null }[] = [{ items: roots, next: 0, isList: false, step: null }];
  for (let around = open.at(-1); around !== undefined; around = open.at(-1)) {
    const item = around.items[around.next++];
    if (item === undefined) {
      open.pop();
      continue;
    }
    if (item.state === "same" || item.state === "fold") continue;
    const { key, kind, text } = item.line(item.state !== "inside");
    const step: PathStep | null = key === null ? null : around.isList ? { kind: "index", index: Number(key), deep: false } : { kind: "key", key, deep: false };
    if (item.state === "inside") {
      open.push({ items: item.below(), next: 0, isList: kind === "array", step });
      continue;
    }
    const path = printPath([...open.map((one) => one.step), step].filter((one) => one !== null)) || "$";
    if (item.isReplaced !== true) yield `${item.state === "added" ? "+" : "-"} ${path}: ${text}`;
    else yield `  ${path}: ${text} -> ${around.items[around.next++]?.line(true).text ?? ""}`;
  }
}

/** What changed, with the equal lines that stand around it: what is folded away parts two hunks. */
function* hunks(items: readonly DifferenceItem[], as: "text" | "bytes"): Generator<string> {
  let [left, right] = [0, 0];
  for (let start = 0; start < items.length; ) {
    let end = start;
    while (end < items.length && items[end]?.state !== "fold") end++;
    const hunk = items.slice(start, end);
    const count = (without: string): number => hunk.filter(({ state }) => state !== without).length;
    const [removed, added] = [count("added"), count("removed")];
    if (hunk.some(({ state }) => state !== "same")) {
      if (as === "text") yield `@@ -${rangeOf(left, removed)} +${rangeOf(right, added)} @@`;
      else if (start > 0) yield "…";
      for (const { state, line } of hunk) {
        const { key, text } = line(true);
        yield `${state === "added" ? "+" : state === "removed" ? "-" : " "}${as === "text" ? text : `${key ?? ""}  ${text}`}`;
      }
    }
    const folded = items[end]?.children ?? 0;
    left += removed + folded;
    right += added + folded;
    start = end + 1;
  }
}

/** As `diff -u` has it: of no lines, the one that stands before. */
const rangeOf = (from: number, count: number): string => `${count === 0 ? from : from + 1},${count}`;
