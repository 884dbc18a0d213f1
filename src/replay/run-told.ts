import { assertNever } from "../model/assert-never.ts";
import type { ReplayReport } from "../model/replay-report.ts";
import { say, type Said } from "../model/said.ts";
import type { RunEnd } from "./transcript-run.ts";

/** A run that has ended. `report`: null until it is known. */
export interface RunResult {
  readonly end: RunEnd;
  readonly sent: number;
  readonly report: ReplayReport | null;
}

/** What is told of a run: how it ended, and then what became of what it sent. `filter`: the one that was to stop it. */
export function runTold({ end, sent, report }: RunResult, filter: string): readonly [Said, ...Said[]] {
  // Of messages that went together, some may have gone before the others could not.
  const ending = endTold(end, end.type === "refused" ? Math.max(sent, report?.sent ?? 0) : sent, filter);
  if (report === null || report.sent === 0) return [ending];
  const { answered, unanswered, latency } = report;
  const uncounted = report.sent < sent ? [say("replay.uncounted", { n: sent - report.sent })] : [];
  if (answered + unanswered === 0) return [ending, say("replay.no-answers"), ...uncounted];
  return [ending, say("replay.report", { answered, unanswered }), ...(latency === null ? [] : [say("replay.latency", { median: latency.median, top: latency.p95, longest: latency.longest })]), ...uncounted];
}

function endTold(end: RunEnd, n: number, filter: string): Said {
  switch (end.type) {
    case "all sent":
      return say("replay.all-sent", { n });
    case "stopped":
      return say("replay.stopped", { n });
    case "matched":
      return say("replay.matched", { n, filter });
    case "refused":
      return say("replay.refused", { n, why: end.why });
    default:
      return assertNever(end);
  }
}
