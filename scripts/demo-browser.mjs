/** Builds the extension, starts the demo's servers, and opens the demo page with the panel beside it. */
import { setTimeout as wait } from "node:timers/promises";
import { startDemo } from "../demo/demo-server.mjs";
import { buildExtension } from "./build-extension.mjs";
import { dockAtBottom, openSession, setPanelSize } from "./devtools-session.mjs";
import { findBrowser } from "./find-browser.mjs";
import { click, waitUntilCapturing } from "./panel-actions.mjs";

/** @typedef {import("./devtools-session.mjs").Session & { url: string }} DemoBrowser `url` is the demo page's. */

const DEVTOOLS_HEIGHT = 440;
/** Long enough for the demo's orders, answers, drops and reconnections to have passed. */
const RECORDED_MS = 12_000;
/** Here the panel has room for its hint, however many connections there are. */
const HIGH = { width: 1280, height: 1600 };

/**
 * Everything that it starts ends with `lifetime`.
 * @param {import("./lifetime.mjs").Lifetime} lifetime
 * @param {{ headless: boolean }} options
 * @returns {Promise<DemoBrowser>}
 */
export async function startDemoBrowser(lifetime, { headless }) {
  const { signal } = lifetime;
  console.log("Building the extension …");
  await buildExtension({ signal });
  const { path: executablePath, version } = await findBrowser({ signal });
  const demo = await startDemo();
  lifetime.defer(demo.close);
  console.log(`Opening ${demo.url} in version ${version} of ${executablePath} …`);
  const session = await openSession({ executablePath, headless, signal, args: ["--window-size=1440,1000"] });
  lifetime.defer(session.close);
  if (!headless) await dockAtBottom(session.devtools, DEVTOOLS_HEIGHT);
  await session.page.goto(demo.url, { waitUntil: "domcontentloaded" });
  return { ...session, url: demo.url };
}

/**
 * The demo headless, with some seconds of it recorded, in a panel of this size. The hint is closed: it is said once, and not
 * to who looks at a picture.
 * @param {import("./lifetime.mjs").Lifetime} lifetime
 * @param {{ width: number, height: number }} size In CSS pixels.
 * @returns {Promise<DemoBrowser>}
 */
export async function startDemoForPictures(lifetime, size) {
  const demo = await startDemoBrowser(lifetime, { headless: true });
  await setPanelSize(demo, HIGH);
  await waitUntilCapturing(demo.panel);
  await wait(RECORDED_MS, undefined, { signal: lifetime.signal });
  await click(demo.panel, "button", "Close hint");
  await setPanelSize(demo, size);
  return demo;
}
