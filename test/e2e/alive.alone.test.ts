import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { endure, expectInTime, VICTIMS, type Kill } from "./alive-scenarios.ts";

let server: LoadServer;
beforeAll(async () => {
  server = await startLoadServer();
});
afterAll(() => server.close());

describe("while 1,000 frames a second come", () => {
  // The engine's worker last: its threads begin anew with it, and what has only just begun is not replaced at once.
  it("whatever throws is counted, and nothing is lost; whatever ends is replaced: what was captured stays, the rest is in or counted, and the panel says so", async () => {
    const kills: readonly Kill[] = [...VICTIMS.slice(0, 3).map((victim): Kill => ({ victim, how: "throws" })), ...VICTIMS.toReversed().map((victim): Kill => ({ victim, how: "ends" }))];
    const endured = await endure(server, kills);
    expectInTime(endured);
    expect(endured.lost).toBeGreaterThan(0);
  });
});
