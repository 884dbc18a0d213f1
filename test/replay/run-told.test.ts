import { describe, expect, it } from "vitest";
import { say } from "../../src/model/said.ts";
import { milliseconds } from "../../src/model/units.ts";
import { runTold } from "../../src/replay/run-told.ts";
import { en } from "../words/speakers.ts";

describe("what is told of a run", () => {
  it("counts what went out before the connection ended, also of messages that went together", () => {
    const end = { type: "refused", why: say("live.ended") } as const;
    const told = (sent: number, report: number): string[] => runTold({ end, sent, report: { sent: report, answered: 0, unanswered: report, latency: null } }, "").map(en.tell);
    expect(told(0, 2)).toEqual(["Stopped after 2: The connection has ended.", "0 answered, 2 without an answer."]);
    expect(told(500, 400)).toEqual(["Stopped after 500: The connection has ended.", "0 answered, 400 without an answer.", expect.stringMatching(/100/)]);
  });

  it("says how fast the answers were", () => {
    const latency = { median: milliseconds(3), p95: milliseconds(9), longest: milliseconds(12) };
    expect(runTold({ end: { type: "all sent" }, sent: 4, report: { sent: 4, answered: 4, unanswered: 0, latency } }, "").map(en.tell).at(-1)).toMatch(/3.*9.*12/);
  });
});
