import type { TextSpot, TextStep } from "../contract/inspect.ts";
import { lowerBound } from "./lower-bound.ts";
import { isWithinPair } from "./surrogates.ts";
import type { LaidLines, TextFolds } from "./text-folds.ts";

/** A text as it is laid out and folded. */
export interface SteppedText extends LaidLines {
  readonly folds: TextFolds;
}

/** A word, or signs that stand together, is looked for in so many characters. */
const LONGEST_WORD = 1000;
const WORD_BEFORE = /(?:[\p{L}\p{N}_$]+|[^\p{L}\p{N}_$\s]+)?\s*$/u;
const WORD_BEHIND = /^\s*(?:[\p{L}\p{N}_$]+|[^\p{L}\p{N}_$\s]+)?/u;

/** See `InspectCalls.textStep`. Cost: a binary search; to an end of a line a pass over that. */
export function stepInText(laid: SteppedText, at: number, step: TextStep): TextSpot {
  const { starts, folds } = laid;
  const to = placeBehind(laid, Math.min(Math.max(0, at), laid.text.length), step);
  const shown = outOfFold(laid, to, true);
  const line = lineOf(laid, shown);
  return { at: to, line: folds.placeOf(line), from: shown - (starts[line] as number) };
}

function placeBehind(laid: SteppedText, at: number, step: TextStep): number {
  switch (step.by) {
    case "character":
      return outOfFold(laid, step.backwards ? characterBefore(laid.text, at) : characterBehind(laid.text, at), step.backwards);
    case "word":
      return outOfFold(laid, step.backwards ? wordBefore(laid.text, at) : wordBehind(laid.text, at), step.backwards);
    case "row":
      return rowBeside(laid, at, step.rows, step.column);
    case "edge":
      return edgeOf(laid, at, step.of, step.isEnd);
  }
}

function characterBefore(text: string, at: number): number {
  if (at === 0) return 0;
  const before = at - 1;
  const isOneWithBefore = text[before] === "\n" ? text[before - 1] === "\r" : isWithinPair(text, before);
  return isOneWithBefore ? before - 1 : before;
}

function characterBehind(text: string, at: number): number {
  if (at === text.length) return at;
  const behind = at + 1;
  const isOneWithBehind = text[at] === "\r" ? text[behind] === "\n" : isWithinPair(text, behind);
  return isOneWithBehind ? behind + 1 : behind;
}

const wordBefore = (text: string, at: number): number => at - (WORD_BEFORE.exec(text.slice(Math.max(0, at - LONGEST_WORD), at))?.[0].length ?? 0);
const wordBehind = (text: string, at: number): number => at + (WORD_BEHIND.exec(text.slice(at, at + LONGEST_WORD))?.[0].length ?? 0);

/** Past the first row is the text's beginning, past the last its end. */
function rowBeside(laid: SteppedText, at: number, rows: number, column: number): number {
  const { text, starts, folds } = laid;
  const place = folds.placeOf(lineOf(laid, at)) + rows;
  if (place < 0) return 0;
  if (place >= folds.length) return endOfRow(laid, folds.lineAt(folds.length - 1));
  const line = folds.lineAt(place);
  const to = Math.min((starts[line] as number) + column, endOfRow(laid, line));
  return isWithinPair(text, to) ? to - 1 : to;
}

function edgeOf(laid: SteppedText, at: number, of: "row" | "line" | "text" | "all", isEnd: boolean): number {
  const { text, starts } = laid;
  if (of === "all") return isEnd ? text.length : 0;
  if (of === "text") return isEnd ? outOfFold(laid, text.length, true) : 0;
  // What the cursor stands in may have been folded since.
  const from = outOfFold(laid, at, true);
  if (of === "row") return isEnd ? endOfRow(laid, lineOf(laid, from)) : (starts[lineOf(laid, from)] as number);
  if (!isEnd) return from === 0 ? 0 : text.lastIndexOf("\n", from - 1) + 1;
  const feed = text.indexOf("\n", from);
  return feed < 0 ? text.length : beforeReturn(text, feed, from);
}

/** The last place that is drawn on a row: where the text's own line goes on in the next row, that behind its last character is there. */
function endOfRow({ text, starts, numbers }: SteppedText, line: number): number {
  const next = starts[line + 1];
  if (next === undefined) return text.length;
  return numbers[line] === numbers[line + 1] ? characterBefore(text, next) : beforeReturn(text, next - 1, starts[line] as number);
}

/** Where a line ends whose feed stands at a place, and no earlier than it begins. */
const beforeReturn = (text: string, feed: number, start: number): number => (feed > start && text[feed - 1] === "\r" ? feed - 1 : feed);

/** The place itself, or of one that is folded away the next that is on view that way. */
function outOfFold(laid: SteppedText, at: number, backwards: boolean): number {
  const { starts, folds } = laid;
  const line = lineOf(laid, at);
  const place = folds.placeOf(line);
  const shown = folds.lineAt(place);
  if (shown === line) return at;
  return backwards || place + 1 === folds.length ? endOfRow(laid, shown) : (starts[folds.lineAt(place + 1)] as number);
}

const lineOf = ({ starts }: SteppedText, at: number): number => lowerBound(starts, at + 1) - 1;
