import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { attachAgain, begin, openAndClose, openAtOnce } from "../e2e/many-scenarios.ts";
import { setStage, type Stage } from "../e2e/stage.ts";

let server: LoadServer;
let stage: Stage;

/** What may be held of one attaching: the rows and events of two navigations. The process itself takes more, of Chrome's own. */
const BYTES_PER_ATTACH = 16_000;

beforeAll(async () => {
  server = await startLoadServer();
  stage = await setStage({ url: server.url });
});
afterAll(async () => {
  await stage.end();
  await server.close();
});
beforeEach(() => begin({ server, stage }));

describe("many at once, in full", () => {
  it("300 sockets of a tab", () => openAtOnce({ server, stage }, 300));
  it("1,000 sockets opened and closed within 10 s", () => openAndClose({ server, stage }, 1000, 10));
  it("attaching 200 times leaves one debugger, and memory does not grow with them", async () => {
    expect(await attachAgain({ server, stage }, 200)).toBeLessThan(200 * BYTES_PER_ATTACH);
  });
});
