import { afterAll, beforeAll, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { soak } from "../e2e/soak-scenario.ts";

let server: LoadServer;

beforeAll(async () => {
  server = await startLoadServer({ record: "off" });
});
afterAll(() => server.close());

it("10 minutes at half of a bare listener's rate, the panel hidden for half of them: nothing lost, memory flat", () => soak(server, 600));
