import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ElementHandle, Frame } from "puppeteer-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click, clickOn, find, saveDownload } from "../../scripts/panel-actions.mjs";
import { IN_FULL } from "../some-of.ts";
import { axeFaults } from "./axe-faults.ts";
import { openedBy } from "./recovery-scenarios.ts";
import { unlikeSketch } from "./sketch.ts";
import { borrowStage, until, type Stage } from "./stage.ts";

const ONE = '{"log":{"entries":[{"startedDateTime":"2026-11-20T12:00:00Z","request":{"url":"ws://feed.test/"},"response":{"status":101},"_webSocketMessages":[{"type":"receive","time":1795175556,"opcode":1,"data":"one"}]}]}}';
const CHROME = fileURLToPath(new URL("../fixtures/har/chromium-devtools.har", import.meta.url));

let server: LoadServer;
let stage: Stage;
let folder: string;

beforeAll(async () => {
  server = await startLoadServer();
  folder = await mkdtemp(join(tmpdir(), "framescope-import-"));
  stage = await borrowStage(server.url);
});
afterAll(async () => {
  await stage.end();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Chooses files for the button, as Chrome's dialog would. */
async function choose(...paths: readonly string[]): Promise<void> {
  const input = (await stage.panel.waitForSelector('input[type="file"][multiple]')) as ElementHandle<HTMLInputElement>;
  await input.uploadFile(...paths);
}

/** In a page that is loaded: drops files on it as soon as its document is there, before anything is drawn. */
function dropAtOnce(files: Readonly<Record<string, string>>): void {
  addEventListener("DOMContentLoaded", () => {
    const dataTransfer = new DataTransfer();
    for (const [name, text] of Object.entries(files)) dataTransfer.items.add(new File([text], name));
    for (const type of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  });
}

/** Drops files on a view, as a person would from a folder. */
const drop = (view: Frame, files: Readonly<Record<string, string>>): Promise<void> =>
  view.evaluate((dropped) => {
    const dataTransfer = new DataTransfer();
    for (const [name, text] of Object.entries(dropped)) dataTransfer.items.add(new File([text], name));
    for (const type of ["dragover", "drop"]) document.querySelector(".frames")?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
  }, files);

const texts = (selector: string): Promise<string[]> => stage.panel.$$eval(selector, (elements) => elements.map((element) => (element as HTMLElement).innerText.trim()));

it("an empty panel offers a capture that comes with it, decoded and paired, and a tour that goes by keys and can be left", async () => {
  const demo = await openedBy(stage.browser, () => click(stage.panel, "button", "Open demo capture"));
  await demo.waitForFunction(() => Number(/^[\d,]+/.exec(document.querySelector('[role="status"][aria-label="Matches"]')?.textContent ?? "")?.[0].replace(",", "")) > 100);
  await demo.waitForFunction(() => document.querySelector('.frames [class*="label-"]') !== null);
  // What it looks like is the same each time.
  await demo.focus(".frames-grid");
  await demo.page().keyboard.press("End");
  await demo.page().keyboard.press("Enter");
  await demo.waitForSelector('.inspector[aria-busy="false"]');
  await demo.waitForSelector(".status-findings");
  for (const theme of ["light", "dark"]) {
    await demo.evaluate((wanted) => void (document.documentElement.dataset["theme"] = wanted), theme);
    expect(await unlikeSketch(demo.page(), `demo-${theme}`)).toEqual([]);
  }
  await demo.page().close();

  await stage.devtools.bringToFront();
  await click(stage.panel, "button", "Take the tour");
  const { keyboard } = stage.devtools;
  const steps: (string | undefined)[] = [];
  for (let i = 0; i < 5; i++) {
    await stage.panel.waitForFunction((n) => document.querySelector(".tour-head span")?.textContent === `${n} of 5`, {}, i + 1);
    await stage.panel.waitForFunction(() => document.activeElement?.closest(".tour-buttons") !== null && document.activeElement !== document.body);
    steps.push(await stage.panel.$eval(".tour-head strong", (title) => title.textContent));
    await keyboard.press("Enter");
  }
  expect(steps).toEqual(["Connections", "Frames", "Filter", "Message", "Export and commands"]);
  await stage.panel.waitForFunction(() => document.querySelector(".tour") === null && document.activeElement?.textContent === "Take the tour");
  await keyboard.press("Enter");
  await find(stage.panel, "dialog", "Connections");
  expect(await axeFaults(stage.panel)).toEqual([]);
  await keyboard.press("Escape");
  await stage.panel.waitForFunction(() => document.querySelector(".tour") === null && document.activeElement?.textContent === "Take the tour");
});

it("an empty panel keeps its advice beside the row of a navigation: it loads the page again, and asks for a file", async () => {
  await stage.page.goto(`${server.url}again`);
  await until(() => texts('.frames-rows [role="row"]'), (rows) => rows.at(-1)?.includes("/again") === true && rows.every((row) => row.startsWith("Navigated to")));
  await expect.poll(() => texts(".frames-empty strong")).toEqual(["No WebSocket yet"]);
  await stage.page.evaluate("void (globalThis.isSame = true)");
  await click(stage.panel, "button", "Reload page");
  await until(() => stage.page.evaluate("globalThis.isSame === undefined && location.pathname"), (path) => path === "/again");
  await stage.panel.evaluate(() => document.querySelector('input[type="file"][multiple]')?.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.dataset["asked"] = "for a file";
  }, { once: true }));
  await click(stage.panel, "button", "Import file…");
  await stage.panel.waitForFunction(() => document.body.dataset["asked"] === "for a file");
});

it("a file becomes a saved capture: chosen, it opens; dropped, cut and beside another, a list says what could not be read", async () => {
  await find(stage.panel, "button", "Import");
  const view = await openedBy(stage.browser, () => choose(CHROME));
  await view.waitForFunction(() => document.querySelector('[role="status"][aria-label="Matches"]')?.textContent?.startsWith("14 frames"));
  await view.waitForFunction(() => document.querySelector<HTMLElement>('[aria-label="Frames"]')?.innerText.includes("frag1-frag2-frag3"));

  // The app page takes what is dropped on it, too, while it is still loaded.
  const page = view.page();
  const { identifier } = await page.evaluateOnNewDocument(dropAtOnce, { "one.har": ONE, "none.txt": "" });
  await page.reload();
  await page.removeScriptToEvaluateOnNewDocument(identifier);
  await find(view, "button", "Open one.har");
  expect(await view.$$eval(".import-list .status-bad", (said) => said.map(({ textContent }) => textContent))).toEqual([expect.stringContaining("none.txt")]);
  await view.page().keyboard.press("Escape");

  const whole = await readFile(CHROME, "utf8");
  const cut = whole.slice(0, whole.lastIndexOf('"data"'));
  await stage.devtools.bringToFront();
  await drop(stage.panel, { "cut.har": cut, "letter.txt": "Dear colleague" });
  await find(stage.panel, "dialog", "Imported files");
  await expect.poll(() => texts(".import-list strong")).toEqual(["cut.har", "letter.txt"]);
  await expect.poll(() => texts(".import-problems li")).toEqual([expect.stringMatching(/^log\.entries\[4\]\._webSocketMessages\[\d\]\.\w+ The file ends here, at byte \d+\. It may not have been written to its end\.$/)]);
  await expect.poll(() => texts(".import-list .status-bad")).toEqual([expect.stringMatching(/^letter\.txt is not a file that Framescope reads: .*HAR/)]);
  const opened = await openedBy(stage.browser, () => click(stage.panel, "button", "Open cut.har"));
  await opened.waitForFunction(() => document.querySelector('[role="status"][aria-label="Matches"]')?.textContent?.startsWith("13 frames"));

  // Two runs, each open in a tab: three clicks to what is different, one more to its row.
  await view.page().bringToFront();
  await click(view, "button", "Captures");
  await clickOn(view, 'button[aria-label^="Compare cut"]:enabled');
  await clickOn(view, '[role="menuitem"] ::-p-text(chromium-devtools)');
  const difference = '[role="dialog"] [role="region"][aria-label="Difference"]';
  await until(() => view.$$eval(difference, (regions) => regions.map(({ textContent }) => textContent).join("")), (text) => text.includes("First difference"));
  expect(await axeFaults(view)).toEqual([]);
  await clickOn(view, `${difference} button ::-p-text(#)`);
  await view.waitForSelector('.inspector[aria-busy="false"]');
  await view.waitForSelector('.frame-row[aria-selected="true"]');
  await opened.page().close();
  await view.page().close();
  await stage.devtools.bringToFront();
  await click(stage.panel, "button", "Close");
});

it("settings go into a file by a button and come back by another; of a file that is not whole it is said what is wrong and where, and nothing changes", async () => {
  await stage.devtools.bringToFront();
  const isOn = (): Promise<boolean> => stage.panel.$eval('.settings input[type="checkbox"]', ({ checked }) => checked);
  const take = async (path: string): Promise<void> => await ((await stage.panel.waitForSelector('.settings input[type="file"]')) as ElementHandle<HTMLInputElement>).uploadFile(path);
  await click(stage.panel, "button", "Settings");
  await find(stage.panel, "button", "Import settings…");
  const { path, suggestedName } = await saveDownload(stage.browser, folder, () => click(stage.panel, "button", "Export settings"));
  expect(suggestedName).toBe("framescope-settings.json");
  await clickOn(stage.panel, '.settings label ::-p-text(Preserve log)');
  await expect.poll(isOn).toBe(false);

  const file = await readFile(path, "utf8");
  const bad = join(folder, "bad.json");
  for (const [text, said] of [
    [file.replace('"keepLog": true', '"keepLog": yes'), /^Not valid JSON: line \d+, character 16\. Nothing was imported\.$/],
    [file.replace('"memoryBudget": 256', '"memoryBudget": 1'), /^settings\.memoryBudget cannot be 1\. Nothing was imported\.$/],
  ] as const) {
    await writeFile(bad, text);
    await take(bad);
    await until(() => texts(".settings-problem"), ([problem]) => problem !== undefined && said.test(problem));
    expect(await isOn()).toBe(false);
  }
  await take(path);
  await expect.poll(isOn).toBe(true);
  expect(await texts(".settings-problem")).toEqual([]);
  await stage.devtools.keyboard.press("Escape");
});

it.runIf(IN_FULL)("an import is cancelled in the status bar, and nothing of it stays", async () => {
  await stage.devtools.bringToFront();
  const large = join(folder, "large.har");
  const message = JSON.stringify({ type: "receive", time: 1_795_175_556, opcode: 1, data: "x".repeat(1000) });
  const head = '{"log":{"entries":[{"startedDateTime":"2026-11-20T12:00:00Z","request":{"url":"ws://feed.test/"},"response":{"status":101},"_webSocketMessages":[';
  await writeFile(large, `${head}${Array.from({ length: 150_000 }, () => message).join(",")}]}]}}`);
  await choose(large);
  await click(stage.panel, "button", "Cancel import");
  await until(() => texts('[role="status"][aria-label="Import"]'), ([text]) => text === "");
  await click(stage.panel, "button", "Captures");
  await expect.poll(async () => (await texts('[role="dialog"] tbody tr')).filter((text) => text.includes("chromium-devtools"))).toHaveLength(1);
  expect((await texts('[role="dialog"] tbody tr')).filter((text) => text.includes("large"))).toEqual([]);
});
