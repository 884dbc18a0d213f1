import { say } from "../../../model/said.ts";
import { found, type FindingRule } from "../rule.ts";

/** Messages that a server counts, and that came twice under the same number. */
export const receivedAgain: FindingRule = {
  id: "received-again",
  group: "traffic",
  link: "https://developer.mozilla.org/en-US/docs/Web/API/WebSocket/message_event",
  ofConnection: ({ counters }, { nameOf }) =>
    [...counters.streams.values()].flatMap(({ isCounter, againCount, again, label, key, name }) => {
      const [first] = again;
      if (!isCounter || first === undefined) return [];
      const values = { name: name === "" ? nameOf(label) : say("findings.stream", { label: nameOf(label), name }), key, n: againCount, number: first.after };
      return found("warning", say("findings.again"), [say("findings.again-about", values)], again.map(({ frame }) => frame), againCount);
    }),
};
