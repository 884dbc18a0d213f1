/** Opens Chrome's real DevTools on a page and shows the Framescope panel in it, also without a display. */
import { writeFile } from "node:fs/promises";
import { launchBrowser, STILL_VIEW } from "./launch-browser.mjs";

/** @typedef {import("puppeteer-core").Page} Page */
/** @typedef {import("puppeteer-core").Frame} Frame */

/**
 * The parts of DevTools' own modules that are used here. They are no public interface: Chrome may move them.
 * @typedef {object} LegacyModule `ui/legacy/legacy.js`
 * @property {{ ViewManager: { instance(): { hasView(id: string): boolean, showView(id: string): Promise<void> } } }} ViewManager
 * @property {{ DockController: { instance(): { setDockSide(side: DockSide): void } } }} DockController
 */
/** @typedef {{ set(value: unknown): void }} Setting */
/** @typedef {{ moduleSetting(name: string): Setting, createSetting(name: string, otherwise: unknown): Setting }} Settings */
/** @typedef {{ Settings: { Settings: { instance(): Settings } } }} CommonModule `core/common/common.js` */
/** @typedef {"bottom" | "undocked"} DockSide */

/**
 * The panel as DevTools shows it.
 * @typedef {object} OpenPanel
 * @property {Page} devtools The page that is DevTools itself.
 * @property {Frame} panel The frame of the extension's panel in it.
 */

/** A page with its panel, and the browser that was launched for it. @typedef {OpenPanel & { page: Page } & import("./launch-browser.mjs").LaunchedBrowser} Session */

const PANEL_TITLE = "Framescope";
const PANEL_PATH = "/src/pages/panel/";
const POLLING = { polling: 20 };
const MOST_MOVES = 50;
const MOVE_PATIENCE_MS = 200;
const MOVES_TO_DRAW = 5;

/**
 * Launches a browser, opens the panel in its first tab, and only then goes to `url`.
 * @param {import("./launch-browser.mjs").BrowserOptions & { url?: string, dark?: boolean, width?: number, height?: number }} options
 *   `width` and `height` are the panel's own, in CSS pixels: DevTools is undocked for them.
 * @returns {Promise<Session>}
 */
export async function openSession({ url, dark, width, height, ...browserOptions }) {
  const launched = await launchBrowser(browserOptions);
  try {
    return await openSessionIn(launched, { url, dark, width, height });
  } catch (error) {
    await launched.close();
    throw error;
  }
}

/**
 * The same in a browser that runs already.
 * @param {import("./launch-browser.mjs").LaunchedBrowser} launched
 * @param {{ url?: string | undefined, dark?: boolean | undefined, width?: number | undefined, height?: number | undefined }} options As for `openSession`.
 * @returns {Promise<Session>}
 */
export async function openSessionIn(launched, { url, dark = false, width, height }) {
  const { browser, extensionId } = launched;
  const opening = async () => {
    const page = (await browser.pages())[0] ?? (await browser.newPage());
    const open = await openPanel(page, extensionId);
    if (dark) await setTheme(open, "dark");
    if (width !== undefined && height !== undefined) await setPanelSize(open, { width, height });
    if (url !== undefined) await page.goto(url, { waitUntil: "domcontentloaded" });
    return { ...launched, ...open, page };
  };
  // puppeteer's waits for targets and frames outlive the browser: its end must end them.
  return await Promise.race([opening(), rejectOnDisconnect(browser)]);
}

/**
 * Opens DevTools on the page, or takes the one that is open, and shows the panel.
 * @param {Page} page
 * @param {string} extensionId
 * @returns {Promise<OpenPanel>}
 */
export async function openPanel(page, extensionId) {
  const devtools = await openDevTools(page, extensionId);
  return { devtools, panel: await showPanel(devtools, extensionId) };
}

/**
 * Opens DevTools without showing the panel. Resolves when the panel's tab is there.
 * @param {Page} page
 * @param {string} extensionId
 * @returns {Promise<Page>}
 */
