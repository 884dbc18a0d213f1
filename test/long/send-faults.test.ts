import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle } from "puppeteer-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { isReady, saidInDrawer, send, talkOn, toldBeside, write } from "../e2e/send-drawer.ts";
import { recordOf, setStage, until, type Stage } from "../e2e/stage.ts";

let server: LoadServer;
let stage: Stage;
let folder: string;

beforeAll(async () => {
  server = await startLoadServer({ held: ["/endless"] });
  stage = await setStage({ url: server.url });
  folder = await mkdtemp(join(tmpdir(), "framescope-send-"));
});
afterAll(async () => {
  await stage.end();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

it("a file is sent whole at 16 MiB, and refused in words past 100 MiB", async () => {
  const { panel } = stage;
  const path = "/held?name=large";
  await talkOn(stage, server, path);
  const bytes = Buffer.alloc(16 * 2 ** 20 + 1, "0123456789abcdef");
  const files = [join(folder, "large.bin"), join(folder, "too-large.bin")];
  await Promise.all([writeFile(files[0] ?? "", bytes), writeFile(files[1] ?? "", Buffer.alloc(100 * 2 ** 20 + 1))]);
  const chooser = (await panel.$('.send input[type="file"]')) as ElementHandle<HTMLInputElement>;
  await chooser.uploadFile(files[1] ?? "");
  await until(() => saidInDrawer(stage), (text) => text.includes("At most 100 MiB") || text.includes("At most 105 MB"));
  await chooser.uploadFile(files[0] ?? "");
  // Until it is read, what was typed before stands there.
  await until(() => panel.$eval('.send select[aria-label="Format"]', (format) => format.value), (form) => form === "file", 60_000);
  await until(() => isReady(panel, "Send as binary"), Boolean, 60_000);
  await click(panel, "button", "Send as binary");
  await until(() => saidInDrawer(stage), (text) => text.includes("Sent:"), 60_000);
  const large = await until(() => recordOf(server, path).frames.find(({ length }) => length > 1000), (frame) => frame !== undefined, 60_000);
  expect([large?.opcode, large?.length]).toEqual([2, bytes.length]);
  expect(createHash("sha256").update(large?.payload ?? "").digest("hex")).toBe(createHash("sha256").update(bytes).digest("hex"));
});

it("a page runs a script without an end: that it does not answer is said, and nothing goes out, also when it does", async () => {
  const { page, panel } = stage;
  const path = "/echo?name=busy";
  await talkOn(stage, server, path);
  const before = server.holding;
  // The page waits for an answer with all its script standing still, until it is let go.
  await page.evaluate(`setTimeout(() => {
    clearInterval(beat);
    const asked = new XMLHttpRequest();
    asked.open("GET", "/endless", false);
    asked.send();
    globalThis.isDone = true;
  }); null`);
  await until(() => server.holding, (count) => count > before);
  await write(panel, "to a busy page");
  await click(panel, "button", "Send message");
  await until(() => saidInDrawer(stage), (text) => text.includes("The page does not answer."));
  expect(toldBeside(server, path)).toEqual([]);
  server.letGo();
  await page.waitForFunction("globalThis.isDone === true");
  await send(panel, "after it");
  await until(() => toldBeside(server, path).length, (count) => count > 0);
  expect(toldBeside(server, path)).toEqual(["after it"]);
});
