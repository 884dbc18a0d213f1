import type { Span } from "../../contract/timeline.ts";
import type { TimelineClock } from "./timeline-clock.ts";

const DAY = 86_400_000;

export interface TimeConditionParts {
  readonly clock: TimelineClock;
  /** The whole log. */
  readonly first: number;
  readonly last: number;
  /** What one pixel stands for: no digit is written that nobody pointed at. */
  readonly precision: number;
  /** Minutes that a moment is ahead of UTC by the user's clock; without a moment: now, as filters read it. */
  readonly utcOffset: (epoch?: number) => number;
}

/**
 * What a filter's `time:` says for a span: the time of day, as the table has it; since the start, where that would mean
 * more than one moment of the log, or another one. Rounded outwards.
 */
export function timeCondition({ from, to }: Span, parts: TimeConditionParts): string {
  return dayTimes(from, to, parts) ?? `${sinceStart(from, parts.precision, Math.floor)}..${sinceStart(to, parts.precision, Math.ceil)}`;
}

function dayTimes(from: number, to: number, { clock, first, last, precision, utcOffset }: TimeConditionParts): string | undefined {
  const [begin, end] = [clock.epochOf(from), clock.epochOf(to)];
  const [start, stop] = [clock.epochOf(first), clock.epochOf(last)];
  if (begin === undefined || end === undefined || start === undefined || stop === undefined) return undefined;
  const offset = utcOffset();
  if (Math.max(stop, end) - Math.min(start, begin) >= DAY || [begin, end].some((epoch) => utcOffset(epoch) !== offset)) return undefined;
  const low = timeOfDay(begin, offset, precision, Math.floor);
  const high = timeOfDay(end, offset, precision, Math.ceil);
  return low === high ? undefined : `${low}..${high}`;
}

/** `12:31:04.25`: with as many digits as a precision in milliseconds is worth. */
function timeOfDay(epoch: number, offset: number, precision: number, round: (value: number) => number): string {
  const unit = unitOf(precision);
  const local = epoch + offset * 60_000;
  const ofDay = Math.min((((round(local / unit) * unit) % DAY) + DAY) % DAY, DAY - 1);
  return new Date(ofDay).toISOString().slice(11, 23).replace(/\.?0*$/, "");
}

function sinceStart(at: number, precision: number, round: (value: number) => number): string {
  const unit = unitOf(precision);
  return `${Number(((round(Math.max(0, at) / unit) * unit) / 1000).toFixed(3))}s`;
}

/** 1 ms to 1 s. */
function unitOf(precision: number): number {
  return Math.min(1000, 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, precision)))));
}
