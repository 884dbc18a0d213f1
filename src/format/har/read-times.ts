import type { ImportSink } from "../import-format.ts";

/**
 * Milliseconds of a message's `time`, whose unit no standard tells: seconds since 1970 (Chrome, mitmproxy, HTTP Toolkit),
 * milliseconds since then (Playwright), or seconds of a monotonic clock (chrome-har-capturer), which then count from
 * nowhere. Not a number where the writer says that it does not know; undefined for what is no number.
 */
export function readTime(time: unknown): number | undefined {
  if (typeof time !== "number" || Number.isNaN(time)) return undefined;
  if (time < 0) return NaN;
  return time > LEAST_MILLISECONDS ? time : time * 1000;
}

/** As seconds this is the year 5138, as milliseconds 1973. */
const LEAST_MILLISECONDS = 1e11;
/** A time below it counts from nowhere: as seconds since 1970 it would be 1973. */
const isMonotonic = (milliseconds: number): boolean => milliseconds < LEAST_MILLISECONDS;

/** The rows of one entry, and when it began by its own word, in milliseconds since 1970. */
export interface EntryRows {
  readonly from: number;
  readonly to: number;
  readonly started: number | undefined;
  /** The first of its rows whose time is known. */
  readonly first: number;
}

/** What counts from elsewhere than 1970 is put right, once all entries and their writer are known. */
export function alignTimes(entries: readonly EntryRows[], creator: string, sink: ImportSink): void {
  // Its base is in milliseconds, what it adds to it in seconds: https://github.com/microsoft/playwright/issues/41360.
  if (creator === "Playwright 1.61.0") {
    for (const { from, to, started } of entries) if (started !== undefined) sink.retime(from, to, (time) => (isMonotonic(time) ? time : started + (time - started) * 1000));
    return;
  }
  // All entries share one clock, and no message is older than its entry.
  let offset = -Infinity;
  for (const { first, started } of entries) if (started !== undefined && isMonotonic(first)) offset = Math.max(offset, started - first);
  if (offset === -Infinity) return;
  for (const { from, to, first } of entries) if (isMonotonic(first)) sink.retime(from, to, (time) => (isMonotonic(time) ? time + offset : time));
}
