/** How fast the capture takes frames in, beside a listener that only counts, and what each costs the page. */
import { openDevTools, openSession } from "../../scripts/devtools-session.mjs";
import { launchBrowser } from "../../scripts/launch-browser.mjs";
import { attachInDevTools, attachListener, withListener } from "./bare-listeners.mjs";

/** Bytes a frame, and as many frames as take ten seconds on two cores. */
export const SIZES = [
  { name: "200 B", size: 200, count: 100_000 },
  { name: "2 kB", size: 2000, count: 60_000 },
  { name: "100 kB", size: 100_000, count: 5000 },
];

/** What messages are to say beside decoders, as the load server's `as` names it, and as many of 200 B as take some ten seconds on two cores. */
export const SPOKEN = [
  { name: "JSON", as: "json", size: 200, count: 60_000 },
  { name: "Socket.IO", as: "socket-io", size: 200, count: 60_000 },
  { name: "MessagePack", as: "message-pack", size: 200, count: 60_000 },
];

/** Sent at once, and over before a page settles: what a person sees of a page that answers in bursts. */
export const SHORT_BURSTS = [
  { name: "20,000 of 200 B", size: 200, count: 20_000 },
  { name: "10,000 of 2 kB", size: 2000, count: 10_000 },
];
/** Bursts of one kind in one browser, one after another. */
const BURSTS_A_BROWSER = 4;

const PATIENCE_MS = 120_000;

/**
 * Frames a second of one burst: until the last one was counted, or stood in the log and the live view; and until the
 * page itself had received it. Both from the page's first message on. `spent`: microseconds of processor time that all of
 * Chrome's processes took until then, a frame; other programs change it little.
 * @typedef {{ captured: number, received: number, spent: number }} Sample
 */
/** `extension`: the folder of another build. @typedef {{ executablePath: string, extension?: URL, url: string, webSocketUrl: string, as?: string, size: number, count: number }} Burst */

/**
 * A bare listener, beside DevTools open on the page as it is beside Framescope.
 * @param {Parameters<typeof attachListener>[2]} kind
 * @param {Burst} burst
 * @returns {Promise<Sample>}
 */
export async function sampleListener(kind, { executablePath, ...burst }) {
  const { browser, extensionId, close } = await launchBrowser({ executablePath });
  try {
    const page = (await browser.pages())[0] ?? (await browser.newPage());
    await page.goto(burst.url);
    // Framescope's panel is not shown, so it captures nothing.
    await openDevTools(page, extensionId);
    const listener = await attachListener(browser, burst.url, kind);
    await listener.expect(burst.count);
    const before = await processorTime(browser);
    const { firstAt, lastAt } = await receive(page, burst);
    const doneAt = await until(listener.doneAt);
    return sampleOf(burst.count, { firstAt, lastAt, doneAt, spent: (await processorTime(browser)) - before });
  } finally {
    await close();
  }
}

/**
 * Framescope, its panel open and the live view showing.
 * @param {Burst} burst
 * @param {{ asksFindings?: boolean }} options Else its status bar asks for none, and nobody looks for them.
 * @returns {Promise<Sample>}
 */
export async function sampleFramescope({ executablePath, extension, ...burst }, { asksFindings = true } = {}) {
  const { browser, page, panel, close } = await openSession({ executablePath, ...(extension && { extension }), url: burst.url, width: 1280, height: 600 });
  try {
    await capturing(panel);
    if (!asksFindings) await panel.evaluate(askNoFindings);
    const wanted = `${burst.count.toLocaleString("en-US")} frames`;
    await panel.evaluate((text) => {
      // The count stands there anew where it has one digit more.
      const box = document.querySelector('[role="status"][aria-label="Matches"]')?.parentElement;
      if (box === null || box === undefined) throw new Error("The panel shows no count of matches.");
      new MutationObserver(() => {
        const { doneAt } = /** @type {{ doneAt?: number }} */ (globalThis);
        if (doneAt === undefined && box.querySelector('[aria-label="Matches"]')?.textContent === text) Object.assign(globalThis, { doneAt: performance.timeOrigin + performance.now() });
      }).observe(box, { subtree: true, childList: true, characterData: true });
    }, wanted);
    const before = await processorTime(browser);
    const { firstAt, lastAt } = await receive(page, burst);
    const doneAt = await until(() => panel.evaluate(() => /** @type {{ doneAt?: number }} */ (globalThis).doneAt ?? null));
    const spent = (await processorTime(browser)) - before;
    const text = await panel.evaluate(() => document.body.innerText);
    const lost = /[\d,]+ frames? lost/.exec(text);
    if (lost !== null) throw new Error(`Frames were lost: ${lost[0]}.`);
    return sampleOf(burst.count, { firstAt, lastAt, doneAt, spent });
  } finally {
    await close();
  }
}

