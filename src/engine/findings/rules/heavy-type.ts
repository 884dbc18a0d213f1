import { say } from "../../../model/said.ts";
import { found, NONE, type FindingRule } from "../rule.ts";

const LEAST_BYTES = 1_000_000;
const LEAST_SHARE = 0.7;

/** One type of message that makes most of the bytes. */
export const heavyType: FindingRule = {
  id: "heavy-type",
  group: "traffic",
  link: "https://developer.mozilla.org/en-US/docs/Web/API/WebSockets_API",
  ofConnection: ({ tally }, { nameOf }) => {
    if (tally.bytes < LEAST_BYTES || tally.types.size < 2) return NONE;
    const [most] = [...tally.types.values()].toSorted((a, b) => b.bytes - a.bytes);
    if (most === undefined || most.bytes < tally.bytes * LEAST_SHARE) return NONE;
    const values = { name: nameOf(most.label), n: most.frames, bytes: most.bytes, share: most.bytes / tally.bytes, largest: most.largestBytes };
    return found("note", say("findings.heavy"), [say("findings.heavy-about", values)], [most.largest], most.frames);
  },
};
