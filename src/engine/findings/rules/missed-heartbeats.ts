import { say } from "../../../model/said.ts";
import { found, NONE, type FindingRule } from "../rule.ts";

/** So many were answered, each within this share of the interval: then an answer is expected. */
const LEAST_ANSWERED = 3;
const SOON = 0.2;

/** Heartbeats that the other side answered, and then did not. */
export const missedHeartbeats: FindingRule = {
  id: "missed-heartbeats",
  group: "life",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-5.5.2",
  ofConnection: ({ connection, heartbeats }, { until, lost }) => {
    const interval = heartbeats?.intervals.spread()?.median;
    const delay = heartbeats?.delays.spread()?.p95;
    if (heartbeats === undefined || interval === undefined || delay === undefined || lost > 0) return NONE;
    if (heartbeats.isUnclear || heartbeats.answered < LEAST_ANSWERED || delay > interval * SOON) return NONE;
    const { waiting, missed, missedRows } = heartbeats;
    const isLate = waiting !== undefined && ((connection.closedAt ?? until) - waiting.time) * 1000 >= interval;
    const n = missed + (isLate ? 1 : 0);
    if (n === 0) return NONE;
    return found("warning", say("findings.heartbeats"), [say("findings.heartbeats-about", { n, interval, delay })], [...missedRows, isLate ? waiting.index : undefined], n);
  },
};
