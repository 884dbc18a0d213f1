import type { Milliseconds } from "./units.ts";

/** What became of what the user sent: of messages that ask for an answer. Latencies are null where none was answered. */
export interface ReplayReport {
  readonly sent: number;
  readonly answered: number;
  readonly unanswered: number;
  readonly latency: { readonly median: Milliseconds; readonly p95: Milliseconds; readonly longest: Milliseconds } | null;
}