export async function openDevTools(page, extensionId) {
  const devtools = await page.openDevTools();
  // DevTools' modules throw until it has read its settings; the frames of extensions come after that.
  await devtools.waitForFrame((frame) => frame.url().startsWith(`chrome-extension://${extensionId}/`));
  const legacy = await importLegacy(devtools);
  await devtools.waitForFunction(
    ({ ViewManager }, id) => ViewManager.ViewManager.instance().hasView(id),
    POLLING,
    legacy,
    panelViewId(extensionId),
  );
  return devtools;
}

/**
 * Has the next DevTools of the browser begin as the first one does (`launchBrowser`), not with what this one shows.
 * @param {Page} devtools
 */
export async function forgetView(devtools) {
  const common = await importCommon(devtools);
  await common.evaluate(({ Settings }, view) => Settings.Settings.instance().createSetting("panel-selected-tab", view).set(view), STILL_VIEW);
}

/**
 * Brings the panel to the front.
 * @param {Page} devtools As `openDevTools` gives it.
 * @param {string} extensionId
 * @returns {Promise<Frame>} Its document is loaded; its contents may not be drawn yet.
 */
export async function showPanel(devtools, extensionId) {
  await showView(devtools, panelViewId(extensionId));
  // The devtools page loads one that nobody sees.
  const panel = await devtools.waitForFrame((frame) => frame.parentFrame() === devtools.mainFrame() && frame.url().startsWith(`chrome-extension://${extensionId}${PANEL_PATH}`));
  await panel.waitForFunction(() => document.readyState === "complete", POLLING);
  return panel;
}

/**
 * Brings any view of DevTools to the front, such as `network` or `console`.
 * @param {Page} devtools
 * @param {string} id
 * @returns {Promise<number>} When DevTools was asked for it, in milliseconds since 1970; what leads there is the script's own.
 */
export async function showView(devtools, id) {
  const legacy = await importLegacy(devtools);
  return await legacy.evaluate(async ({ ViewManager }, view) => {
    const askedAt = performance.timeOrigin + performance.now();
    await ViewManager.ViewManager.instance().showView(view);
    return askedAt;
  }, id);
}

/**
 * Docks DevTools below the page.
 * @param {Page} devtools
 * @param {number} height In CSS pixels, the tab bar included.
 */
export async function dockAtBottom(devtools, height) {
  const common = await importCommon(devtools);
  await common.evaluate(
    ({ Settings }, size) => Settings.Settings.instance().createSetting("inspector-view.split-view-state", {}).set({ horizontal: { size } }),
    height,
  );
  await setDockSide(devtools, "bottom");
}

/**
 * Sets DevTools' own theme, and waits until the panel has followed.
 * @param {OpenPanel} open
 * @param {"light" | "dark"} theme
 */
export async function setTheme({ devtools, panel }, theme) {
  const common = await importCommon(devtools);
  await common.evaluate(
    ({ Settings }, value) => Settings.Settings.instance().moduleSetting("ui-theme").set(value),
    theme === "dark" ? "dark" : "default",
  );
  // Chrome tells the panel some time after its own media queries have turned.
  await panel.waitForFunction((wanted) => document.documentElement.dataset["theme"] === wanted, POLLING, theme);
  await untilPainted(panel);
}

/**
 * Sets the panel's own language, as its settings do, and waits until it is spoken.
 * @param {OpenPanel} open
 * @param {string} language As `src/words/languages.ts` names it.
 */
export async function setLanguage({ panel }, language) {
  await panel.evaluate(async (value) => {
    /** @type {{ settings?: object }} */
    const { settings } = await chrome.storage.local.get("settings");
    await chrome.storage.local.set({ settings: { ...settings, language: value } });
  }, language);
  await panel.waitForFunction((tag) => document.documentElement.lang === tag, POLLING, language.replace("_", "-"));
  await untilPainted(panel);
}

