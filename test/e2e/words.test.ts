import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Frame, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DECODERS } from "../../src/decode/registry.ts";
import { EXPORT_FORMATS } from "../../src/format/registry.ts";
import { startDemo, type Demo } from "../../demo/demo-server.mjs";
import { screenshotPanel, setLanguage, setPanelSize } from "../../scripts/devtools-session.mjs";
import { ensureChineseFont } from "../../scripts/find-fonts.mjs";
import { click, clickOn, find, setFilter as putFilter } from "../../scripts/panel-actions.mjs";
import type { LanguageId } from "../../src/words/languages.ts";
import { en, zh } from "../words/speakers.ts";
import { hearing, shownTexts } from "./spoken.ts";
import { devtoolsPageOf, setStage, until, type Stage } from "./stage.ts";

/** Where the walk puts its pictures, to be looked at: only where `PICTURES` is set, for they take as long as the walk. */
const PICTURES = process.env["PICTURES"] === undefined ? undefined : new URL("../../out/words/", import.meta.url);
const WIDE = { width: 1280, height: 600 };
const NARROW = { width: 420, height: 640 };

/** In Chinese, words of the panel's own that are in no catalogue show as in English they do not; the walk in English is for its pictures. */
const WALKED: readonly (readonly [LanguageId, typeof zh])[] = [["zh_CN", zh], ...(PICTURES === undefined ? [] : [["en", en] as const])];

/** Of the demo, and of standards: in no language. Each is a whole text, or a whole part of one. */
const DATA = [
  // Formats and protocols are called alike everywhere; so are the fields of a filter. A name with a dot is taken apart as sentences are.
  namesOf([...EXPORT_FORMATS, ...DECODERS].flatMap(({ name }) => (typeof name === "string" ? name : []))), /^(Socket\.|IO)$/, /^"?-?[a-z]+:"?$/,
  /^(wss?|https?|chrome-extension):\/\/\S+$/, /^\/\S*$/, /^(127\.0\.0\.1|localhost)(:\d+)?(\/\S*)?$/, /^\d{3} [A-Z][a-z]+( [A-Z][a-z]+)*$/,
  /^(graphql-transport-ws|v1\.relay|chat\.v1|msgpack|Loopback Exchange|book-worker\.mjs|desk_session)$/, /^(Framescope|HAR|NDJSON|CSV|Parquet|Markdown|pcapng|MiB|English|简体中文)$/,
  // A status and Chrome's own words.
  /^\d{3} [A-Z][a-z]+( [A-Z][a-z]+)* ?[(（]“Error during WebSocket handshake: [^”]+”[)）]$/,
  /^-?(conn|near|type):\S+$/, /^(Alt|Ctrl|Shift)\+\S+$/,
];

function namesOf(names: readonly string[]): RegExp {
  return new RegExp(`^(?:${names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join("|")})$`);
}

let demo: Demo;
let stage: Stage;
const unspoken: string[] = [];

beforeAll(async () => {
  await ensureChineseFont();
  if (PICTURES !== undefined) await mkdir(PICTURES, { recursive: true });
  demo = await startDemo();
});
afterAll(() => demo.close());
beforeEach(async () => {
  stage = await setStage({ url: "about:blank" });
});
afterEach(() => stage.end());