/** Runs in the panel: its questions for findings do not leave it. */
function askNoFindings() {
  MessagePort.prototype.postMessage = new Proxy(Object.getOwnPropertyDescriptor(MessagePort.prototype, "postMessage")?.value, {
    apply: (post, port, told) => (told[0]?.type === "call" && told[0].name === "findings" ? undefined : Reflect.apply(post, port, told)),
  });
}

/**
 * How long the page takes to receive a short burst, several times, beside a listener that counts in a devtools page.
 * @param {Burst} burst
 * @returns {Promise<number[]>} Milliseconds from its first message to its last.
 */
export async function shortBurstsBesideListener({ executablePath, ...burst }) {
  const { browser, extensionId, close } = await launchBrowser({ executablePath });
  try {
    return await withListener(browser, "counting in a devtools page", async (listener) => {
      const page = (await browser.pages())[0] ?? (await browser.newPage());
      await page.goto(burst.url);
      // Framescope's panel is not shown, so it captures nothing.
      await attachInDevTools(await openDevTools(page, extensionId), listener);
      return await receiveSeveral(page, burst);
    });
  } finally {
    await close();
  }
}

/**
 * The same beside Framescope, its panel open and the live view showing.
 * @param {Burst} burst
 * @returns {Promise<number[]>}
 */
export async function shortBurstsBesideFramescope({ executablePath, ...burst }) {
  const { page, panel, close } = await openSession({ executablePath, url: burst.url, width: 1280, height: 600 });
  try {
    await capturing(panel);
    return await receiveSeveral(page, burst);
  } finally {
    await close();
  }
}

/**
 * @param {import("puppeteer-core").Page} page
 * @param {Omit<Burst, "executablePath" | "extension">} burst
 */
async function receiveSeveral(page, burst) {
  const times = [];
  for (let i = 0; i < BURSTS_A_BROWSER; i++) {
    const { firstAt, lastAt } = await receive(page, burst);
    times.push(lastAt - firstAt);
  }
  return times;
}

/**
 * Not by accessible names: whoever asks Chrome for those has it keep a tree of them for every row, all the time.
 * @param {import("puppeteer-core").Frame} panel
 */
function capturing(panel) {
  return panel.waitForFunction(() => document.querySelector('[role="status"][aria-label="Capture"]')?.textContent?.startsWith("Capturing"), { polling: 50 });
}

/**
 * The page opens a socket and receives the burst; when its first and its last message came, in milliseconds since 1970.
 * @param {import("puppeteer-core").Page} page
 * @param {Omit<Burst, "executablePath" | "extension">} burst
 */
function receive(page, { webSocketUrl, as = "json", size, count }) {
  return page.evaluate(
    (address, messages) =>
      new Promise((/** @type {(times: { firstAt: number, lastAt: number }) => void} */ resolve, reject) => {
        const now = () => performance.timeOrigin + performance.now();
        const socket = new WebSocket(address);
        // A Blob each would cost the page four times what all else of a message does.
        socket.binaryType = "arraybuffer";
        let left = messages;
        let firstAt = 0;
        socket.addEventListener("message", () => {
          if (left === messages) firstAt = now();
          if (--left === 0) resolve({ firstAt, lastAt: now() });
        });
        socket.addEventListener("close", () => reject(new Error(`The socket ended ${left} messages early.`)));
      }),
    `${webSocketUrl}/burst?count=${count}&size=${size}&as=${as}`,
    count,
  );
}

/**
 * @param {() => Promise<number | null>} read
 * @returns {Promise<number>}
 */
async function until(read) {
  for (const began = performance.now(); performance.now() - began < PATIENCE_MS; ) {
    const value = await read();
    if (value !== null) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Not all frames had come after ${PATIENCE_MS / 1000} s.`);
}

/**
 * What all processes of a browser have taken of the processor, in milliseconds.
 * @param {import("puppeteer-core").Browser} browser
 */
export async function processorTime(browser) {
  const client = await browser.target().createCDPSession();
  const { processInfo } = await client.send("SystemInfo.getProcessInfo");
  await client.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}

/**
 * @param {number} count
 * @param {{ firstAt: number, lastAt: number, doneAt: number, spent: number }} times In milliseconds.
 * @returns {Sample}
 */
function sampleOf(count, { firstAt, lastAt, doneAt, spent }) {
  return { captured: (count / (doneAt - firstAt)) * 1000, received: (count / (lastAt - firstAt)) * 1000, spent: (spent / count) * 1000 };
}
