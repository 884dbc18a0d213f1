import { say } from "../../../model/said.ts";
import { medianOf } from "../endings.ts";
import type { LatencyBlock } from "../gather/requests.ts";
import { found, type FindingRule } from "../rule.ts";

/** So many blocks before the jump, and behind it. */
const BEFORE = 2;
const BEHIND = 2;
const TIMES = 4;
const LEAST_MS = 100;

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

/** Where the median rises and stays. */
function jumpIn(blocks: readonly LatencyBlock[]): { readonly at: LatencyBlock; readonly before: number; readonly after: number } | undefined {
  for (let place = BEFORE; place + BEHIND <= blocks.length; place++) {
    const before = medianOf(blocks.slice(0, place).map(({ median }) => median));
    const behind = blocks.slice(place, place + BEHIND);
    const least = Math.min(...behind.map(({ median }) => median));
    const at = behind[0];
    if (at !== undefined && least >= before * TIMES && least >= before + LEAST_MS) return { at, before, after: least };
  }
  return undefined;
}
