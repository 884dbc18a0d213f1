/**
 * `npm run bench:tasks`: tasks over 50 ms on the view's thread while 5,000 frames a second arrive for a minute and its end is
 * followed, with nothing else that loads the machine (no page, no server, no debugger), and what moved in its layout; beside
 * the same minute of an empty page, which tells what the machine itself adds.
 */
import { runScript } from "./lifetime.mjs";
import { setUp } from "./set-up.mjs";

const RATE = 5000;
const SECONDS = Number(process.argv[2] ?? 60);

/** Runs in the page: what its thread, or that of the window `shown`, does for so long. @param {number} seconds @param {number} rate */
async function watch(seconds, rate) {
  const { host, shown = globalThis } = /** @type {any} */ (globalThis);
  /** @type {number[]} */
  const tasks = [];
  let moved = 0;
  new shown.PerformanceObserver((/** @type {PerformanceObserverEntryList} */ list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  new shown.PerformanceObserver((/** @type {PerformanceObserverEntryList} */ list) => {
    for (const entry of list.getEntries()) moved += /** @type {any} */ (entry).value;
  }).observe({ type: "layout-shift" });
  const stop = host?.flow(rate);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  stop?.();
  return { tasks, moved };
}

await runScript(async (lifetime) => {
  await setUp({ signal: lifetime.signal });
  const [{ buildExtension }, { findBrowser }, { launchBrowser }, { startEngineHost }] = await Promise.all([
    import("./build-extension.mjs"),
    import("./find-browser.mjs"),
    import("./launch-browser.mjs"),
    import("../test/bench/engine-host.mjs"),
  ]);
  await buildExtension({ signal: lifetime.signal });
  const { path: executablePath } = await findBrowser({ signal: lifetime.signal });
  /** @param {string} name @param {{ readonly tasks: readonly number[], readonly moved: number }} watched */
  const tell = (name, { tasks, moved }) => console.log(`| ${name} | ${tasks.length} | ${Math.max(0, ...tasks).toFixed(0)} ms | ${moved.toFixed(4)} |`);
  console.log(`| ${SECONDS} s at ${RATE.toLocaleString("en-US")} frames/s | tasks over 50 ms | longest | layout shift |\n| --- | --- | --- | --- |`);
  const empty = await launchBrowser({ executablePath });
  try {
    const page = await empty.browser.newPage();
    tell("an empty page", await page.evaluate(watch, SECONDS, RATE));
  } finally {
    await empty.close();
  }
  const { page, close } = await startEngineHost(executablePath);
  try {
    await page.evaluate(async () => {
      const scope = /** @type {any} */ (globalThis);
      scope.host = new scope.Host();
      await scope.host.take(2048);
      scope.shown = (await scope.host.openPanel()).panel;
    });
    tell("the panel", await page.evaluate(watch, SECONDS, RATE));
  } finally {
    await close();
  }
});
