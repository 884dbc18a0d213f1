import { afterAll, beforeAll, describe, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { randomFrom } from "../../demo/random.mjs";
import { killAndRecover, makeProfile, PLACES, type Profile } from "../e2e/recovery-scenarios.ts";

let server: LoadServer;
let profile: Profile;

beforeAll(async () => {
  server = await startLoadServer();
  profile = await makeProfile(server);
});
afterAll(async () => {
  await server.close();
  await profile.remove();
});

describe("after a crash", () => {
  it("every frame of a second before the kill or earlier is there, 20 times, with the panel shown, hidden, and the app page in the background", async () => {
    const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
    console.log(`seed of the moments: ${seed}`);
    const random = randomFrom(seed);
    const kills = Array.from({ length: 20 }, (_, i) => ({ place: PLACES[i % PLACES.length] as (typeof PLACES)[number], after: 2000 + random() * 6000 }));
    await killAndRecover(profile, kills);
  });
});
