/** The app page: Framescope in a tab of its own. */
import { setTimeout as wait } from "node:timers/promises";
import { extensionWorker, workerUrl } from "./extension-worker.mjs";

/** @typedef {import("puppeteer-core").Browser} Browser */
/** @typedef {import("puppeteer-core").Page} Page */

const APP_PATH = "/src/pages/app/index.html";
const APP_TIMEOUT_MS = 30_000;

/**
 * Presses the extension's button in the toolbar while `page` is in front, and waits for the app page that this shows.
 * @param {{ browser: Browser, extensionId: string }} open
 * @param {Page} page
 * @returns {Promise<Page>} Its contents may not be drawn yet.
 */
export async function pressToolbarButton({ browser, extensionId }, page) {
  const extension = (await browser.extensions()).get(extensionId);
  if (extension === undefined) throw new Error(`The browser has no extension ${extensionId}.`);
  await page.bringToFront();
  await waitUntilHeard(browser, extensionId);
  await page.triggerExtensionAction(extension);
  const begun = performance.now();
  for (;;) {
    const shown = await findShown(browser, extensionId, page);
    if (shown !== undefined) return shown;
    if (performance.now() - begun > APP_TIMEOUT_MS) throw new Error("The toolbar button was pressed, and no app page came to the front.");
    await wait(20);
  }
}

/**
 * Waits until the extension, which may just have been installed, listens: a press before that is lost. In later lives
 * of its service worker Chrome keeps it.
 * @param {Browser} browser
 * @param {string} extensionId
 */
async function waitUntilHeard(browser, extensionId) {
  const worker = await extensionWorker(browser, workerUrl(extensionId));
  const hears = async () => await worker.evaluate(() => chrome.action.onClicked.hasListeners()).catch(() => false);
  while (!(await hears())) await wait(20);
}

/** @param {Browser} browser @param {string} extensionId @param {Page} pressedOn */
async function findShown(browser, extensionId, pressedOn) {
  for (const page of await browser.pages()) {
    if (page === pressedOn || !page.url().startsWith(`chrome-extension://${extensionId}${APP_PATH}`)) continue;
    // It may go elsewhere, or not have begun.
    if (await page.evaluate(() => document.visibilityState === "visible").catch(() => false)) return page;
  }
  return undefined;
}
