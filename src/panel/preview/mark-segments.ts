import type { Token, TokenKind } from "./json-tokens.ts";

/** A stretch of a preview that is drawn in one way. */
export interface Segment {
  readonly from: number;
  readonly text: string;
  readonly kind: TokenKind;
  readonly isMarked: boolean;
}

/**
 * Cuts tokens where marks begin and end. `marks` are places (from, to, from, to …) in the same text; they may cross
 * tokens, touch, overlap, be out of order or lie beyond the end.
 */
export function segmentsOf(text: string, tokens: readonly Token[], marks: readonly number[]): readonly Segment[] {
  const ranges = mergeMarks(marks, text.length);
  const segments: Segment[] = [];
  let next = 0;
  for (const token of tokens) {
    let at = token.from;
    while (at < token.to) {
      while (next < ranges.length && (ranges[next] as Span).to <= at) next++;
      const mark = ranges[next];
      const isMarked = mark !== undefined && mark.from <= at;
      const end = Math.min(token.to, mark === undefined ? token.to : isMarked ? mark.to : mark.from);
      segments.push({ from: at, text: text.slice(at, end), kind: token.kind, isMarked });
      at = end;
    }
  }
  return segments;
}

/** The segments from a place on, behind an ellipsis for what is left out. */
export function cutSegments(segments: readonly Segment[], from: number): readonly Segment[] {
  if (from === 0) return segments;
  const cut = segments.filter((segment) => segment.from + segment.text.length > from);
  const [first] = cut;
  const rest = first === undefined ? [] : [{ ...first, from, text: first.text.slice(Math.max(0, from - first.from)) }, ...cut.slice(1)];
  return [{ from: -1, text: "…", kind: null, isMarked: false }, ...rest];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function mergeMarks(marks: readonly number[], length: number): readonly Span[] {
  const spans: Span[] = [];
  for (let i = 0; i + 1 < marks.length; i += 2) {
    const from = Math.max(0, marks[i] as number);
    const to = Math.min(length, marks[i + 1] as number);
    if (from < to) spans.push({ from, to });
  }
  spans.sort((a, b) => a.from - b.from);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last !== undefined && span.from <= last.to) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    } else merged.push(span);
  }
  return merged;
}
