import { exchangeOf, type Connection } from "../../model/connection.ts";
import type { Gathered } from "./rule.ts";

/** When it began, in seconds, as far as that is known. */
export const begunAt = (connection: Connection): number | undefined => connection.createdAt ?? exchangeOf(connection).requestTime ?? connection.openedAt;

/** Milliseconds from the last message, or the opening, to the end. */
export function silenceBefore({ connection, tally }: Gathered): number | undefined {
  const last = tally.lastTime ?? connection.openedAt;
  return last === undefined || connection.closedAt === undefined ? undefined : (connection.closedAt - last) * 1000;
}

const PAGE_ENDS: ReadonlySet<string> = new Set(["log.closed-navigation", "log.closed-gone", "log.closed-before", "log.closed-unheard", "log.capture-ended", "log.capture-cut-off"]);

/** It ended with its page, or nobody saw how. */
export const isEndOfPage = ({ ending }: Connection): boolean => typeof ending === "object" && PAGE_ENDS.has(ending.code);

/** Of an even number the later of the two in the middle; 0 of none. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
