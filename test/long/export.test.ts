import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { differences, entryOf, openSocket, recordOf, setStage, type Stage } from "../e2e/stage.ts";

let server: LoadServer;
let stage: Stage;

beforeAll(async () => {
  server = await startLoadServer();
  stage = await setStage({ url: server.url });
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

it.each([
  ["2,000 binary frames of 100 kB", "/burst?count=2000&size=100000&binary=1&close=1", 2000],
  ["20,000 frames sent at once", "/burst?count=20000&size=200&close=1", 20_000],
  ["one frame of 50 MB", "/single?bytes=52428800", 1],
])("the exported HAR holds %s", async (_what, path, count) => {
  await click(stage.panel, "button", "Clear");
  await stage.waitForStatus("Matches", /^0 frames$/);
  await openSocket(stage.page, server.webSocketUrl + path, count);
  await stage.waitForStatus("Matches", new RegExp(`^${count.toLocaleString("en-US")} frames?$`), 120_000);
  expect(differences(entryOf(await stage.exportHar(), path), recordOf(server, path))).toEqual([]);
});
