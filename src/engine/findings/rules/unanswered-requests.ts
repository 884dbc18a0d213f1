import { say } from "../../../model/said.ts";
import { found, NONE, type FindingRule } from "../rule.ts";

/** How long is waited at least, in milliseconds, and how many times the longest wait so far. */
const SHORTEST_MS = 10_000;
const TIMES_LONGEST = 5;
const MOST_NAMED = 5;

/** Requests that waited far longer for an answer than those that got one, of types that are answered: others may be pushes that ask for none. */
export const unansweredRequests: FindingRule = {
  id: "unanswered-requests",
  group: "traffic",
  link: "https://developer.mozilla.org/en-US/docs/Web/API/WebSocket/send",
  ofConnection: ({ connection, requests }, { until, lost, nameOf }) => {
    if (requests === undefined || lost > 0) return NONE;
    const patience = Math.max(SHORTEST_MS, requests.longest * TIMES_LONGEST);
    const late = requests.waiting.filter(({ label, time }) => requests.types.has(label) && ((connection.closedAt ?? until) - time) * 1000 >= patience);
    if (late.length === 0) return NONE;
    const names = [...new Set(late.map(({ label }) => nameOf(label)))].slice(0, MOST_NAMED);
    return found("warning", say("findings.unanswered"), [say("findings.unanswered-about", { n: late.length, names, ms: requests.longest })], late.map(({ frame }) => frame));
  },
};
