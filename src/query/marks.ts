import { assertNever } from "../model/assert-never.ts";
import { textPattern } from "./pattern.ts";
import type { Query, ValueTest } from "./query.ts";

/** Finds what a query looked for in a text that is shown. */
export interface Marker {
  /** It runs patterns of the user's, so `marks` belongs on a thread that can be ended. */
  readonly hasPatterns: boolean;
  /** Where it is in `text`: from, to, from, to … in rising order, not overlapping; at most `MOST_MARKS` places. */
  marks(text: string): number[];
}

const MOST_MARKS = 50;
/** No more of a text is looked through: marks are for what is on the screen. */
const MOST_TEXT = 20_000;

/**
 * What to mark for a query: its words, quoted texts and patterns, and the texts that values inside messages are compared
 * with; not what it leaves out. Throws on a query that `parseQuery` would have refused.
 */
export function createMarker(query: Query): Marker {
  const sought = soughtBy(query, true);
  const patterns = sought.map(({ expression }) => new RegExp(expression.source, `${expression.flags}g`));
  return {
    hasPatterns: sought.some(({ isPattern }) => isPattern),
    marks: (text) => {
      const head = text.slice(0, MOST_TEXT);
      return mergeSpans(patterns.flatMap((pattern) => spansOf(pattern, head)));
    },
  };
}

interface Sought {
  readonly expression: RegExp;
  readonly isPattern: boolean;
}

/** `isWanted`: false below an odd number of negations. */
function soughtBy(query: Query, isWanted: boolean): readonly Sought[] {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.flatMap((part) => soughtBy(part, isWanted));
    case "not":
      return soughtBy(query.part, !isWanted);
    case "text":
      return isWanted ? [{ expression: textPattern(query.text), isPattern: false }] : [];
    case "pattern":
      return isWanted ? [{ expression: new RegExp(query.source, query.flags), isPattern: true }] : [];
    case "value":
      return isWanted ? comparedText(query.test) : [];
    case "everything":
    case "field":
      return [];
    default:
      return assertNever(query);
  }
}

/** A pattern is for one value, with its own begin and end, so it is not looked for in the whole message. */
function comparedText(test: ValueTest | null): readonly Sought[] {
  if (test === null || (test.operator !== "=" && test.operator !== "~")) return [];
  const { operand } = test;
  return operand.kind === "string" && operand.text !== "" ? [{ expression: textPattern(operand.text), isPattern: false }] : [];
}

type Span = readonly [from: number, to: number];

function spansOf(pattern: RegExp, text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const found of text.matchAll(pattern)) {
    // An empty match marks nothing that could be seen.
    if (found[0] !== "") spans.push([found.index, found.index + found[0].length]);
    if (spans.length === MOST_MARKS) break;
  }
  return spans;
}

function mergeSpans(spans: readonly Span[]): number[] {
  const marks: number[] = [];
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = marks.length - 1;
    if (last > 0 && from <= (marks[last] as number)) marks[last] = Math.max(marks[last] as number, to);
    else if (marks.length < MOST_MARKS * 2) marks.push(from, to);
  }
  return marks;
}
