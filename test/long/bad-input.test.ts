import { afterAll, beforeAll } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { describeBadInput } from "../e2e/bad-input-scenario.ts";
import { setStage, type Stage } from "../e2e/stage.ts";

let server: LoadServer;
let stage: Stage;
beforeAll(async () => {
  server = await startLoadServer({ record: "off" });
  stage = await setStage({ url: server.url });
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

describeBadInput(() => ({ stage, webSocketUrl: server.webSocketUrl }), { keys: 1_000_000, characters: 50_000_000 });
