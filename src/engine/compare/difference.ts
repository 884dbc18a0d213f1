import type { CompareLine, CompareState } from "../../contract/compare.ts";

/** One line of a difference, and what unfolds below it. */
export interface DifferenceItem {
  readonly state: CompareState;
  readonly depth: number;
  /** Made when the line is drawn. `isWhole`: nothing of its text is cut, and a container is all that it holds. */
  readonly line: (isWhole?: boolean) => Pick<CompareLine, "key" | "kind" | "text" | "differs">;
  /** One of two, the one that was removed first, of which the second took the place of the first. */
  readonly isReplaced?: boolean;
  /** How many there are below; 0 for none. */
  readonly children: number;
  /** What stands below it, made when it is unfolded. */
  readonly below: () => readonly DifferenceItem[];
}

/** What differs between two messages, as lines that fold. Only those that are unfolded stand in memory as lines. */
export class Difference {
  readonly changes: number;
  readonly roots: readonly DifferenceItem[];
  readonly #below = new Map<DifferenceItem, readonly DifferenceItem[]>();
  readonly #open = new Set<DifferenceItem>();
  #visible: DifferenceItem[] = [];

  /** What is not the same inside is open. */
  constructor(roots: readonly DifferenceItem[], changes: number) {
    this.roots = roots;
    this.changes = changes;
    this.#layOut((item) => {
      if (item.state === "inside") this.#open.add(item);
    });
  }

  get length(): number {
    return this.#visible.length;
  }

  lines(from: number, to: number): CompareLine[] {
    return this.#visible.slice(Math.max(0, from), to).map((item) => ({ state: item.state, depth: item.depth, children: item.children, expanded: this.#open.has(item), ...item.line() }));
  }

  /** Answers the new number of lines. */
  toggle(line: number): number {
    const item = this.#visible[line];
    if (item === undefined || item.children === 0) return this.length;
    if (!this.#open.delete(item)) this.#open.add(item);
    this.#layOut();
    return this.length;
  }

  /** The next line after `from`, or before it, that says a change and follows one that says none; null for none. */
  nextChange(from: number, backwards: boolean): number | null {
    const isChange = (line: number): boolean => {
      const state = this.#visible[line]?.state;
      return state === "added" || state === "removed";
    };
    const step = backwards ? -1 : 1;
    for (let line = from + step; line >= 0 && line < this.length; line += step) if (isChange(line) && !isChange(line - 1)) return line;
    return null;
  }

  #layOut(meet: (item: DifferenceItem) => void = () => {}): void {
    const visible: DifferenceItem[] = [];
    const waiting = this.roots.toReversed();
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
      visible.push(item);
      meet(item);
      if (!this.#open.has(item)) continue;
      const below = this.#below.get(item) ?? item.below();
      this.#below.set(item, below);
      for (let i = below.length - 1; i >= 0; i--) waiting.push(below[i] as DifferenceItem);
    }
    this.#visible = visible;
  }
}

/** Equal lines around a change that stay on view, so that its place is seen. */
const CONTEXT = 3;

/** Of a list, equal items far from any change become one that unfolds. `text`: what it says of so many. */
export function foldEqual(items: readonly DifferenceItem[]): readonly DifferenceItem[] {
  const folded: DifferenceItem[] = [];
  for (let start = 0; start < items.length; ) {
    const item = items[start] as DifferenceItem;
    let end = start;
    while (end < items.length && items[end]?.state === "same") end++;
    if (end === start) {
      folded.push(item);
      start++;
      continue;
    }
    const first = start === 0 ? start : start + CONTEXT;
    const last = end === items.length ? end : end - CONTEXT;
    // A line that says that one line is left out takes as much room.
    if (last - first < 2) folded.push(...items.slice(start, end));
    else {
      const hidden = items.slice(first, last);
      folded.push(...items.slice(start, first), { state: "fold", depth: item.depth, children: hidden.length, line: () => ({ key: null, kind: null, text: "", differs: null }), below: () => hidden }, ...items.slice(last, end));
    }
    start = end;
  }
  return folded;
}

/** Where two texts differ, by what they have alike at both ends. */
export function differingPart(a: string, b: string): { readonly from: number; readonly aTo: number; readonly bTo: number } {
  const most = Math.min(a.length, b.length);
  let from = 0;
  while (from < most && a.charCodeAt(from) === b.charCodeAt(from)) from++;
  let end = 0;
  while (end < most - from && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++;
  return { from, aTo: a.length - end, bTo: b.length - end };
}
