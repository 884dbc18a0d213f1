/** Builds the extension, starts the demo's servers, and opens the demo page with the panel beside it. */
import { startDemo } from "../demo/demo-server.mjs";
import { buildExtension } from "./build-extension.mjs";
import { dockAtBottom, openSession } from "./devtools-session.mjs";
import { findBrowser } from "./find-browser.mjs";

/** @typedef {import("./devtools-session.mjs").Session & { url: string }} DemoBrowser `url` is the demo page's. */

const DEVTOOLS_HEIGHT = 440;

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
