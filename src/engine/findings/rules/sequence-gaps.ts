import { say } from "../../../model/said.ts";
import { found, type FindingRule } from "../rule.ts";

/** Numbers that count messages, and of which some are missing. */
export const sequenceGaps: FindingRule = {
  id: "sequence-gaps",
  group: "traffic",
  // What a connection is made of loses nothing and keeps the order.
  link: "https://www.rfc-editor.org/rfc/rfc9293#section-2.2",
  ofConnection: ({ counters }, { nameOf, lost }) =>
    [...counters.streams.values()].flatMap(({ isCounter, gapCount, gaps, missing, label, key, name }) => {
      const [first] = gaps;
      // Frames that are missing here may be those.
      if (!isCounter || first === undefined || lost > 0) return [];
      const values = { name: name === "" ? nameOf(label) : say("findings.stream", { label: nameOf(label), name }), key, n: missing, places: gapCount, before: first.before, after: first.after };
      return found("problem", say("findings.gaps"), [say("findings.gaps-about", values), say("findings.gaps-cause")], gaps.map(({ frame }) => frame), gapCount);
    }),
};
