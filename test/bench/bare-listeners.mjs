/**
 * The yardsticks of `npm run bench:capture`: an extension that attaches the debugger and counts frames, and does no more,
 * in a service worker or in a page; and one that also keeps them, in the least way there is: each payload as UTF-8 in a
 * file, and nothing in memory.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MANIFEST = { manifest_version: 3, name: "Bare listener", version: "1", permissions: ["debugger", "tabs"], background: { service_worker: "counting.js" } };
const FILES = {
  "counting.js": `
globalThis.wanted = Infinity;
let heard = 0;
chrome.debugger.onEvent.addListener((source, method) => {
  if (method === "Network.webSocketFrameReceived" && ++heard === wanted) globalThis.doneAt = performance.timeOrigin + performance.now();
});`,
  "counting.html": `<script src="counting.js"></script>`,
  "keeping.html": `<script src="keeping.js"></script>`,
  "keeping.js": `
globalThis.wanted = Infinity;
const SIZE = 1 << 20;
const file = new Worker("file.js");
const encoder = new TextEncoder();
const spares = [];
let bytes = new Uint8Array(SIZE);
let used = 0;
let heard = 0;
globalThis.ready = new Promise((resolve) => {
  file.onmessage = ({ data: { spare, at } }) => {
    if (spare === undefined) return resolve();
    spares.push(spare);
    if (at !== null) globalThis.doneAt = at;
  };
});
const write = (isLast) => {
  file.postMessage({ bytes, used, isLast }, [bytes.buffer]);
  bytes = new Uint8Array(spares.pop() ?? SIZE);
  used = 0;
};
chrome.debugger.onEvent.addListener((source, method, params) => {
  if (method !== "Network.webSocketFrameReceived") return;
  const { payloadData } = params.response;
  if (used + payloadData.length * 3 > SIZE) write(false);
  used += encoder.encodeInto(payloadData, bytes.subarray(used)).written;
  if (++heard === wanted) write(true);
});`,
  "file.js": `
const opened = navigator.storage.getDirectory()
  .then((folder) => folder.getFileHandle("kept", { create: true }))
  .then((file) => file.createSyncAccessHandle());
opened.then(() => postMessage({}));
let size = 0;
onmessage = async ({ data: { bytes, used, isLast } }) => {
  size += (await opened).write(bytes.subarray(0, used), { at: size });
  postMessage({ spare: bytes.buffer, at: isLast ? performance.timeOrigin + performance.now() : null }, [bytes.buffer]);
};`,
};

/** @typedef {"counting in a service worker" | "counting in a page" | "keeping in a page"} ListenerKind */

/**
 * Installs it and attaches it to the tab that shows `url`. Chrome delivers events to a service worker at the least cost,
 * but only a page has workers that can write.
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} url
 * @param {ListenerKind} kind
 */
export async function attachListener(browser, url, kind) {
  const folder = await mkdtemp(join(tmpdir(), "listener-"));
  try {
    await writeFile(join(folder, "manifest.json"), JSON.stringify(MANIFEST));
    for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
    const id = await browser.installExtension(folder);
    const listener = kind === "counting in a service worker" ? await findWorker(browser, id) : await openPage(browser, id, kind === "keeping in a page" ? "keeping" : "counting");
    await listener.evaluate(async (shown) => {
      await /** @type {{ ready?: Promise<void> }} */ (globalThis).ready;
      const tab = (await chrome.tabs.query({})).find((one) => one.url === shown);
      if (tab?.id === undefined) throw new Error(`No tab shows ${shown}.`);
      await chrome.debugger.attach({ tabId: tab.id }, "1.3");
      await chrome.debugger.sendCommand({ tabId: tab.id }, "Network.enable");
    }, url);
    return {
      /** @param {number} count */
      expect: (count) => listener.evaluate((wanted) => void Object.assign(globalThis, { wanted }), count),
      /** When the last frame expected was heard, or written: milliseconds since 1970; null while it was not. @returns {Promise<number | null>} */
      doneAt: () => listener.evaluate(() => /** @type {{ doneAt?: number }} */ (globalThis).doneAt ?? null),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {import("puppeteer-core").Browser} browser @param {string} id */
async function findWorker(browser, id) {
  const target = await browser.waitForTarget((one) => one.url() === `chrome-extension://${id}/counting.js`);
  const worker = await target.worker();
  if (worker === null) throw new Error("The counting listener does not run.");
  return worker;
}

/** @param {import("puppeteer-core").Browser} browser @param {string} id @param {string} name */
async function openPage(browser, id, name) {
  const session = await browser.target().createCDPSession();
  const url = `chrome-extension://${id}/${name}.html`;
  // In a window of its own: Chrome gives the process of a tab that nobody sees less of the processor.
  await session.send("Target.createTarget", { url, newWindow: true });
  const target = await browser.waitForTarget((one) => one.url() === url);
  const page = await target.page();
  if (page === null) throw new Error(`${url} does not show.`);
  return page;
}
