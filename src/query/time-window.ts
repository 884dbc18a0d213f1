import { WallClock } from "../model/clock.ts";
import { milliseconds, monotonicSeconds, type Milliseconds } from "../model/units.ts";
import { readInterval } from "./interval.ts";
import type { Query } from "./query.ts";
import type { QueryContext } from "./query-row.ts";
import { readDuration, readTimeOfDay } from "./units.ts";

const DAY = 86_400_000;

/**
 * The stretch of time that a query's own `time:` leaves, in milliseconds since the log's first row: where it has just one
 * such condition beside others that must hold too, with both ends. Null where it has none, or says it in another way. A
 * time of day is that of the log's first day or, where that has passed by then, of the next.
 */
export function timeWindow(query: Query, context: QueryContext): { readonly from: Milliseconds; readonly to: Milliseconds } | null {
  const parts = query.kind === "and" ? query.parts : [query];
  const [only, ...others] = parts.flatMap((part) => (part.kind === "field" && part.name === "time" && part.value.kind !== "pattern" ? [part.value.text] : []));
  if (only === undefined || others.length > 0) return null;
  const ofDay = readInterval(only, readTimeOfDay);
  const found = ofDay === undefined ? readInterval(only, readDuration) : sinceStart(ofDay, context);
  if (found === undefined || !Number.isFinite(found.low) || !Number.isFinite(found.high) || found.low >= found.high) return null;
  return { from: milliseconds(found.low), to: milliseconds(found.high) };
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

function sinceStart({ low, high }: Ends, { start, anchors, utcOffset }: QueryContext): Ends | undefined {
  const clock = new WallClock();
  for (const anchor of anchors) clock.anchor(anchor);
  const began = clock.toEpoch(monotonicSeconds(start));
  if (began === undefined) return undefined;
  const offset = utcOffset * 60_000;
  const midnight = Math.floor((began + offset) / DAY) * DAY - offset;
  const end = high < low ? high + DAY : high;
  const later = midnight + end < began ? DAY : 0;
  const since = (ofDay: number): number => ((clock.toMonotonic(midnight + later + ofDay) ?? start) - start) * 1000;
  return { low: since(low), high: since(end) };
}
