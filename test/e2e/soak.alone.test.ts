import { afterAll, beforeAll, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { soak } from "./soak-scenario.ts";

let server: LoadServer;

beforeAll(async () => {
  server = await startLoadServer({ record: "off" });
});
afterAll(() => server.close());

it("4 s at half of a bare listener's rate, the panel hidden for half of them: nothing lost, all in order", () => soak(server, 4));
