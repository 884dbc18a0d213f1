/** `npm run screenshots`: renews the pictures of docs/screenshots from the demo. */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ensureChineseFont } from "./find-fonts.mjs";
import { runScript } from "./lifetime.mjs";
import { ROOT, setUp } from "./set-up.mjs";

const FOLDER = new URL("docs/screenshots/", ROOT);
const WIDE = { width: 1280, height: 600 };
/** DevTools docked at the side. */
const NARROW = { width: 420, height: 720 };

await runScript(async (lifetime) => {
  await setUp({ signal: lifetime.signal });
  const [{ startDemoForPictures }, { screenshotPanel, setLanguage, setPanelSize, setTheme }, { click, openLastFrame, setFilter }] = await Promise.all([
    import("./demo-browser.mjs"),
    import("./devtools-session.mjs"),
    import("./panel-actions.mjs"),
  ]);
  await ensureChineseFont({ signal: lifetime.signal });
  await mkdir(FOLDER, { recursive: true });
  const demo = await startDemoForPictures(lifetime, WIDE);
  await setFilter(demo, "btc");
  await openLastFrame(demo.panel);

  /** @param {string} name */
  const inBothThemes = async (name) => {
    for (const theme of /** @type {const} */ (["light", "dark"])) {
      await setTheme(demo, theme);
      const path = fileURLToPath(new URL(`${name}-${theme}.png`, FOLDER));
      await screenshotPanel(demo, path);
      console.log(path);
    }
  };
  await inBothThemes("panel");
  await setPanelSize(demo, NARROW);
  await inBothThemes("narrow");
  await setPanelSize(demo, WIDE);
  await click(demo.panel, "tab", "Handshake");
  await inBothThemes("handshake");
  await click(demo.panel, "tab", "Message");
  await setTheme(demo, "light");
  await setLanguage(demo, "zh_CN");
  const path = fileURLToPath(new URL("panel-zh-CN.png", FOLDER));
  await screenshotPanel(demo, path);
  console.log(path);
});
