/**
 * `npm run bench:chrome`: Chrome's own Messages tab and Framescope's table, opened on the same frames; and how long the
 * panel takes to its first rows when it is shown, for the first time in a browser that never had it and after some more tabs,
 * in each language. `-- --only startup` is the second alone.
 */
import { runScript } from "./lifetime.mjs";
import { setUp } from "./set-up.mjs";

const COUNTS = [1000, 5000, 10_000];
/** Frames that were captured when the panel is first shown. */
const STARTUP_FRAMES = 20_000;
const STARTUP_TURNS = 5;
/** Of as many tabs in turn the panel is shown: Chrome keeps compiled what it has read some times. */
const STARTUP_TABS = 5;
const STARTUP_MOST_MS = 150;
/** Until those frames are decoded and written: they came long before anybody looks. */
const REST_MS = 2000;
const LANGUAGES = /** @type {const} */ (["en", "zh_CN"]);
const POLLING = /** @type {const} */ ({ polling: "raf", timeout: 180_000 });

/** From asking DevTools for the panel to the begin of its document, which is Chrome's own, and to its first painted rows. @typedef {{ document: number, rows: number }} Startup */

await runScript(async (lifetime) => {
  await setUp({ signal: lifetime.signal });
  const [{ buildExtension }, { findBrowser }, { startLoadServer }, { launchBrowser }, { openDevTools, openSession, panelViewId, showPanel, showView }, { waitUntilCapturing }] = await Promise.all([
    import("./build-extension.mjs"),
    import("./find-browser.mjs"),
    import("../demo/load-server.mjs"),
    import("./launch-browser.mjs"),
    import("./devtools-session.mjs"),
    import("./panel-actions.mjs"),
  ]);
  await buildExtension({ signal: lifetime.signal });
  const { path: executablePath } = await findBrowser({ signal: lifetime.signal });
  const server = await startLoadServer({ record: "off" });
  lifetime.defer(server.close);
  const counts = process.argv.includes("startup") ? [] : COUNTS;
  if (counts.length > 0) console.log("| frames | Chrome's Messages tab | Framescope |\n| --- | --- | --- |");
  for (const count of counts) {
    const session = await openSession({ executablePath, url: server.url, width: 1280, height: 600 });
    try {
      const { page, devtools, panel, extensionId } = session;
      await waitUntilCapturing(panel);
      await page.evaluate((url) => new Promise((resolve) => { new WebSocket(url).onclose = resolve; }), `${server.webSocketUrl}/burst?count=${count}&size=200&close=1`);
      await panel.waitForFunction((wanted) => document.querySelector('[aria-label="Matches"]')?.textContent === wanted, {}, `${count.toLocaleString("en-US")} frames`);

      await showView(devtools, "network");
      // What is visible is looked for at each paint: of what changes in a shadow tree, waiting for a selector alone is not told.
      const name = await devtools.waitForSelector(">>> td.name-column ::-p-text(burst)", { visible: true, timeout: 30_000 });
      await name?.click();
      // A locator waits until the tab stands still: the details of a request slide in, and a click beside it would open nothing.
      const tab = await devtools.locator('>>> [role=tab][aria-label="Messages"]').waitHandle();
      await devtools.locator('>>> [role=tab][aria-label="Messages"]').hover();
      const chromeTook = await timeUntilPainted(async () => {
        await tab?.click();
        await devtools.waitForSelector(">>> tr.resource-chunk-view-row-receive", { visible: true, timeout: 180_000 });
        await devtools.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
      });

      await showPanel(devtools, extensionId);
      const option = await panel.waitForSelector('[role="listbox"][aria-label="Connections"] [role="option"]:last-of-type');
      const ownTook = await timeUntilPainted(async () => {
        await option?.click();
        await panel.waitForFunction(() => document.querySelectorAll('[role="grid"] [role="row"]').length > 10, POLLING);
        await panel.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
      });
      console.log(`| ${count.toLocaleString("en-US")} | ${(chromeTook / 1000).toFixed(2)} s | ${(ownTook / 1000).toFixed(2)} s |`);
    } finally {
      await session.close();
    }
  }
  console.log(`\n| the panel is shown on ${STARTUP_FRAMES.toLocaleString("en-US")} frames | Chrome loads its document within | its first rows are painted after | at most |\n| --- | --- | --- | --- |`);
  /** @type {Record<string, Startup[][]>} */
  const took = Object.fromEntries(LANGUAGES.map((language) => [language, []]));
  for (let turn = 0; turn < STARTUP_TURNS; turn++) for (const language of LANGUAGES) took[language]?.push(await timeStartups(language));
  for (const language of LANGUAGES) {
    for (const [name, place] of /** @type {const} */ ([["first in a new browser", 0], [`in its tab ${STARTUP_TABS}`, -1]])) {
      const turns = (took[language] ?? []).flatMap((tabs) => tabs.at(place) ?? []);
      console.log(`| ${language}, ${name} | ${Math.round(median(turns.map(({ document }) => document)))} ms | ${Math.round(median(turns.map(({ rows }) => rows)))} ms | ${STARTUP_MOST_MS} ms |`);
    }
  }

  /**
   * Of one tab after the other of a new browser.
   * @param {string} language
   */
  async function timeStartups(language) {
    const { browser, extensionId, close } = await launchBrowser({ executablePath });
    try {
      // Settings are read when a devtools page begins: those of the first are for the second.
      const first = (await browser.pages())[0] ?? (await browser.newPage());
      const frame = (await openDevTools(first, extensionId)).frames().find((one) => one.url().includes("/src/pages/devtools/"));
      if (frame === undefined) throw new Error("DevTools holds no devtools page of the extension.");
      await frame.evaluate((settings) => chrome.storage.local.set({ settings }), { language, captureWithDevTools: true });
      // A person has chosen a language long before: what was found ahead for the one before it counts for nothing.
      await frame.evaluate(() => chrome.storage.session.remove("panel loaded unseen"));
      /** @type {Startup[]} */
      const tabs = [];
      while (tabs.length < STARTUP_TABS) tabs.push(await timeStartup(await browser.newPage(), extensionId));
      return tabs;
    } finally {
      await close();
    }
  }

  /**
   * The tab has been captured since DevTools opened.
   * @param {import("puppeteer-core").Page} page
   * @param {string} extensionId
   * @returns {Promise<Startup>}
   */
  async function timeStartup(page, extensionId) {
    const devtools = await openDevTools(page, extensionId);
    await devtools.evaluateOnNewDocument(noteFirstRows);
    await page.goto(server.url);
    await page.evaluate((url) => new Promise((resolve) => { new WebSocket(url).onclose = resolve; }), `${server.webSocketUrl}/burst?count=${STARTUP_FRAMES}&size=200&close=1`);
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const began = await showView(devtools, panelViewId(extensionId));
    const panel = await showPanel(devtools, extensionId);
    const rows = await panel.waitForFunction(() => /** @type {{ firstRowsAt?: number }} */ (globalThis).firstRowsAt, POLLING);
    const document = await panel.evaluate(() => performance.timeOrigin);
    const at = /** @type {number} */ (await rows.jsonValue());
    // What is loaded after the first rows is none of the next tab's.
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    await page.close();
    return { document: document - began, rows: at - began };
  }
});

/** Runs in each new document: when its first rows were painted, in milliseconds since 1970. */
function noteFirstRows() {
  // Beside a debugger, which only this benchmark is, V8 parses a script a second time where an Error is made in it: React makes some as it begins.
  Reflect.deleteProperty(Error, "stackTraceLimit");
  const observer = new MutationObserver(() => {
    if (document.querySelectorAll('[role="grid"] [role="row"][aria-rowindex]').length < 10) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => Object.assign(globalThis, { firstRowsAt: performance.timeOrigin + performance.now() })));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

/** @param {() => Promise<void>} work */
async function timeUntilPainted(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
