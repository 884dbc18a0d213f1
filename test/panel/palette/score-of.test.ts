import { expect, it } from "vitest";
import { scoreOf } from "../../../src/panel/palette/score-of.ts";

it("a command is found by the words of its name, then by those of its heading, and by no others", () => {
  const lanes = "Turn on: A lane for each connection  lanes";
  const score = (typed: string): number => scoreOf(lanes, typed, ["Timeline"]);
  expect([score("turn on"), score("lane turn"), score("timeline"), score("time lane"), score("latency"), score("timeline latency")]).toEqual([1, 0.5, 0.25, 0.25, 0, 0]);
});
