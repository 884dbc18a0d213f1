/** The demo in a browser, and beside it the panel in a page of Vite's: over real frames, and anew with each change of a file. */
import { fileURLToPath } from "node:url";
import { launch } from "puppeteer-core";
import { createServer } from "vite";
import { startDemo } from "../demo/demo-server.mjs";
import { findBrowser } from "./find-browser.mjs";

const HARNESS = fileURLToPath(new URL("../test/panel/harness/", import.meta.url));

/**
 * @typedef {{ id: number, sessionId?: string, method: string, params?: object }} Command Of the panel's page, for the demo's.
 * @typedef {{ browser: import("puppeteer-core").Browser, panel: import("puppeteer-core").Page, demo: import("puppeteer-core").Page }} DevBrowser
 */

/**
 * Everything that it starts ends with `lifetime`.
 * @param {import("./lifetime.mjs").Lifetime} lifetime
 * @param {{ headless: boolean, root?: string, port?: number }} options `root`: the folder with live.html.
 * @returns {Promise<DevBrowser>}
 */
export async function startDevBrowser(lifetime, { headless, root = HARNESS, port = 5199 }) {
  const demo = await startDemo();
  lifetime.defer(demo.close);
  const server = await createServer({ configFile: `${root}/vite.config.ts`, root, clearScreen: false, logLevel: headless ? "warn" : "info", server: { host: "127.0.0.1", port } });
  lifetime.defer(() => server.close());
  await server.listen();
  const { path: executablePath } = await findBrowser({ signal: lifetime.signal });
  const browser = await launch({
    executablePath,
    headless,
    pipe: true,
    defaultViewport: null,
    networkEnabled: false,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    // A page behind another is not to draw more seldom.
    args: ["--no-first-run", "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
  });
  lifetime.defer(() => browser.close());
  const page = await browser.newPage();
  relay(server.ws, page);
  const panel = await browser.newPage();
  await panel.goto(`${server.resolvedUrls?.local[0] ?? ""}live.html`);
  // The first load may find more to bundle, and load again; what the demo opens is to be seen from its beginning.
  await panel.waitForFunction(() => document.querySelector('[role="status"][aria-label="Capture"]')?.textContent === "Capturing", { polling: 100, timeout: 120_000 });
  await page.goto(demo.url, { waitUntil: "domcontentloaded" });
  await panel.bringToFront();
  return { browser, panel, demo: page };
}

/**
 * The panel's page has no debugger of its own: its commands go to the demo's page, whose events come back.
 * @param {import("vite").WebSocketServer} socket
 * @param {import("puppeteer-core").Page} page
 */
function relay(socket, page) {
  /** @type {import("puppeteer-core").CDPSession | null} */
  let attached = null;
  /** @param {import("puppeteer-core").CDPSession} session @param {string} [sessionId] */
  const forward = (session, sessionId) => {
    session.on("*", (/** @type {unknown[]} */ ...told) => {
      const [method, params] = told;
      if (typeof method === "string" && method.includes(".")) socket.send("framescope:event", { sessionId, method, params });
    });
    session.on("sessionattached", (child) => forward(child, child.id()));
  };
  /** @param {Command} command */
  const act = async ({ sessionId, method, params }) => {
    if (method === "attach" || method === "detach") {
      await attached?.detach().catch(() => {});
      attached = method === "attach" ? await page.createCDPSession() : null;
      if (attached !== null) forward(attached);
      return {};
    }
    const session = sessionId === undefined ? attached : attached?.connection()?.session(sessionId);
    if (!session) throw new Error("Debugger is not attached to it.");
    return await session.send(/** @type {"Network.enable"} */ (method), params);
  };
  socket.on("framescope:command", (/** @type {Command} */ command, client) => {
    act(command).then(
      (value) => client.send("framescope:answer", { id: command.id, value }),
      (/** @type {Error} */ error) => client.send("framescope:answer", { id: command.id, problem: error.message }),
    );
  });
}
