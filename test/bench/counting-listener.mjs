/** The yardstick of `npm run bench:capture`: an extension that attaches the debugger and counts frames, and does no more. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MANIFEST = { manifest_version: 3, name: "Counting listener", version: "1", permissions: ["debugger", "tabs"], background: { service_worker: "worker.js" } };
const WORKER = `
globalThis.heard = 0;
globalThis.wanted = Infinity;
chrome.debugger.onEvent.addListener((source, method) => {
  if (method === "Network.webSocketFrameReceived" && ++heard === wanted) globalThis.doneAt = performance.timeOrigin + performance.now();
});`;

/**
 * Installs it and attaches it to the tab that shows `url`.
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} url
 */
export async function attachCountingListener(browser, url) {
  const folder = await mkdtemp(join(tmpdir(), "counting-listener-"));
  try {
    await writeFile(join(folder, "manifest.json"), JSON.stringify(MANIFEST));
    await writeFile(join(folder, "worker.js"), WORKER);
    const id = await browser.installExtension(folder);
    const target = await browser.waitForTarget((one) => one.url() === `chrome-extension://${id}/worker.js`);
    const worker = await target.worker();
    if (worker === null) throw new Error("The counting listener does not run.");
    await worker.evaluate(async (shown) => {
      const tab = (await chrome.tabs.query({})).find((one) => one.url === shown);
      if (tab?.id === undefined) throw new Error(`No tab shows ${shown}.`);
      await chrome.debugger.attach({ tabId: tab.id }, "1.3");
      await chrome.debugger.sendCommand({ tabId: tab.id }, "Network.enable");
    }, url);
    return {
      /** Counts from 0. @param {number} count */
      expect: (count) => worker.evaluate((wanted) => void Object.assign(globalThis, { heard: 0, wanted, doneAt: undefined }), count),
      /** When the last frame expected was heard: milliseconds since 1970; null while it was not. @returns {Promise<number | null>} */
      doneAt: () => worker.evaluate(() => /** @type {{ doneAt?: number }} */ (globalThis).doneAt ?? null),
      heard: () => worker.evaluate(() => /** @type {{ heard: number }} */ (/** @type {unknown} */ (globalThis)).heard),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
