import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Frame, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startDemo, type Demo } from "../../demo/demo-server.mjs";
import { screenshotPanel, setLanguage } from "../../scripts/devtools-session.mjs";
import { ensureChineseFont } from "../../scripts/find-fonts.mjs";
import { clickOn, find } from "../../scripts/panel-actions.mjs";
import type { LanguageId } from "../../src/words/languages.ts";
import { en, zh } from "../words/speakers.ts";
import { resize, SIZES, untilStill, type Hands, type Screen, type Size } from "../e2e/screen-hands.ts";
import { EMPTY_SCREENS, recordDemo, SCREENS } from "../e2e/screens.ts";
import { hearing, misnamed, shownTexts } from "../e2e/spoken.ts";
import { borrowStage, devtoolsPageOf, type Stage } from "../e2e/stage.ts";

/** Where the walk puts its pictures, to be looked at: only where `PICTURES` is set, for they take as long as the walk. */
const PICTURES = process.env["PICTURES"] === undefined ? undefined : new URL("../../out/words/", import.meta.url);
const [, NARROW, , WIDE] = SIZES;

/** In Chinese, words of the panel's own that are in no catalogue show as in English they do not; the walk in English is for its pictures (`test:pictures` listens to both). */
const WALKED: readonly (readonly [LanguageId, typeof zh])[] = [["zh_CN", zh], ...(PICTURES === undefined ? [] : [["en", en] as const])];

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
  stage = await borrowStage("about:blank");
});
afterEach(() => stage.end());

describe.each(WALKED)("every screen in %s", (id: LanguageId, { words }) => {
  let isSpoken: Awaited<ReturnType<typeof hearing>>;
  let shot = 0;

  /** Listens to what is on view, and takes a picture of it where one is wanted. */
  async function look(name: string, frame: Frame = stage.panel, page?: Page): Promise<void> {
    await untilStill(frame);
    const shown = await shownTexts(frame);
    for (const one of shown) if (!isSpoken(one)) unspoken.push(`${id}, ${name}: ${one.where}: ${one.texts[0]?.trim() ?? ""}`);
    for (const one of await misnamed(frame)) unspoken.push(`${id}, ${name}: ${one}`);
    shot++;
    if (PICTURES === undefined) return;
    const path = fileURLToPath(new URL(`${id}-${String(shot).padStart(2, "0")}-${name}.png`, PICTURES));
    if (page === undefined) await screenshotPanel(stage, path);
    else await page.screenshot({ path });
  }

  async function walk(hands: Hands, screens: readonly Screen[], size: Size): Promise<void> {
    await resize(hands, size);
    for (const screen of screens) {
      if (screen.at?.(size) === false) continue;
      await screen.show(hands);
      await look(screen.name);
      await screen.leave?.(hands);
    }
  }

  it("says nothing that is in no catalogue, and calls what takes a press by what stands on it", { timeout: 300_000 }, async () => {
    isSpoken = await hearing(id);
    unspoken.length = 0;
    const hands: Hands = { stage, words };
    await setLanguage(stage, id);
    await find(stage.panel, "button", words("bar.record"));
    await walk(hands, EMPTY_SCREENS, WIDE);
    await recordDemo(hands, demo.url);
    await walk(hands, SCREENS.filter(({ isLive }) => isLive === true), WIDE);
    // Each screen has its words without the page's turns too.
    await stage.freeze();
    await walk(hands, SCREENS.filter(({ isLive }) => isLive !== true), WIDE);
    await walk(hands, SCREENS.filter(({ name }) => name === "table" || name === "connections"), NARROW);

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
