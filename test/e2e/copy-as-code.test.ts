import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { click, clickOn, find } from "../../scripts/panel-actions.mjs";
import { startOneTimeServer, type OneTimeServer } from "../format/snippets/one-time-server.ts";
import { findPython, run } from "../format/snippets/runtimes.ts";
import { copiedAs, ofExport } from "./copied-text.ts";
import { takePicture } from "./pictures.ts";
import { borrowStage, until, type Stage } from "./stage.ts";

const MESSAGES = ['{"cmd":"subscribe","topic":"中文 \'trades\'"}', "more"];

let server: OneTimeServer;
let stage: Stage;
let folder: string;
const python = findPython(["websocket", "websockets"]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "framescope-code-"));
  server = await startOneTimeServer(MESSAGES);
  stage = await borrowStage(`http://${server.address}/`);
});
afterAll(async () => {
  await stage.end();
  await server.end();
  await rm(folder, { recursive: true });
});

const picture = (name: string): Promise<void> => takePicture(stage, `copy-as-code/${name}`);

it("a connection is copied as Python that fetches its own token and sends the same messages, and the handshake says where the token came from", async () => {
  // The page's own, whole.
  await until(() => server.feeds.map(({ length }) => length), (feeds) => feeds.length === 1 && feeds[0] === MESSAGES.length);
  await clickOn(stage.panel, ".connections-two-lines");
  await click(stage.panel, "tab", "Handshake");
  const origins = await find(stage.panel, "list", "Where values came from");
  await expect.poll(() => origins.evaluate((list) => (list as HTMLElement).innerText)).toContain(`Query parameter token of the URL\nFrom POST http://${server.address}/index/kxauth → .data.token`);
  await picture("handshake");

  const text = await copiedAs(stage, "Python websocket-client", () => picture("menu"));
  await stage.waitForStatus("Clipboard", /^Copied \/feed as Python websocket-client: 2 messages$/);
  expect(text).toContain("def get_token():");
  if (python === undefined) return;
  const file = join(folder, "client.py");
  await writeFile(file, text);
  const { code, err } = await run(python, [file]);
  expect(err).not.toMatch(/Traceback/);
  expect(code).toBe(0);
  expect(server.feeds).toEqual([MESSAGES, MESSAGES]);
});

it("a secret that the page had in its storage is said to come from there, beside the message that sends it", async () => {
  await stage.page.goto(`http://${server.address}/stored`);
  await clickOn(stage.panel, ".connections-two-lines ::-p-text(/window)");
  await clickOn(stage.panel, '.frame-message ::-p-text("op":"stored")');
  await click(stage.panel, "tab", "Message");
  const origins = await find(stage.panel, "list", "Where values came from");
  await expect.poll(() => origins.evaluate((list) => (list as HTMLElement).innerText)).toMatch(/^token in message \d+\nFrom localStorage auth → \.user\.token$/);
  await picture("message");
});

it("the Export menu leads there too, of the connection chosen", async () => {
  const text = await copiedAs(stage, "Node ws", () => picture("export"), ofExport);
  expect(text).toMatch(/"ws:\/\/[^"]*\/window"/);
});
