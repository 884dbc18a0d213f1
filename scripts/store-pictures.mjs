/** `npm run store-pictures`: the five pictures of the shop window, 1280 × 800, into out/store/. */
import { mkdir } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ensureChineseFont } from "./find-fonts.mjs";
import { runScript } from "./lifetime.mjs";
import { ROOT, setUp } from "./set-up.mjs";

const FOLDER = new URL("out/store/", ROOT);
/** As the store asks. */
const SIZE = { width: 1280, height: 800 };
/** Long enough for the demo's orders, answers, drops and reconnections to have passed. */
const RECORDED_MS = 12_000;

await runScript(async (lifetime) => {
  await setUp({ signal: lifetime.signal });
  const [{ startDemoBrowser }, { screenshotPanel, setLanguage, setPanelSize, setTheme }, { click, openLastFrame, setFilter, waitUntilCapturing }] = await Promise.all([
    import("./demo-browser.mjs"),
    import("./devtools-session.mjs"),
    import("./panel-actions.mjs"),
  ]);
  await ensureChineseFont({ signal: lifetime.signal });
  await mkdir(FOLDER, { recursive: true });
  const demo = await startDemoBrowser(lifetime, { headless: true });
  await setPanelSize(demo, SIZE);
  await waitUntilCapturing(demo.panel);
  await wait(RECORDED_MS, undefined, { signal: lifetime.signal });

  /** @param {string} name */
  const take = async (name) => {
    const path = fileURLToPath(new URL(`${name}.png`, FOLDER));
    await screenshotPanel(demo, path);
    console.log(path);
  };
  // It is said once, and not to who looks at a picture.
  await click(demo.panel, "button", "Close hint");
  await setTheme(demo, "light");
  await openLastFrame(demo.panel);
  await take("1-frames");
  await setFilter(demo, "is:answer latency:>1ms");
  await openLastFrame(demo.panel);
  await take("2-answers");
  await setTheme(demo, "dark");
  await setFilter(demo, "type:trade");
  await openLastFrame(demo.panel);
  await take("3-dark");
  await setTheme(demo, "light");
  await click(demo.panel, "tab", "Handshake");
  await demo.panel.waitForFunction(() => document.querySelector('[aria-label="Inspector"]')?.textContent?.includes("Sec-WebSocket-Accept"));
  await take("4-handshake");
  await click(demo.panel, "tab", "Message");
  await setLanguage(demo, "zh_CN");
  await take("5-chinese");
});
