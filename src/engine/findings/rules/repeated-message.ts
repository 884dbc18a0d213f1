import { say } from "../../../model/said.ts";
import { found, type FindingRule } from "../rule.ts";

const LEAST_SENT = 20;
const LEAST_RECEIVED = 50;
const LEAST_BYTES = 10_000;
/** What comes as seldom is a poll, or keeps the connection alive. */
const LONGEST_APART_MS = 5000;

/** The same message over and over, with none other of its type between. */
export const repeatedMessage: FindingRule = {
  id: "repeated-message",
  group: "traffic",
  link: "https://developer.mozilla.org/en-US/docs/Web/API/WebSocket/send",
  ofConnection: ({ repeats }, { nameOf, timeOf }) =>
    [...repeats.longest()].flatMap(({ label, isSent, first, last, times, length }) => {
      const bytes = times * length;
      const isMuch = isSent ? times >= LEAST_SENT : times >= LEAST_RECEIVED && bytes >= LEAST_BYTES;
      if (!isMuch) return [];
      const apart = ((timeOf(last) - timeOf(first)) * 1000) / (times - 1);
      if (apart > LONGEST_APART_MS) return [];
      return found("warning", say("findings.repeated"), [say("findings.repeated-about", { way: isSent ? "sent" : "received", name: nameOf(label), n: times, bytes })], [first], times);
    }),
};
