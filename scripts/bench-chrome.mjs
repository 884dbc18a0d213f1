/** `npm run bench:chrome`: Chrome's own Messages tab and Framescope's table, opened on the same frames. */
import { runScript } from "./lifetime.mjs";
import { setUp } from "./set-up.mjs";

const COUNTS = [1000, 5000, 10_000];
const POLLING = /** @type {const} */ ({ polling: "raf", timeout: 180_000 });

await runScript(async (lifetime) => {
  await setUp({ signal: lifetime.signal });
  const [{ buildExtension }, { findBrowser }, { startLoadServer }, { openSession, showPanel, showView }, { waitUntilCapturing }] = await Promise.all([
    import("./build-extension.mjs"),
    import("./find-browser.mjs"),
    import("../demo/load-server.mjs"),
    import("./devtools-session.mjs"),
    import("./panel-actions.mjs"),
  ]);
  await buildExtension({ signal: lifetime.signal });
  const { path: executablePath } = await findBrowser({ signal: lifetime.signal });
  const server = await startLoadServer({ record: "off" });
  lifetime.defer(server.close);
  console.log("| frames | Chrome's Messages tab | Framescope |\n| --- | --- | --- |");
  for (const count of COUNTS) {
    const session = await openSession({ executablePath, url: server.url, width: 1280, height: 600 });
    try {
      const { page, devtools, panel, extensionId } = session;
      await waitUntilCapturing(panel);
      await page.evaluate((url) => new Promise((resolve) => { new WebSocket(url).onclose = resolve; }), `${server.webSocketUrl}/burst?count=${count}&size=200&close=1`);
      await panel.waitForFunction((wanted) => document.querySelector('[aria-label="Matches"]')?.textContent === wanted, {}, `${count.toLocaleString("en-US")} frames`);

      await showView(devtools, "network");
      const name = await devtools.waitForSelector(">>> td.name-column ::-p-text(burst)", { timeout: 30_000 });
      await name?.click();
      const tab = await devtools.waitForSelector('>>> [role=tab][aria-label="Messages"]');
      const chromeTook = await timeUntilPainted(async () => {
        await tab?.click();
        await devtools.waitForSelector(">>> tr.resource-chunk-view-row-receive", { timeout: 180_000 });
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
});

/** @param {() => Promise<void>} work */
async function timeUntilPainted(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
