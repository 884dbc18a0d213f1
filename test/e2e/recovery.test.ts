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
  it("every frame of a second before the kill or earlier is there: the panel hidden, and the app page in the background", async () => {
    const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
    console.log(`seed of the moments: ${seed}`);
    const random = randomFrom(seed);
    await killAndRecover(profile, (["panel hidden", "app page in the background"] as const).map((place) => ({ place, after: 2000 + random() * 3000 })));
  });
});
