import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { soak } from "./soak-scenario.ts";

let server: LoadServer;

beforeAll(async () => {
  server = await startLoadServer({ record: "off" });
});
afterAll(() => server.close());

/** What a row costs beside its payload (docs/performance.md), and what the process may use otherwise now and then. */
const BYTES_PER_ROW = 64;
const LEEWAY = 96 * 2 ** 20;

it("10 minutes at half of a bare listener's rate, the panel hidden for half of them: nothing lost, memory flat", async () => {
  const { rows, bytes, budgetLeft } = await soak(server, 600);
  // Where the system does not tell, there is nothing to hold it against.
  if (bytes !== undefined) expect(bytes).toBeLessThan(rows * BYTES_PER_ROW + budgetLeft + LEEWAY);
});
