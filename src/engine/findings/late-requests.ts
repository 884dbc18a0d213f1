import type { RequestType, WaitingRequest } from "./gather/requests.ts";
import type { Gathered, Whole } from "./rule.ts";

/** How long is waited at least, in milliseconds, and how many times the longest wait so far. */
const SHORTEST_MS = 10_000;
const TIMES_LONGEST = 5;
/** A type that was answered so often, and so many times since was not, is answered no more. */
const LEAST_ANSWERED = 8;
const LEAST_STOPPED = 3;

/**
 * Requests that waited far longer for an answer than those that got one, of types that are answered: others may be pushes that
 * ask for none. None where messages are missing, an answer perhaps among them.
 */
export function lateRequests({ connection, requests }: Gathered, { until, lost }: Whole): readonly WaitingRequest[] {
  if (requests === undefined || lost > 0) return [];
  const end = connection.closedAt ?? until;
  const patience = Math.max(SHORTEST_MS, requests.longest * TIMES_LONGEST);
  return requests.waiting.filter(({ label, time }) => requests.types.has(label) && (end - time) * 1000 >= patience);
}

/** Those of a type since whose first nothing of it was answered; undefined where it is not sure that its answers stopped. */
export function stoppedSince({ label, answered, lastAnswered }: RequestType, late: readonly WaitingRequest[]): readonly WaitingRequest[] | undefined {
  if (answered < LEAST_ANSWERED) return undefined;
  const since = late.filter((request) => request.label === label && request.time > lastAnswered);
  return since.length < LEAST_STOPPED ? undefined : since;
}
