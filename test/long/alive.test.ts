import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { endure, expectInTime, VICTIMS, type Kill } from "./alive-scenarios.ts";

const ROUNDS = 20;

let server: LoadServer;
beforeAll(async () => {
  server = await startLoadServer();
});
afterAll(() => server.close());

// The service worker has nothing of the capture's to throw at.
const KILLS: readonly Kill[] = [...VICTIMS.map((victim): Kill => ({ victim, how: "ends" })), ...VICTIMS.slice(0, 3).map((victim): Kill => ({ victim, how: "throws" }))];

describe(`${ROUNDS} times at random moments of 1,000 frames a second`, () => {
  it.each(KILLS)("$victim $how: the capture goes on, and what is not in it is counted", async (kill) => {
    const endured = await endure(server, Array.from({ length: ROUNDS }, () => kill));
    console.log(`${kill.victim} ${kill.how}: told after ${endured.told.toFixed(0)} ms at most, going on after ${endured.wentOn.toFixed(0)} ms; ${endured.lost} of ${endured.lost + endured.frames} frames lost`);
    expectInTime(endured);
    if (kill.how === "throws") expect(endured.lost).toBe(0);
  });
});
