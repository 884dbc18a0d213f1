import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle } from "puppeteer-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click, clickOn } from "../../scripts/panel-actions.mjs";
import { HIDDEN } from "../../src/panel/figures/hidden-characters.tsx";
import { INSPECTOR_TABS } from "../../src/panel/state/inspector-store.ts";
import { describeBadInput } from "./bad-input-scenario.ts";
import { openedBy } from "./recovery-scenarios.ts";
import { borrowStage, until, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

beforeAll(async () => {
  server = await startLoadServer({ record: "off" });
  stage = await borrowStage(server.url);
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

const texts = (selector: string): Promise<string[]> => stage.panel.$$eval(selector, (elements) => elements.map(({ textContent }) => textContent ?? ""));
/** Runs in a view: the texts of it, spoken ones too, that hold such a character. */
function unmarked(pattern: string): string[] {
  const hidden = new RegExp(pattern, "u");
  const found: string[] = [];
  for (const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walk.nextNode() !== null; ) found.push(walk.currentNode.nodeValue ?? "");
  for (const element of document.querySelectorAll("[title], [aria-label], [placeholder], [alt]")) for (const { value } of element.attributes) found.push(value);
  return found.filter((text) => hidden.test(text));
}

const ACTIVE = '.inspector-content[data-state="active"]';

// As much of it as takes no time that grows; `test/long/bad-input` has fifty times as much.
describeBadInput(() => ({ stage, webSocketUrl: server.webSocketUrl }), { keys: 20_000, characters: 1_000_000 });

it("shows a picture and has a sound ready to be played, and takes no markup for a picture", async () => {
  await stage.page.evaluate(async (url) => {
    const socket = new WebSocket(url);
    await new Promise((resolve) => socket.addEventListener("open", resolve));
    const canvas = new OffscreenCanvas(30, 20);
    canvas.getContext("2d")?.fillRect(5, 5, 20, 10);
    socket.send(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
    // A second of 8,000 samples of a byte.
    const sound = new DataView(new ArrayBuffer(44 + 8000));
    for (const [at, text] of [[0, "RIFF"], [8, "WAVEfmt "], [36, "data"]] as const) for (let i = 0; i < text.length; i++) sound.setUint8(at + i, text.charCodeAt(i));
    for (const [at, value] of [[4, 36 + 8000], [16, 16], [20, 0x0001_0001], [24, 8000], [28, 8000], [32, 0x0008_0001], [40, 8000]] as const) sound.setUint32(at, value, true);
    socket.send(sound.buffer);
    // Its head, and no picture behind it.
    socket.send(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3));
    socket.send(new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'><script>globalThis.wasRun=1</script></svg>"));
  }, `${server.webSocketUrl}/held?media`);
  const opened = async (said: string): Promise<void> => {
    await clickOn(stage.panel, `[role="grid"] .frame-message ::-p-text(${said})`);
    await stage.panel.waitForSelector('.inspector[aria-busy="false"]');
  };
  const media = (): Promise<string[]> => texts(`${ACTIVE} .media figcaption`);
  await until(() => texts('[role="grid"] .frame-message'), (rows) => rows.some((row) => row.includes("<svg")));
  await opened("89 50 4e 47");
  await until(media, ([said]) => said === "image/png · 30 × 20");
  await opened("52 49 46 46");
  await until(media, ([said]) => said === "audio/wav");
  await until(() => stage.panel.$eval(`${ACTIVE} audio`, (audio) => audio.duration), (seconds) => seconds === 1);
  await opened("0a 01 02 03");
  await until(() => texts(`${ACTIVE} .media-problem`), ([said]) => said === "Chrome cannot decode this as image/png. It may be cut off or damaged.");
  await opened("<svg");
  await until(() => texts(`${ACTIVE} [role="treeitem"]`), (lines) => lines.some((line) => line.includes("script: ")));
  expect([await media(), await stage.panel.evaluate(() => "wasRun" in globalThis)]).toEqual([[], false]);
});

it("shows a clock that jumps back as it ran, and draws its time; what nobody would see of a file's texts is marked in each view", async () => {
  const folder = await mkdtemp(join(tmpdir(), "framescope-clock-"));
  const file = join(folder, "clock.har");
  const messages = [0, 1, -30, 2].map((seconds, n) => ({ type: "receive", time: 1_790_000_000 + seconds, opcode: 1, data: JSON.stringify({ type: "ti\u202Eck", "k\u200By": "\u2066v", n }) }));
  const entry = { startedDateTime: new Date(1_790_000_000_000).toISOString(), request: { method: "GET", url: "ws://clock.test/\u202Efdp.exe", headers: [{ name: "x-\u200Ba", value: "\u202Eb" }], cookies: [] }, response: { status: 101, statusText: "Switching \u2066", headers: [{ name: "x-c", value: "\u00ADd" }], cookies: [] }, _webSocketMessages: messages };
  await writeFile(file, JSON.stringify({ log: { version: "1.2", creator: { name: "test", version: "1" }, entries: [entry] } }));
  const view = await openedBy(stage.browser, async () => {
    const input = (await stage.panel.waitForSelector('input[type="file"][multiple]')) as ElementHandle<HTMLInputElement>;
    await input.uploadFile(file);
  });
  const read = (selector: string): Promise<string[]> => view.$$eval(selector, (elements) => elements.map(({ textContent }) => textContent ?? ""));
  const rows = await until(() => read(".frame-message .cell-message"), (found) => found.length === 4);
  expect(new Set(rows).size).toBe(4);
  expect(await read(".frame-message .cell-delta")).toContainEqual(expect.stringMatching(/^[-−]/));
  expect(await view.$$eval(".frame-message .cell-delta", (cells) => cells.map((cell) => (cell as HTMLElement).title))).toContain("Earlier than the row above it");
  await until(async () => (await read(".timeline .spoken"))[0] ?? "", (about) => about.includes("4 received"));
  await clickOn(view, '.frame-message ::-p-text("n":2)');
  await until(() => read('[role="treeitem"]'), (lines) => lines.includes("n: 2"));
  for (const tab of INSPECTOR_TABS) {
    await click(view, "tab", tab);
    await view.waitForSelector(`${ACTIVE} > *, ${ACTIVE}:not(:empty)`);
    // Hex shows bytes, and no file has anything that is found in it.
    if (tab !== "Hex" && tab !== "Findings") await view.waitForSelector(`${ACTIVE} .hidden-character`);
    expect(await view.evaluate(unmarked, HIDDEN.source), tab).toEqual([]);
  }
  await rm(folder, { recursive: true, force: true });
});
