import { say } from "../../../model/said.ts";
import { jumpIn } from "../latency-jump.ts";
import { found, type FindingRule } from "../rule.ts";

/** Answers to requests of one type that take far longer from some point on. */
export const latencyJump: FindingRule = {
  id: "latency-jump",
  group: "traffic",
  link: "https://developer.mozilla.org/en-US/docs/Web/API/WebSocket/bufferedAmount",
  ofConnection: ({ requests }, { nameOf }) =>
    [...(requests?.types.values() ?? [])].flatMap(({ label, blocks }) => {
      const jump = jumpIn(blocks);
      return jump === undefined ? [] : found("warning", say("findings.latency"), [say("findings.latency-about", { name: nameOf(label), before: jump.before, after: jump.after, n: jump.at.first + 1 })], [jump.at.first]);
    }),
};
