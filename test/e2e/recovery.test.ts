import { afterAll, beforeAll, describe, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { randomFrom } from "../../demo/random.mjs";
import { killAndRecover, makeProfile, type Profile } from "./recovery-scenarios.ts";

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
  it("every frame of a second before the kill or earlier is there, twice, the panel hidden once", async () => {
    const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
    console.log(`seed of the moments: ${seed}`);
    const random = randomFrom(seed);
    await killAndRecover(profile, [false, true].map((isHidden) => ({ isHidden, after: 1500 + random() * 3000 })));
  });
});
