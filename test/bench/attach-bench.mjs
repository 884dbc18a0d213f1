/** How long a page with much in its memory stands still while Framescope attaches to it, beside a bare attach. */
import { openDevTools, showPanel, showView } from "../../scripts/devtools-session.mjs";
import { launchBrowser } from "../../scripts/launch-browser.mjs";
import { attachListener } from "./bare-listeners.mjs";

/** As a large application's page has. */
export const OBJECTS = 2_000_000;
/** Until all is over that opening DevTools, or attaching, brings about. */
const WATCHED_MS = 3000;

/**
 * The longest gaps of a 10 ms timer in the page, in milliseconds: while DevTools opened, which is Chrome's own, and while
 * the debugger was attached after that.
 * @typedef {{ opening: number, attaching: number }} Gaps
 */
/** @typedef {{ executablePath: string, url: string, speaks: boolean }} AttachedPage `speaks`: with a socket from before DevTools that gets 20 messages a second. */

/**
 * Beside an extension that attaches, enables the Network domain, and does no more.
 * @param {AttachedPage & { isViewShown: boolean }} attached `isViewShown`: at the moment when DevTools shows Chrome's own
 *   Network panel for the first time, which takes as much of the cores as showing any panel does.
 * @returns {Promise<Gaps>}
 */
export async function attachBare({ executablePath, isViewShown, ...attached }) {
  const { browser, extensionId, close } = await launchBrowser({ executablePath });
  try {
    const page = await openPage(browser, attached);
    // Framescope's panel is not shown, so it captures nothing.
    const opening = await longestGap(page, () => openDevTools(page, extensionId));
    const attaching = await longestGap(page, () =>
      Promise.all([isViewShown ? showView(opening.value, "network") : undefined, attachListener(browser, attached.url, "counting in a service worker")]),
    );
    return { opening: opening.gap, attaching: attaching.gap };
  } finally {
    await close();
  }
}

/**
 * The same where Framescope's panel is shown, which begins the capture.
 * @param {AttachedPage} attached
 * @returns {Promise<Gaps>}
 */
export async function attachFramescope({ executablePath, ...attached }) {
  const { browser, extensionId, close } = await launchBrowser({ executablePath });
  try {
    const page = await openPage(browser, attached);
    const opening = await longestGap(page, () => openDevTools(page, extensionId));
    const attaching = await longestGap(page, async () => {
      const panel = await showPanel(opening.value, extensionId);
      await panel.waitForFunction(() => document.querySelector('[role="status"][aria-label="Capture"]')?.textContent?.startsWith("Capturing"), { polling: 50 });
    });
    return { opening: opening.gap, attaching: attaching.gap };
  } finally {
    await close();
  }
}

/**
 * @param {import("puppeteer-core").Browser} browser
 * @param {Omit<AttachedPage, "executablePath">} attached
 */
async function openPage(browser, { url, speaks }) {
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  await page.goto(url);
  await page.evaluate(fill, OBJECTS, speaks);
  return page;
}

/**
 * In the page: its memory, its timer, and its socket.
 * @param {number} objects
 * @param {boolean} speaks
 */
function fill(objects, speaks) {
  const much = Array.from({ length: objects }, (_, i) => ({ i }));
  let last = performance.now();
  const state = { much, worst: 0, read: 0 };
  Object.assign(globalThis, { state });
  setInterval(() => {
    const now = performance.now();
    state.worst = Math.max(state.worst, now - last);
    last = now;
  }, 10);
  if (!speaks) return null;
  const socket = new WebSocket(`${location.origin.replace("http", "ws")}/steady?rate=20`);
  socket.addEventListener("message", (/** @type {MessageEvent<string>} */ { data }) => (state.read += data.length));
  return new Promise((resolve) => socket.addEventListener("open", () => resolve(null)));
}

/**
 * @template Value
 * @param {import("puppeteer-core").Page} page
 * @param {() => Promise<Value>} action
 */
async function longestGap(page, action) {
  const read = () =>
    page.evaluate(() => {
      const { state } = /** @type {{ state: { worst: number } }} */ (/** @type {unknown} */ (globalThis));
      const { worst } = state;
      state.worst = 0;
      return worst;
    });
  await read();
  const value = await action();
  await new Promise((resolve) => setTimeout(resolve, WATCHED_MS));
  return { value, gap: await read() };
}