describe.each(WALKED)("every screen in %s", (id: LanguageId, { words }) => {
  const button = (name: string): Promise<void> => click(stage.panel, "button", name);
  let isSpoken: Awaited<ReturnType<typeof hearing>>;
  let shot = 0;

  /** Listens to what is on view, and takes a picture of it where one is wanted. */
  async function look(name: string, frame: Frame = stage.panel, page?: Page): Promise<void> {
    // What opens may still be moving, and what moved may not be painted.
    await frame.evaluate(async () => {
      await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    });
    const shown = await shownTexts(frame);
    for (const one of shown) if (!isSpoken(one)) unspoken.push(`${id}, ${name}: ${one.where}: ${one.texts[0]?.trim() ?? ""}`);
    shot++;
    if (PICTURES === undefined) return;
    const path = fileURLToPath(new URL(`${id}-${String(shot).padStart(2, "0")}-${name}.png`, PICTURES));
    if (page === undefined) await screenshotPanel(stage, path);
    else await page.screenshot({ path });
  }

  const setFilter = (text: string): Promise<void> => putFilter(stage, text, words("filter.name"));
  const seen = (selector: string): Promise<unknown> => stage.panel.waitForSelector(selector, { visible: true });
  const gone = (selector: string): Promise<unknown> => stage.panel.waitForSelector(selector, { hidden: true });
  const press = (key: "Escape" | "End" | "Home" | "Enter" | "ArrowDown"): Promise<void> => stage.devtools.keyboard.press(key);
  async function open(what: string, selector: string): Promise<void> {
    await button(what);
    await seen(selector);
  }
  async function openTab(tab: "message" | "raw" | "hex" | "handshake", selector: string): Promise<void> {
    await click(stage.panel, "tab", words(`inspector.${tab}`));
    await seen(selector);
  }
  /** Opens a context menu at something, looks and closes it. */
  async function menuAt(selector: string, name: string): Promise<void> {
    await clickOn(stage.panel, selector, { button: "right" });
    await seen(".context-menu");
    await look(name);
    await press("Escape");
    await gone(".context-menu");
  }

  it("says nothing that is in no catalogue", { timeout: 300_000 }, async () => {
    isSpoken = await hearing(id, DATA);
    unspoken.length = 0;
    await stage.page.goto("about:blank");
    await setLanguage(stage, id);
    await find(stage.panel, "button", words("bar.record"));
    await button(words("bar.clear"));
    await seen(".frames-empty");
    await look("nothing yet");

    await stage.page.goto(demo.url);
    await until(() => stage.panel.$$eval('[role="grid"] [role="row"]', (rows) => rows.length), (count) => count > 15);
    // Orders are placed and answered, sockets refused and closed.
    await until(() => stage.panel.$$eval(".connections-over", (rows) => rows.length), (count) => count > 0);
    await setFilter("type:order*");
    const ordersOnView = (): Promise<boolean> =>
      stage.panel.$$eval(".frame-message", (rows) => {
        const answered = rows.filter((row) => row.querySelector(".cell-latency")?.textContent?.includes("ms") === true);
        return answered.length > 1 && rows.every((row) => row.querySelector(".cell-type")?.textContent?.startsWith("order") === true);
      });
    await until(ordersOnView, Boolean);
    await button(words("bar.record"));
    // The table keeps its place under another filter: what ended is asked for.
    await setFilter("type:error OR type:close");
    await stage.panel.waitForSelector(".frame-error, .frame-close");
    await look("table, paused");

    await setFilter("type:order*");
    const grid = await find(stage.panel, "grid", words("table.name"));
    await until(ordersOnView, Boolean);
    await grid.focus();
    await press("End");
    await seen('.frame-row[aria-selected="true"]');
    await press("Enter");
    await seen(".json-line[data-line]");
    await look("inspector");
    for (const tab of ["raw", "hex", "handshake"] as const) {
      await openTab(tab, { raw: ".text-line", hex: ".hex-line", handshake: ".handshake-findings li" }[tab]);
      await look(`inspector, ${tab}`);
    }
    await menuAt(".headers-list > div", "menu of a header");
    await openTab("message", ".json-line[data-line]");
    await menuAt(".json-line[data-line]:nth-child(3)", "menu of a value");
    await menuAt('.frame-row[aria-selected="true"] .cell-type', "menu of a cell");
    await menuAt(".head-cell.cell-time", "menu of a head");
    await menuAt('.connections-option:nth-child(3)', "menu of a connection");
    // A menu that has closed gives the keyboard back a moment later.
    await until(async () => {
      await grid.focus();
      await stage.devtools.keyboard.down("Shift");
      await press("Home");
      await stage.devtools.keyboard.up("Shift");
      return await stage.panel.$$eval('.frame-row[aria-selected="true"]', (rows) => rows.length);
    }, (count) => count > 1);
    await seen(".status-selection b");
    await menuAt('.frame-row[aria-selected="true"] .cell-type', "menu of several rows");
    await grid.focus();
    await press("Home");
    await open(words("inspector.note"), ".ask");
    await look("note");
    await press("Escape");
    await button(words("inspector.pin"));
    await button(words("inspector.close"));

    await open(words("filter.keep"), ".filter-keep");
    await look("keep a filter");
    await button(words("filter.highlight"));
    await seen(".chip-highlight");
    await setFilter("sise:");
    await seen(".filter-alert");
    await look("wrong filter");
    await setFilter("is:");
    await seen(".filter-completion");
    await look("completion");
    await press("Escape");
    await setFilter("no frame holds this");
    await seen(".frames-empty");
    await look("no match");
    await button(words("table.clear-filter"));
    await gone(".frames-empty");
    await open(words("filter.examples"), ".filter-help");
    await look("filter examples");
    await press("Escape");
    await grid.focus();
    await stage.devtools.keyboard.press("F3");
    await seen(".find");
    await stage.devtools.keyboard.sendCharacter("no frame holds this");
    await press("Enter");
    await stage.panel.waitForFunction(() => (document.querySelector(".find-wrong")?.textContent ?? "") !== "", { polling: 50 });
    await look("find");
    await press("Escape");
    await gone(".find");

    for (const [name, box] of [["settings", ".settings"], ["export", ".menu"]] as const) {
      await open(words(`bar.${name}`), box);
      await look(name);
      await press("Escape");
      await gone(box);
    }
    await open(words("bar.captures"), ".captures tbody tr");
    await look("captures");
    await press("Escape");
    await gone(".captures");

    await setPanelSize(stage, NARROW);
    await look("narrow");
    await open(words("connections.chosen", { name: words("connections.all") }), ".connections-popup");
    await look("narrow, connections");
    await press("Escape");
    await setPanelSize(stage, WIDE);
    await button(words("bar.record"));

    const { tabId } = await devtoolsPageOf(stage);
    const address = `chrome-extension://${stage.extensionId}/src/pages/app/index.html`;
    const app = await stage.browser.newPage();
    await app.goto(`${address}?tabId=${tabId}`);
    await app.waitForSelector(".status-capturing");
    await app.setViewport(WIDE);
    await clickOn(app.mainFrame(), ".tabs-trigger");
    await app.waitForSelector(".tabs-menu");
    await look("app page", app.mainFrame(), app);
    for (const [query, name] of [["", "app page, no tab"], ["?capture=2026-11-20T14-02-11-123Z-1f0c9e5b", "app page, no such capture"]] as const) {
      await app.goto(address + query);
      await app.waitForSelector(query === "" ? ".frames-empty p" : '.frames-banner[role="alert"]');
      await look(name, app.mainFrame(), app);
    }
    await app.close();
    await stage.devtools.bringToFront();
    expect([...new Set(unspoken)]).toEqual([]);
  });
});
