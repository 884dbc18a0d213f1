import { afterEach, describe, expect, it } from "vitest";
import { say } from "../../../src/model/said.ts";
import { connectionId } from "../../../src/model/units.ts";
import { opened, setupEngine } from "../setup-engine.ts";
import { imported } from "./imported.ts";

const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** A capture with a message that the user sent, one that a rule made, and the report of a run, exported in a format and imported again. */
async function thereAndBack(format: string, sensitive: boolean): Promise<readonly string[]> {
  const engine = setupEngine();
  ends.push(engine.end);
  engine.take([
    ...opened(1),
    { direction: "sent", payload: '{"type":"order"}', origin: "user" },
    { payload: "from the server" },
    { type: "ruled", connection: connectionId(1), rule: "halve the price", did: "made", back: null, ofDirection: "sent" },
    { payload: "made up", origin: "rule" },
    { payload: "given to the page", origin: "user" },
  ]);
  await engine.until(({ decoded, rows }) => rows > 0 && decoded >= rows);
  await engine.call("noteRun", { connection: connectionId(1), told: say("replay.all-sent", { n: 1 }) });
  const { name } = await engine.call("export", { format, scope: "all", sensitive });
  const { rows, problems, capture } = await imported(engine.exported.get(name)?.contents ?? new Uint8Array(), { name });
  expect(problems).toEqual([]);
  const ruled = Array.from({ length: capture.log.length }, (_, row) => capture.log.details.ruledAt(row)?.rule);
  return rows.map((row, i) => `${row.replace(/ \d{9,}[\d.]* /, " ")}${ruled[i] === undefined ? "" : ` (${ruled[i]})`}`).filter((row) => !row.includes("open"));
}

describe("who made a message, and what became of a run", () => {
  it.each([["har", false], ["har", true], ["ndjson", false], ["framescope-capture", false]] as const)("come back from %s as they went out (with sensitive data: %s)", async (format, sensitive) => {
    expect(await thereAndBack(format, sensitive)).toEqual([
      '1 sent 1 user {"type":"order"}',
      expect.stringMatching(/^1 received 1 (?:import|page) from the server$/),
      "1 received 1 rule made up (halve the price)",
      "1 received 1 user given to the page",
      "1 report Transcript: All 1 sent.",
    ]);
  });
});
