import { say } from "../../../model/said.ts";
import { found, NONE, type FindingRule } from "../rule.ts";

const LEAST_SECONDS = 30;
const LEAST_FRAMES = 200;
/** So many times what passes in an ordinary second, and in a busy one. */
const TIMES_MEDIAN = 10;
const TIMES_P95 = 3;

/** A second in which far more passed than in any other. */
export const burst: FindingRule = {
  id: "burst",
  group: "traffic",
  link: "https://developer.mozilla.org/en-US/docs/Web/API/WebSockets_API",
  ofConnection: ({ pace: { seconds, busiest } }) => {
    const spread = seconds.spread();
    if (spread === null || busiest === undefined || spread.count < LEAST_SECONDS) return NONE;
    if (busiest.frames < LEAST_FRAMES || busiest.frames < spread.median * TIMES_MEDIAN || busiest.frames < spread.p95 * TIMES_P95) return NONE;
    return found("note", say("findings.burst"), [say("findings.burst-about", { n: busiest.frames, usual: spread.median })], [busiest.first], busiest.frames);
  },
};
