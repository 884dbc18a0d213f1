/** `npm run store-pictures`: the five pictures of the shop window, 1280 × 800, into out/store/, and the README's one that moves, 1000 × 560. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { animatedPng } from "./animated-png.mjs";
import { ensureChineseFont } from "./find-fonts.mjs";
import { runScript } from "./lifetime.mjs";
import { ROOT, setUp } from "./set-up.mjs";

const FOLDER = new URL("out/store/", ROOT);
/** As the store asks. */
const SIZE = { width: 1280, height: 800 };
const ANIMATED_SIZE = { width: 1000, height: 560 };
/** As it is typed: each part filters, or is completed. */
const TYPED = ["type:", "type:tr", "type:trade", "type:trade .px", "type:trade .px > 100"];

await runScript(async (lifetime) => {
  await setUp({ signal: lifetime.signal });
  const [{ startDemoForPictures }, { screenshotPanel, setLanguage, setPanelSize, setTheme }, { click, openLastFrame, setFilter }] = await Promise.all([
    import("./demo-browser.mjs"),
    import("./devtools-session.mjs"),
    import("./panel-actions.mjs"),
  ]);
  await ensureChineseFont({ signal: lifetime.signal });
  await mkdir(FOLDER, { recursive: true });
  const demo = await startDemoForPictures(lifetime, SIZE);

  /** @param {string} name */
  const take = async (name) => {
    const path = fileURLToPath(new URL(`${name}.png`, FOLDER));
    await screenshotPanel(demo, path);
    console.log(path);
  };
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
  await setLanguage(demo, "en");
  await setPanelSize(demo, ANIMATED_SIZE);
  await setFilter(demo, "");
  await demo.panel.focus('[role="grid"]');
  await demo.devtools.keyboard.press("End");
  await click(demo.panel, "button", "Close inspector");
  // The table takes its new width.
  await wait(500, undefined, { signal: lifetime.signal });

  const path = fileURLToPath(new URL("docs/screenshots/moving.png", ROOT));
  /** @type {{ png: Uint8Array, milliseconds: number }[]} */
  const pictures = [];
  /** @param {number} milliseconds */
  const show = async (milliseconds) => {
    await screenshotPanel(demo, path);
    pictures.push({ png: await readFile(path), milliseconds });
    await rm(path);
  };
  // Live; a filter as it is typed; a row of it, read.
  for (let times = 0; times < 4; times++) await show(400);
  for (const typed of TYPED) {
    await setFilter(demo, typed);
    await show(450);
  }
  await show(900);
  await openLastFrame(demo.panel);
  await show(1800);
  await writeFile(path, animatedPng(pictures));
  console.log(path);
});
