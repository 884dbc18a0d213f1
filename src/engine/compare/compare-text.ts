import { Difference, differingPart, foldEqual, type DifferenceItem } from "./difference.ts";
import { matchSequences, NO_PARTNER } from "./match-sequences.ts";

/** Characters of a line that are shown; where two long ones differ, what is around the difference. */
const LINE_LENGTH = 400;
/** As few as let the difference begin in the narrowest inspector. */
const BEFORE_DIFFERENCE = 24;
const LINES_A_TURN = 20_000;

/** What changed from one text to another, line by line. Yields between turns. Cost: about linear in both. */
export function* compareText(before: string, after: string): Generator<number, Difference> {
  const [left, right] = [before.split("\n"), after.split("\n")];
  const known = new Map<string, number>();
  const numbersOf = function* (lines: readonly string[]): Generator<number, Uint32Array> {
    const numbers = new Uint32Array(lines.length);
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] as string;
      const number = known.get(line) ?? known.size;
      known.set(line, number);
      numbers[i] = number;
      if (i % LINES_A_TURN === 0) yield i / lines.length;
    }
    return numbers;
  };
  const a = yield* numbersOf(left);
  const b = yield* numbersOf(right);
  const partners = matchSequences(a, b);
  const items: DifferenceItem[] = [];
  let changes = 0;
  let next = 0;
  /** Lines of both from here to the next that are the same: each is paired with the one that took its place. */
  const changed = (toLeft: number, fromRight: number, toRight: number): void => {
    const [removed, added] = [toLeft - next, toRight - fromRight];
    changes += Math.max(removed, added);
    for (let i = 0; i < removed; i++) items.push(lineItem("removed", next + i, left[next + i] as string, i < added ? right[fromRight + i] : undefined));
    for (let j = 0; j < added; j++) items.push(lineItem("added", fromRight + j, right[fromRight + j] as string, j < removed ? left[next + j] : undefined));
  };
  for (let j = 0; j < right.length; ) {
    let end = j;
    while (end < right.length && partners[end] === NO_PARTNER) end++;
    const partner = end < right.length ? (partners[end] as number) : left.length;
    changed(partner, j, end);
    if (end < right.length) items.push(lineItem("same", end, right[end] as string, undefined));
    next = partner + 1;
    j = end + 1;
  }
  if (next < left.length) changed(left.length, right.length, right.length);
  return new Difference(foldEqual(items), changes);
}

function lineItem(state: "same" | "added" | "removed", place: number, text: string, other: string | undefined): DifferenceItem {
  return {
    state,
    depth: 0,
    children: 0,
    below: () => [],
    line: (isWhole = false) => {
      if (isWhole) return { key: String(place + 1), kind: null, text, differs: null };
      const part = other === undefined ? undefined : differingPart(text, other);
      const start = text.length <= LINE_LENGTH || part === undefined ? 0 : Math.max(0, part.from - BEFORE_DIFFERENCE);
      const shown = `${start === 0 ? "" : "…"}${text.slice(start, start + LINE_LENGTH)}${start + LINE_LENGTH < text.length ? "…" : ""}`;
      const shift = start === 0 ? 0 : start - 1;
      return { key: String(place + 1), kind: null, text: shown, differs: part === undefined ? null : { from: part.from - shift, to: Math.min(shown.length, part.aTo - shift) } };
    },
  };
}
