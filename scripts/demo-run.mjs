/** The two ways in which `npm start` shows the demo: to a person, or as files. */
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { screenshotPanel, setPanelSize, setTheme } from "./devtools-session.mjs";
import { describeSockets, summarizeHar } from "./har-summary.mjs";
import { exportCapture, openLastFrame, setFilter, waitUntilCapturing } from "./panel-actions.mjs";
import { ROOT } from "./set-up.mjs";

/** @typedef {import("./demo-browser.mjs").DemoBrowser} DemoBrowser */

const PICTURE_SIZE = { width: 1280, height: 600 };
const PICTURE_FILTER = "/BTC|ETH/";

/**
 * Resolves when the browser was closed or the script ends.
 * @param {DemoBrowser} demo
 * @param {import("./lifetime.mjs").Lifetime} lifetime
 */
export async function stayOpen({ browser, url }, lifetime) {
  console.log(`The demo is at ${url}. Close the browser or press Ctrl-C to end it.`);
  lifetime.markReady();
  if (!browser.connected) return;
  await new Promise((resolve) => {
    browser.once("disconnected", resolve);
  });
}

/**
 * Records the demo for some seconds, then saves a HAR through the panel's own menu and a picture in each theme.
 * @param {DemoBrowser} demo
 * @param {{ seconds: number, signal: AbortSignal }} options
 */
export async function recordDemo(demo, { seconds, signal }) {
  const out = fileURLToPath(new URL("out/", ROOT));
  await mkdir(out, { recursive: true });
  const downloads = await mkdtemp(join(out, "download-"));
  try {
    await setPanelSize(demo, PICTURE_SIZE);
    await waitUntilCapturing(demo.panel);
    console.log(`Recording for ${seconds} s …`);
    await wait(seconds * 1000, undefined, { signal });

    const har = join(out, "demo.har");
    const { path } = await exportCapture(demo, "HAR", downloads);
    await rename(path, har);
    const sockets = await summarizeHar(har);
    if (!sockets.some(({ sent, received }) => sent + received > 0)) throw new Error(`${har} holds no message: the capture did not work.`);

    await setFilter(demo, PICTURE_FILTER);
    await openLastFrame(demo.panel);
    const pictures = [];
    for (const theme of /** @type {const} */ (["light", "dark"])) {
      await setTheme(demo, theme);
      const picture = join(out, `panel-${theme}.png`);
      await screenshotPanel(demo, picture);
      pictures.push(picture);
    }
    console.log(`\n${har}\n${describeSockets(sockets)}`);
    for (const picture of pictures) console.log(`\n${picture}\nthe panel at ${PICTURE_SIZE.width} × ${PICTURE_SIZE.height}`);
  } finally {
    await rm(downloads, { recursive: true, force: true });
  }
}
