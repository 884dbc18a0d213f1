/**
 * The yardsticks of `npm run bench:capture`: an extension that attaches the debugger and counts frames, and does no more,
 * in a service worker, a page or the devtools page; and one that also keeps them, in the least way there is: each payload as UTF-8 in a
 * file, and nothing in memory.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Only a page has workers that can write: the one that keeps has a page for that.
 * @typedef {"counting in a service worker" | "counting in a devtools page" | "counting in a page" | "keeping in the least way"} ListenerKind
 */

const COUNTING = `
globalThis.wanted = Infinity;
let heard = 0;
chrome.debugger.onEvent.addListener((source, method) => {
  if (method === "Network.webSocketFrameReceived" && ++heard === wanted) globalThis.doneAt = performance.timeOrigin + performance.now();
});`;
/** A service worker that encodes, over the wire that its page gives it to a worker that writes. */
const KEEPING = `
globalThis.wanted = Infinity;
const SIZE = 1 << 20;
const encoder = new TextEncoder();
const spares = [];
let bytes = new Uint8Array(SIZE);
let used = 0;
let heard = 0;
let file;
addEventListener("message", ({ ports: [port] }) => {
  file = port;
  file.onmessage = ({ data }) => {
    spares.push(data.spare);
    if (data.at !== null) globalThis.doneAt = data.at;
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
});`;
const PAGE = `
const { port1, port2 } = new MessageChannel();
const file = new Worker("file.js");
globalThis.ready = new Promise((resolve) => (file.onmessage = resolve));
file.postMessage(null, [port1]);
navigator.serviceWorker.ready.then(({ active }) => active.postMessage(null, [port2]));`;
const FILE = `
onmessage = async ({ ports: [port] }) => {
  const folder = await navigator.storage.getDirectory();
  const kept = await folder.getFileHandle("kept", { create: true });
  const file = await kept.createSyncAccessHandle();
  let size = 0;
  port.onmessage = ({ data: { bytes, used, isLast } }) => {
    size += file.write(bytes.subarray(0, used), { at: size });
    port.postMessage({ spare: bytes.buffer, at: isLast ? performance.timeOrigin + performance.now() : null }, [bytes.buffer]);
  };
  postMessage(null);
};`;

/** @param {ListenerKind} kind */
const filesOf = (kind) => ({
  "manifest.json": JSON.stringify({
    manifest_version: 3,
    name: "Bare listener",
    version: "1",
    permissions: ["debugger", "tabs"],
    background: { service_worker: "background.js" },
    ...(kind === "counting in a devtools page" && { devtools_page: "page.html" }),
  }),
  "background.js": kind === "counting in a service worker" ? COUNTING : kind === "keeping in the least way" ? KEEPING : "",
  "page.html": `<script src="page.js"></script>`,
  "page.js": kind === "keeping in the least way" ? PAGE : COUNTING,
  "file.js": FILE,
});

/**
 * Installs a listener for as long as `use` takes: Chrome reads an extension's pages from its folder when they are opened.
 * @template Result
 * @param {import("puppeteer-core").Browser} browser
 * @param {ListenerKind} kind
 * @param {(id: string) => Promise<Result>} use
 */
export async function withListener(browser, kind, use) {
  const folder = await mkdtemp(join(tmpdir(), "listener-"));
  try {
    for (const [name, text] of Object.entries(filesOf(kind))) await writeFile(join(folder, name), text);
    return await use(await browser.installExtension(folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Installs a listener and attaches it to the tab that shows `url`. Of one in a devtools page, see `attachInDevTools`.
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} url
 * @param {Exclude<ListenerKind, "counting in a devtools page">} kind
 */
export function attachListener(browser, url, kind) {
  return withListener(browser, kind, (id) => attach(browser, url, kind, id));
}

/**
 * @param {import("puppeteer-core").Browser} browser
 * @param {string} url
 * @param {ListenerKind} kind
 * @param {string} id
 */
async function attach(browser, url, kind, id) {
  const worker = await findServiceWorker(browser, id);
  const page = kind === "counting in a service worker" ? null : await openPage(browser, id);
  await page?.evaluate(() => /** @type {{ ready?: Promise<unknown> }} */ (globalThis).ready);
  const listener = kind === "counting in a page" && page !== null ? page : worker;
  await listener.evaluate(async (shown) => {
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
}

/**
 * Attaches an installed listener whose devtools page counts to the page that DevTools is open on.
 * @param {import("puppeteer-core").Page} devtools
 * @param {string} id Of the listener.
 */
export async function attachInDevTools(devtools, id) {
  const frame = await devtools.waitForFrame((one) => one.url() === `chrome-extension://${id}/page.html`);
  await frame.evaluate(async () => {
    const debuggee = { tabId: chrome.devtools.inspectedWindow.tabId };
    await chrome.debugger.attach(debuggee, "1.3");
    await chrome.debugger.sendCommand(debuggee, "Network.enable");
  });
}

/** @param {import("puppeteer-core").Browser} browser @param {string} id */
async function findServiceWorker(browser, id) {
  const target = await browser.waitForTarget((one) => one.url() === `chrome-extension://${id}/background.js`);
  const worker = await target.worker();
  if (worker === null) throw new Error("The listener's service worker does not run.");
  return worker;
}

/** @param {import("puppeteer-core").Browser} browser @param {string} id */
async function openPage(browser, id) {
  const session = await browser.target().createCDPSession();
  const url = `chrome-extension://${id}/page.html`;
  // In a window of its own: Chrome gives the process of a tab that nobody sees less of the processor.
  await session.send("Target.createTarget", { url, newWindow: true });
  const target = await browser.waitForTarget((one) => one.url() === url);
  const page = await target.page();
  if (page === null) throw new Error(`${url} does not show.`);
  return page;
}