/** Two frames later, what was just set is on the screen. @param {Frame} panel */
async function untilPainted(panel) {
  await panel.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/**
 * Gives the panel's document this size, as a docked DevTools of that width or height would.
 * @param {OpenPanel} open
 * @param {{ width: number, height: number }} size In CSS pixels.
 */
export async function setPanelSize({ devtools, panel }, { width, height }) {
  // Docked, DevTools shares its page with the inspected one; undocked, all but the tab bar is the panel's.
  await setDockSide(devtools, "undocked");
  await devtools.setViewport({ width, height });
  await panel.waitForFunction((wanted) => innerWidth === wanted, POLLING, width);
  const tabBarHeight = height - (await panel.evaluate(() => innerHeight));
  await devtools.setViewport({ width, height: height + tabBarHeight });
  await panel.waitForFunction((wanted) => innerHeight === wanted, POLLING, height);
  await untilPointed({ devtools, panel }, { width, height });
}

/**
 * Waits until the pointer hits what it points at: until DevTools is drawn anew, Chrome goes by the places of before, and
 * a click lands a tab bar too low.
 * @param {OpenPanel} open
 * @param {{ width: number, height: number }} size The panel's.
 */
async function untilPointed({ devtools, panel }, { width, height }) {
  const element = await panel.frameElement();
  let last = "";
  for (let i = 0; i < MOST_MOVES; i++) {
    // Looked at each time: DevTools may still be laying itself out.
    const box = await element?.boundingBox();
    if (box === null || box === undefined) return;
    const y = Math.round(height / 2) + (i % 2);
    const hit = panel.evaluate(
      (patience) =>
        new Promise((resolve) => {
          addEventListener("mousemove", ({ clientY }) => resolve(clientY), { once: true });
          setTimeout(() => resolve(null), patience);
        }),
      MOVE_PATIENCE_MS,
    );
    await devtools.mouse.move(box.x + width / 2, box.y + y);
    const met = await hit;
    if (met === y) return;
    last = `${y} of a panel at ${box.y} met ${met ?? "nothing"}`;
    // A page of which nothing has changed is not drawn anew by itself.
    if (i % MOVES_TO_DRAW === MOVES_TO_DRAW - 1) await devtools.screenshot({ encoding: "base64", optimizeForSpeed: true });
  }
  throw new Error(`The pointer does not hit what it points at in the panel: ${last}.`);
}

/**
 * A picture of the panel alone, without DevTools' tab bar.
 *
 * It is cut out of one of all DevTools: for a part, Chrome moves the viewport there, and where it is slow to move it
 * back, clicks in the panel land a tab bar too low until DevTools is drawn anew.
 * @param {OpenPanel} open
 * @param {string} path Of a PNG file.
 */
export async function screenshotPanel({ devtools, panel }, path) {
  const frame = await panel.frameElement();
  if (frame === null) throw new Error("The panel is not shown: there is nothing to take a picture of.");
  const whole = await devtools.screenshot({ encoding: "base64" });
  const part = await frame.evaluate(async (element, png) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const scale = devicePixelRatio;
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (one) => one.charCodeAt(0))]));
    const canvas = Object.assign(document.createElement("canvas"), { width: width * scale, height: height * scale });
    canvas.getContext("2d")?.drawImage(picture, -x * scale, -y * scale);
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  }, whole);
  await writeFile(path, part, "base64");
}

/** @param {import("puppeteer-core").Browser} browser @returns {Promise<never>} */
function rejectOnDisconnect(browser) {
  return new Promise((_resolve, reject) => {
    browser.once("disconnected", () => reject(new Error("The browser ended while DevTools was being opened.")));
  });
}

/** DevTools names an extension's panel by its origin and title. @param {string} extensionId */
export function panelViewId(extensionId) {
  return `chrome-extension://${extensionId}${PANEL_TITLE}`;
}

/** @param {Page} devtools @param {DockSide} side */
async function setDockSide(devtools, side) {
  const legacy = await importLegacy(devtools);
  await legacy.evaluate(({ DockController }, value) => DockController.DockController.instance().setDockSide(value), side);
}

/** @param {Page} devtools @returns {Promise<import("puppeteer-core").JSHandle<CommonModule>>} */
function importCommon(devtools) {
  return importModule(devtools, "./core/common/common.js");
}

/** @param {Page} devtools @returns {Promise<import("puppeteer-core").JSHandle<LegacyModule>>} */
function importLegacy(devtools) {
  return importModule(devtools, "./ui/legacy/legacy.js");
}

/**
 * A module of DevTools itself. The import is text: a bundler or a test runner would rewrite one that it can read.
 * @param {Page} devtools
 * @param {string} path
 * @returns {Promise<import("puppeteer-core").JSHandle>}
 */
export async function importModule(devtools, path) {
  return await devtools.evaluateHandle(`import(${JSON.stringify(path)})`);
}
