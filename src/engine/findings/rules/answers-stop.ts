import { say } from "../../../model/said.ts";
import { lateRequests, stoppedSince } from "../late-requests.ts";
import { found, NONE, type FindingRule } from "../rule.ts";

/** One type of request that was answered well, and from one of them on is answered no more. */
export const answersStop: FindingRule = {
  id: "answers-stop",
  group: "traffic",
  link: "https://developer.mozilla.org/en-US/docs/Web/API/WebSocket/send",
  ofConnection: (one, whole) => {
    const late = lateRequests(one, whole);
    if (late.length === 0) return NONE;
    return [...(one.requests?.types.values() ?? [])].flatMap((type) => {
      const since = stoppedSince(type, late);
      const [first] = since ?? [];
      if (since === undefined || first === undefined) return NONE;
      return found("warning", say("findings.answers-stop"), [say("findings.answers-stop-about", { n: since.length, name: whole.nameOf(type.label), frame: first.frame + 1, answered: type.answered, ms: type.longest })], since.map(({ frame }) => frame));
    });
  },
};
