import { say } from "../../../model/said.ts";
import { lateRequests, stoppedSince } from "../late-requests.ts";
import { found, NONE, type FindingRule } from "../rule.ts";

const MOST_NAMED = 5;

/** See `lateRequests`. */
export const unansweredRequests: FindingRule = {
  id: "unanswered-requests",
  group: "traffic",
  link: "https://developer.mozilla.org/en-US/docs/Web/API/WebSocket/send",
  ofConnection: (one, whole) => {
    const { requests } = one;
    const all = lateRequests(one, whole);
    if (requests === undefined || all.length === 0) return NONE;
    // Where the answers to a type have stopped, that is a finding of its own.
    const stopped = new Set([...requests.types.values()].flatMap((type) => stoppedSince(type, all) ?? []));
    const late = all.filter((request) => !stopped.has(request));
    if (late.length === 0) return NONE;
    const names = [...new Set(late.map(({ label }) => whole.nameOf(label)))].slice(0, MOST_NAMED);
    return found("warning", say("findings.unanswered"), [say("findings.unanswered-about", { n: late.length, names, ms: requests.longest })], late.map(({ frame }) => frame));
  },
};
