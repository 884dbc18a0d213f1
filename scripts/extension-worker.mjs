/** The service worker of an extension, from outside. */
import { setTimeout as wait } from "node:timers/promises";

/** @typedef {import("puppeteer-core").Browser} Browser */
/** @typedef {import("puppeteer-core").WebWorker} WebWorker */

/**
 * The service worker with this address, once it can be worked with: before its first turn it has no `chrome` yet.
 * @param {Browser} browser
 * @param {string} url
 * @returns {Promise<WebWorker>}
 */
export async function extensionWorker(browser, url) {
  const target = await browser.waitForTarget((one) => one.url() === url);
  for (;;) {
    const worker = await target.worker();
    if ((await worker?.evaluate(() => "tabs" in chrome).catch(() => false)) === true) return /** @type {WebWorker} */ (worker);
    await wait(20);
  }
}

/** @param {string} extensionId */
export const workerUrl = (extensionId) => `chrome-extension://${extensionId}/service-worker-loader.js`;
