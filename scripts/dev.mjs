/**
 * `npm run dev`: the demo, and beside it the panel in a page that follows every change of a file. `--headless` shows no
 * window: open the address that it tells in a browser of your own. Stays until the browser is closed or Ctrl-C.
 */
import { parseArgs } from "node:util";
import { runScript } from "./lifetime.mjs";
import { setUp } from "./set-up.mjs";

await runScript(async (lifetime) => {
  const { values } = parseArgs({ options: { headless: { type: "boolean", default: false } } });
  await setUp({ signal: lifetime.signal });
  const { startDevBrowser } = await import("./dev-page.mjs");
  const { browser, panel } = await startDevBrowser(lifetime, values);
  console.log(`The panel is at ${panel.url()}. Change a file of src/: styles and components change in place, after anything else the page loads anew. Ctrl-C ends it.`);
  lifetime.markReady();
  if (!browser.connected) return;
  await new Promise((resolve) => {
    browser.once("disconnected", resolve);
  });
});
