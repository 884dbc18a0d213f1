import type { Span, TimelineRange } from "../../contract/timeline.ts";
import { milliseconds } from "../../model/units.ts";

/** Moments of a span as places across a width, in pixels. */
export interface Scale extends Span {
  readonly width: number;
}

export const toX = ({ from, to, width }: Scale, at: number): number => ((at - from) / (to - from)) * width;
export const toTime = ({ from, to, width }: Scale, x: number): number => from + (x / Math.max(1, width)) * (to - from);

/** No reader needs to see less than this at once, in milliseconds. */
const SHORTEST = 1;
/** Where the end of the log is nearer to the edge than this share of what is on view, what comes next is to be on view too. */
const AT_END = 0.005;

interface Extent {
  readonly first: number;
  readonly last: number;
}

/** What is on view once it is `factor` times as long, with the moment `around` where it was. */
export function zoom(view: Span & Extent, factor: number, around: number): TimelineRange {
  const length = view.to - view.from;
  const share = (around - view.from) / length;
  const next = Math.max(SHORTEST, length * factor);
  return ranged(view, around - share * next, next);
}

/** What is on view `by` milliseconds later, as far as there is something. */
export function pan(view: Span & Extent, by: number): TimelineRange {
  return ranged(view, view.from + by, view.to - view.from);
}

function ranged({ first, last }: Extent, from: number, length: number): TimelineRange {
  if (length >= last - first) return null;
  const start = Math.min(Math.max(first, from), last - length);
  return last - (start + length) < length * AT_END ? { last: milliseconds(length) } : { from: milliseconds(start), to: milliseconds(start + length) };
}

/** Pixels that a label and the gap beside it take. */
const LABEL_WIDTH = 110;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const TICK_STEPS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((n) => n * HOUR),
] as const;

/** How far apart labels of an axis stand, in milliseconds, so that they do not touch. */
export function tickStep(length: number, width: number): number {
  const least = (length / Math.max(1, width)) * LABEL_WIDTH;
  return TICK_STEPS.find((step) => step >= least) ?? Math.ceil(least / (24 * HOUR)) * 24 * HOUR;
}
