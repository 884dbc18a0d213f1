import { say } from "../../../model/said.ts";
import { found, NONE, type FindingRule } from "../rule.ts";

const SHORTEST_MS = 30_000;

/** It opened, and nothing went over it. */
export const neverSpeaks: FindingRule = {
  id: "never-speaks",
  group: "life",
  link: "https://developer.mozilla.org/en-US/docs/Web/API/WebSocket/open_event",
  ofConnection: ({ connection, tally, opening, end }, { until, lost }) => {
    const { openedAt, closedAt, seenFromStart } = connection;
    if (openedAt === undefined || !seenFromStart || tally.frames > 0 || lost > 0) return NONE;
    const ms = ((closedAt ?? until) - openedAt) * 1000;
    return ms < SHORTEST_MS ? NONE : found("note", say("findings.silent"), [say("findings.silent-about", { ms })], [opening, end]);
  },
};
