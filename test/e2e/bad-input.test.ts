import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ElementHandle } from "puppeteer-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click, clickOn } from "../../scripts/panel-actions.mjs";
import { openedBy } from "./recovery-scenarios.ts";
import { setStage, until, type Stage } from "./stage.ts";

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

const texts = (selector: string): Promise<string[]> => stage.panel.$$eval(selector, (elements) => elements.map(({ textContent }) => textContent ?? ""));
const ACTIVE = '.inspector-content[data-state="active"]';

/** What the page sends, in this order, and what is then seen in the tree. */
const SENT = [
  { name: "plain", seen: /type: "plain"/ },
  { name: "100,000 levels", seen: /^Array\(1\)/ },
  { name: "1,000,000 keys", seen: /k7: 7/ },
  { name: "a string of 50 MB", seen: /long: "x+…/ },
  { name: "lone surrogates", seen: /a: "\\ud800"/ },
  { name: "marks of direction, and what has no width", seen: /userU\+202Egnp\.exe: "aU\+200Bb"/ },
  { name: "__proto__", seen: /__proto__: \{/ },
  { name: "HTML", seen: /x: "<img src=x/ },
] as const;

const SHORT = [
  '{"type":"surrogates","a":"\\ud800","b":"\\udc00x"}',
  '{"type":"marks","user\u202Egnp.exe":"a\u200Bb"}',
  '{"type":"proto","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  '{"type":"html","x":"<img src=x onerror=\\"globalThis.wasRun=1\\"><script>globalThis.wasRun=1</script>"}',
];

it("shows bad input as what it is: as value, text, bytes and difference, and runs none of it", { timeout: 300_000 }, async () => {
  await stage.page.evaluate(async (url, short) => {
    const socket = new WebSocket(url);
    await new Promise((resolve) => socket.addEventListener("open", resolve));
    socket.send('{"type":"plain"}');
    socket.send("[".repeat(100_000) + "]".repeat(100_000));
    socket.send(`{${Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":${i}`).join(",")}}`);
    socket.send(`{"type":"string","long":"${"x".repeat(50_000_000)}"}`);
    for (const text of short) socket.send(text);
  }, `${server.webSocketUrl}/held`, SHORT);
  await until(() => stage.status("Matches"), (said) => said.startsWith("8 frames"), 120_000);
  const rows = (): Promise<string[]> => texts('[role="grid"] .frame-message');
  const all = await until(rows, (found) => found.length === SENT.length);
  expect(all[5]).toContain("U+202E");
  const places = await stage.panel.$$eval('[role="grid"] .frame-message', (found) => found.map((row) => row.getAttribute("data-place")));
  const titles = new Set<string>();
  for (const [i, { name, seen }] of SENT.entries()) {
    await clickOn(stage.panel, `[role="grid"] [data-place="${places[i]}"]`);
    await until(async () => (await texts(".inspector-head h2"))[0] ?? "", (title) => title !== "" && !titles.has(title), 60_000);
    titles.add((await texts(".inspector-head h2"))[0] ?? "");
    await stage.panel.waitForSelector('.inspector[aria-busy="false"]');
    await click(stage.panel, "tab", "Message");
    await until(async () => (await texts(`${ACTIVE} [role="treeitem"]`)).join("\n"), (lines) => seen.test(lines), 60_000).catch((error: unknown) => Promise.reject(new Error(name, { cause: error })));
    await click(stage.panel, "tab", "Raw");
    await until(() => texts(`${ACTIVE} .text-line`), ([first = ""]) => first.length > 10, 60_000);
    if (name === "1,000,000 keys") await selectsBeyondTheView();
    await click(stage.panel, "tab", "Hex");
    await until(() => texts(`${ACTIVE} .hex-line`), ([first = ""]) => /^0{4,8}[0-9a-f]{2} /.test(first), 60_000);
    if (i === 0) continue;
    await click(stage.panel, "tab", "Compare");
    await until(() => stage.panel.$$eval(`${ACTIVE} [role="treeitem"], ${ACTIVE} .inspector-note`, (found) => found.length), (count) => count > 0, 60_000);
  }
  const harmed = await stage.panel.evaluate(() => ["wasRun" in globalThis, "polluted" in {}, document.querySelector(".inspector :is(img, script)") !== null]);
  expect(harmed).toEqual([false, false, false]);
  // No bug was counted, and the panel answers.
  expect(await texts(".status-bar button")).not.toContainEqual(expect.stringMatching(/internal error/));
  await click(stage.panel, "tab", "Message");
});

/** Of a text of which only some lines are drawn: by keys, by a pointer that is held below them, all of it; and copies that. */
async function selectsBeyondTheView(): Promise<void> {
  const { keyboard, mouse } = stage.devtools;
  const countIn = (said: string): number => Number(/^[\d,]+/.exec(said)?.[0].replaceAll(",", "") ?? 0);
  const selected = async (): Promise<number> => countIn((await texts(`${ACTIVE} .text-view + .spoken`))[0] ?? "");
  const isFirstDrawn = (): Promise<boolean> => stage.panel.$(`${ACTIVE} .text-line[data-place="0"]`).then((line) => line !== null);
  const command = async (key: "KeyA" | "KeyC" | "KeyF" | "Home"): Promise<void> => {
    await keyboard.down("Control");
    await keyboard.press(key);
    await keyboard.up("Control");
  };
  await clickOn(stage.panel, `${ACTIVE} .text-line[data-place="1"] .text-characters`);
  await command("Home");
  await keyboard.down("Shift");
  for (let i = 0; i < 4; i++) await keyboard.press("PageDown");
  await keyboard.up("Shift");
  // All that the keys asked for, answered yet or not.
  await command("KeyC");
  const byKeys = countIn(await stage.waitForStatus("Clipboard", / characters copied$/));
  expect(byKeys).toBeGreaterThan(500);
  await until(selected, (count) => count === byKeys);
  await until(isFirstDrawn, (is) => !is);
  await until(() => stage.panel.$$eval(`${ACTIVE} .text-selected`, (parts) => parts.length), (count) => count > 5);
  await command("Home");
  await until(isFirstDrawn, Boolean);
  const box = await (await stage.panel.waitForSelector(`${ACTIVE} .text-view`))?.boundingBox();
  if (box === null || box === undefined) throw new Error("The text is not drawn.");
  await mouse.move(box.x + 100, box.y + 20);
  await mouse.down();
  await mouse.move(box.x + 120, box.y + box.height + 15, { steps: 3 });
  await until(selected, (count) => count > 2 * byKeys);
  await mouse.up();
  await until(isFirstDrawn, (is) => !is);
  await command("KeyA");
  await until(selected, (count) => count > 13_000_000);
  await command("KeyF");
  await stage.panel.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Find in text");
}

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
  await opened("<svg");
  await until(() => texts(`${ACTIVE} [role="treeitem"]`), (lines) => lines.some((line) => line.includes("script: ")));
  expect([await media(), await stage.panel.evaluate(() => "wasRun" in globalThis)]).toEqual([[], false]);
});

it("shows a clock that jumps back as it ran, and draws its time", async () => {
  const folder = await mkdtemp(join(tmpdir(), "framescope-clock-"));
  const file = join(folder, "clock.har");
  const messages = [0, 1, -30, 2].map((seconds, n) => ({ type: "receive", time: 1_790_000_000 + seconds, opcode: 1, data: JSON.stringify({ type: "tick", n }) }));
  const entry = { startedDateTime: new Date(1_790_000_000_000).toISOString(), request: { method: "GET", url: "ws://clock.test/", headers: [], cookies: [] }, response: { status: 101, headers: [], cookies: [] }, _webSocketMessages: messages };
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
  await rm(folder, { recursive: true, force: true });
});
