/** Launches Chrome or Chromium with the built extension and a profile that is thrown away, or one of the caller's. */
import { existsSync, rmSync } from "node:fs";
import { access, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "puppeteer-core";
import { EXTENSION_FOLDER } from "./build-extension.mjs";

const CLOSE_TIMEOUT_MS = 5000;

/** The view of DevTools that does nothing until it is asked to: Memory. */
export const STILL_VIEW = "heap-profiler";

/** Those that were launched here and are not closed: who fails can tell what stood in them. @type {Set<import("puppeteer-core").Browser>} */
export const runningBrowsers = new Set();

/**
 * @typedef {object} BrowserOptions
 * @property {string} executablePath As `findBrowser` gives it.
 * @property {boolean} [headless] True if left out.
 * @property {readonly string[]} [args] More of Chrome's switches.
 * @property {boolean} [scrollbars] Shows them without a display too, where puppeteer hides them.
 * @property {() => boolean} [leavesAlone] Asked of each new tab: whether puppeteer is to leave it alone. Chrome prepares no page ahead where a debugger is attached.
 * @property {boolean} [blocksPopups] Blocks popups that no gesture asked for, as Chrome does, where puppeteer lets them all open.
 * @property {number} [longestCall] Milliseconds that one call into a page may take; 180,000 if left out.
 * @property {AbortSignal} [signal] Kills a browser that is still starting.
 * @property {URL} [extension] The folder of another build of the extension.
 * @property {string} [profile] A folder to keep the profile in, from one launch to the next; the caller removes it.
 */

/**
 * A browser with the extension in it.
 * @typedef {object} LaunchedBrowser
 * @property {import("puppeteer-core").Browser} browser
 * @property {string} extensionId
 * @property {() => Promise<void>} close Ends the browser and removes its profile, if it is its own. May be called more than once.
 */

/**
 * puppeteer's own Network client is off, since it would take a share of every frame; `page.on("request")` is silent.
 * @param {BrowserOptions} options
 * @returns {Promise<LaunchedBrowser>}
 */
export async function launchBrowser({ executablePath, headless = true, args = [], scrollbars = false, blocksPopups = false, leavesAlone, longestCall, signal, extension: folderOfExtension = EXTENSION_FOLDER, profile }) {
  const extension = fileURLToPath(folderOfExtension);
  await access(join(extension, "manifest.json")).catch(() => {
    throw new Error(`${extension} holds no built extension: run \`npm run build\` first.`);
  });
  const folder = await mkdtemp(join(tmpdir(), "framescope-profile-"));
  // For a process that exits without `close`; puppeteer's own listener has killed the browser by then.
  const removeAtExit = () => rmSync(folder, { recursive: true, force: true });
  const removeFolder = async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    process.off("exit", removeAtExit);
  };
  const userDataDir = profile ?? join(folder, "profile");
  try {
    await beginWithStillView(userDataDir);
    const browser = await launch({
      executablePath,
      headless,
      pipe: true,
      // The list of folders that puppeteer takes here is not awaited by it: `installExtension` below is.
      enableExtensions: true,
      handleDevToolsAsPage: true,
      networkEnabled: false,
      ...(leavesAlone === undefined ? {} : { targetFilter: () => !leavesAlone() }),
      ...(longestCall === undefined ? {} : { protocolTimeout: longestCall }),
      defaultViewport: null,
      userDataDir,
      // On Linux, Chrome leaves an empty folder among the temporary files each time.
      env: process.platform === "linux" ? { ...process.env, TMPDIR: folder } : process.env,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [...switches(), ...args],
      ignoreDefaultArgs: [...(scrollbars ? ["--hide-scrollbars"] : []), ...(blocksPopups ? ["--disable-popup-blocking"] : [])],
      ...(signal === undefined ? {} : { signal }),
    });
    process.on("exit", removeAtExit);
    runningBrowsers.add(browser);
    /** @type {Promise<void> | null} */
    let closed = null;
    const close = () => {
      runningBrowsers.delete(browser);
      return (closed ??= closeBrowser(browser).then(removeFolder));
    };
    try {
      return { browser, extensionId: await browser.installExtension(extension), close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

/**
 * Has DevTools begin with a view that stands still: its own first one, Elements, follows
 * each change of the page, until another is shown and after it.
 * @param {string} userDataDir One that Chrome has written stays as it is.
 */
async function beginWithStillView(userDataDir) {
  const preferences = join(userDataDir, "Default", "Preferences");
  if (existsSync(preferences)) return;
  await mkdir(join(userDataDir, "Default"), { recursive: true });
  await writeFile(preferences, JSON.stringify({ devtools: { preferences: { "panel-selected-tab": JSON.stringify(STILL_VIEW) } } }));
}

/** @returns {string[]} */
function switches() {
  return [
    "--disable-component-update",
    "--disable-quic",
    "--no-default-browser-check",
    // Chrome's sandbox refuses to start for root, as in a container.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
}

/** @param {import("puppeteer-core").Browser} browser */
async function closeBrowser(browser) {
  const child = browser.process();
  const exited = child === null || child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : once(child, "exit");
  void browser.close().catch(() => {});
  const timeout = setTimeout(() => child?.kill("SIGKILL"), CLOSE_TIMEOUT_MS);
  await exited;
  clearTimeout(timeout);
}

/**
 * @param {import("node:events").EventEmitter} emitter
 * @param {string} event
 * @returns {Promise<void>}
 */
function once(emitter, event) {
  return new Promise((resolve) => {
    emitter.once(event, () => resolve());
  });
}
