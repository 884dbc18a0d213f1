import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { attachAgain, begin, installOtherDebugger, openAndClose, openAtOnce } from "./many-scenarios.ts";
import { openSocket, setStage, type Stage } from "./stage.ts";

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
beforeEach(() => begin({ server, stage }));

describe("many at once", () => {
  it("60 sockets, each with its own messages", () => openAtOnce({ server, stage }, 60));
  it("150 sockets opened and closed within 2 s", () => openAndClose({ server, stage }, 150, 2));
  it("attaching 6 times leaves one debugger", () => attachAgain({ server, stage }, 6));

  it("another extension that debugs the same tab hears the frames, and so do we", async () => {
    const other = await installOtherDebugger({ server, stage });
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=50`, 50);
    await stage.waitForStatus("Matches", /^50 frames$/);
    expect(await other.attached()).toBe(50);
    await other.remove();
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=20`, 20);
    await stage.waitForStatus("Matches", /^70 frames$/);
  });
});
