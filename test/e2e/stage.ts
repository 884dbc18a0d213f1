import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Frame, Page } from "puppeteer-core";
import type { LoadServer } from "../../demo/load-server.mjs";
import { isSamePayload, type ConnectionRecord } from "../../demo/server-record.mjs";
import { forgetView, openSession, openSessionIn, type Session } from "../../scripts/devtools-session.mjs";
import { extensionWorker, workerUrl } from "../../scripts/extension-worker.mjs";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { launchBrowser, type LaunchedBrowser } from "../../scripts/launch-browser.mjs";
import type { Settings } from "../../src/model/settings.ts";
import { click, exportCapture, waitUntilCapturing, type ExportFormat } from "../../scripts/panel-actions.mjs";

/** A message of an exported file. */
export interface HarMessage {
  readonly type: "send" | "receive" | "error";
  readonly time: number;
  readonly opcode: number;
  readonly data: string;
}

export interface HarEntry {
  readonly comment?: string;
  readonly _target?: { readonly type: string; readonly url: string };
  readonly _initiator?: { readonly stack: { readonly callFrames: readonly { readonly functionName: string; readonly url: string; readonly lineNumber: number; readonly columnNumber: number }[] } };
  readonly startedDateTime: string;
  readonly request: { readonly url: string; readonly headers: readonly { readonly name: string; readonly value: string }[]; readonly cookies: readonly unknown[] };
  readonly response: { readonly status: number; readonly headers: readonly { readonly name: string; readonly value: string }[]; readonly cookies: readonly unknown[] };
  readonly _webSocketMessages: readonly HarMessage[];
  /** Of an event stream, in the stead of `_webSocketMessages`. */
  readonly _eventSourceMessages?: readonly { readonly time: number; readonly eventName: string; readonly eventId: string; readonly data: string }[];
  readonly _webSocketClose?: "aborted" | { readonly code?: number; readonly reason?: string; readonly timestamp?: number };
}

export interface Har {
  readonly log: { readonly comment?: string; readonly entries: readonly HarEntry[] };
}

/** The one connection whose URL ends so. */
export function entryOf(har: Har, path: string): HarEntry {
  const found = har.log.entries.filter(({ request }) => request.url.endsWith(path));
  const [only] = found;
  if (only === undefined || found.length !== 1) throw new Error(`The file holds ${found.length} connections to ${path}: ${har.log.entries.map(({ request, comment, _webSocketMessages: messages }) => `${request.url} (${comment ?? "open"}, ${messages?.length ?? 0} messages)`).join(", ")}`);
  return only;
}

/** What the server itself recorded of the last connection to a path. */
export function recordOf(server: LoadServer, path: string): ConnectionRecord {
  const found = server.record.connections.findLast((connection) => connection.path === path);
  if (found === undefined) throw new Error(`The server saw no connection to ${path}.`);
  return found;
}

/** Where an entry differs from what the server recorded of its connection: nothing, for a capture that is true. */
export function differences(entry: HarEntry, record: ConnectionRecord): string[] {
  const found: string[] = [];
  for (const direction of ["sent", "received"] as const) {
    const messages = entry._webSocketMessages.filter(({ type }) => type === (direction === "sent" ? "send" : "receive"));
    const frames = record.frames.filter((frame) => frame.direction === direction);
    if (messages.length !== frames.length) found.push(`${messages.length} ${direction} in the file, ${frames.length} at the server`);
    frames.forEach((frame, i) => {
      const message = messages[i];
      if (message === undefined) return;
      if (message.opcode !== frame.opcode) found.push(`${direction} ${i}: opcode ${message.opcode}, not ${frame.opcode}`);
      if (!isSamePayload(frame, Buffer.from(message.data, message.opcode === 2 ? "base64" : "utf8"))) found.push(`${direction} ${i}: another payload`);
    });
  }
  return found.slice(0, 10);
}

/** Changes settings as the panel's own popover does, and waits until the capture has heard of it, wherever it is housed. */
export async function changeSettings(panel: Frame, part: Partial<Settings>): Promise<void> {
  const housing = panel.page().frames().find((frame) => frame.url().includes("/src/pages/devtools/")) ?? panel;
  await housing.evaluate(async (changes) => {
    const { settings } = await chrome.storage.local.get<{ settings?: object }>("settings");
    const next = { ...settings, ...changes };
    if (JSON.stringify(next) === JSON.stringify(settings)) return;
    // Listeners are called in the order in which they came: the capture's own has been there longer.
    const heard = new Promise<void>((resolve) => {
      const listener = (): void => {
        chrome.storage.local.onChanged.removeListener(listener);
        resolve();
      };
      chrome.storage.local.onChanged.addListener(listener);
    });
    await chrome.storage.local.set({ settings: next });
    await heard;
  }, part);
}

/**
 * Waits until the extension is attached to a tab of this address or a shared worker of this address or name: neither
 * stands still by itself until somebody is.
 */
export async function untilAttached(panel: Frame, addressOrName: string): Promise<void> {
  // Chrome takes commands only from who is attached; the browser itself answers this one.
  const isAttached = (): Promise<boolean> =>
    panel.evaluate(async (wanted) => {
      const targets = (await chrome.debugger.getTargets()).filter(({ url, title }) => url.split("?")[0] === wanted || title === wanted);
      const answers = await Promise.allSettled(targets.map(({ id, tabId }) => chrome.debugger.sendCommand(tabId === undefined ? { targetId: id } : { tabId }, "Target.getTargetInfo")));
      return answers.some(({ status }) => status === "fulfilled");
    }, addressOrName);
  await until(isAttached, Boolean);
}

/** In how many tabs the extension is the debugger, as its service worker sees it: only there does Chrome take its commands. */
export async function attachedTabs({ browser, extensionId }: Pick<Session, "browser" | "extensionId">): Promise<number> {
  const worker = await extensionWorker(browser, workerUrl(extensionId));
  return await worker.evaluate(async () => {
    const tabs = await chrome.tabs.query({});
    const answers = await Promise.allSettled(tabs.map(({ id }) => chrome.debugger.sendCommand({ tabId: id ?? -1 }, "Runtime.evaluate", { expression: "1" })));
    return answers.filter(({ status }) => status === "fulfilled").length;
  });
}

/** Waits until the server holds something, and lets it go. */
export async function letGo(server: LoadServer): Promise<void> {
  await until(() => server.letGo(), (count) => count > 0);
}

/** Waits for a state that a test reads again and again; fails with what it read last. What cannot be read yet, as it is not drawn, is read again. */
export async function until<T>(read: () => Promise<T> | T, isWanted: (value: T) => boolean, atMost = 30_000): Promise<T> {
  for (const began = performance.now(); ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const isLate = (): boolean => performance.now() - began > atMost;
    let value: T;
    try {
      value = await read();
    } catch (error) {
      if (isLate()) throw error;
      continue;
    }
    if (isWanted(value)) return value;
    if (isLate()) throw new Error(`After ${atMost} ms it is still ${JSON.stringify({ value }).slice(0, 500)}.`);
  }
}

/** A browser with the panel open on a page, and what tests do in it. */
export interface Stage extends Session {
  /** Exports through the panel's own menu; the file lives until `end`. */
  exportFile(format: ExportFormat): Promise<string>;
  exportHar(format?: ExportFormat): Promise<Har>;
  /** The same from the panel of another tab. */
  exportHarFrom(panel: Frame): Promise<Har>;
  /** Has the page stand still, sockets and all, as Chrome does with one in the background: what is looked at then takes no turns with it. */
  freeze(): Promise<void>;
  /** Pauses the capture; answers the file of what it has then, with sensitive data. The log stands still. */
  pause(): Promise<Har>;
  /** The text of a `role="status"`. */
  status(name: string): Promise<string>;
  /** Waits until a status reads as asked; fails with what it read last. */
  waitForStatus(name: string, wanted: RegExp, timeout?: number): Promise<string>;
  end(): Promise<void>;
}

/** What descriptions that share a stage begin with: its page at this URL, and an empty log. */
export type Begin = (url: string) => Promise<Stage>;

/** The panel's own size, and so what fits in it, is the same for all. */
const SIZE = { width: 1280, height: 600 } as const;

/** A stage in a browser of its own. */
export async function setStage(options: { readonly url: string; readonly width?: number; readonly height?: number; readonly args?: readonly string[]; readonly blocksPopups?: boolean }): Promise<Stage> {
  const { path: executablePath } = await findBrowser();
  const session = await openSession({ executablePath, ...SIZE, ...options });
  return await stageOn(session, session.close);
}

/** One that no stage stands in; the next one takes it. */
let idle: LaunchedBrowser | undefined;

/**
 * A stage in a browser that stood empty, if this process has one: to launch one, and open DevTools in it for the first time, takes
 * as long as all the rest. What another stage left behind is cleared away: tabs, what the extension kept, cookies, the cache, and what pages stored.
 */
export async function borrowStage(url: string): Promise<Stage> {
  const launched = idle ?? (await launchLasting());
  idle = undefined;
  try {
    return await stageOn(await openSessionIn(launched, { url, ...SIZE }), () => giveBack(launched));
  } catch (error) {
    await launched.close();
    throw error;
  }
}

async function giveBack(launched: LaunchedBrowser): Promise<void> {
  try {
    await clearAway(launched);
  } catch (error) {
    // Of one that cannot be cleared, the next stage would find what was left.
    await launched.close();
    throw error;
  }
  idle = launched;
}

async function clearAway({ browser, extensionId }: LaunchedBrowser): Promise<void> {
  const pages = await browser.pages();
  const devtools = pages.find((page) => page.url().startsWith("devtools://"));
  if (devtools !== undefined) await forgetView(devtools);
  const origins = await visitedOrigins(browser, pages.filter((page) => page !== devtools));
  // The last tab would take the browser with it; what an extension can be asked is asked in this one, as a test may have ended its worker.
  const left = await browser.newPage();
  // DevTools goes with its page.
  for (const page of pages) await page.close().catch(() => {});
  await until(() => browser.pages(), ({ length }) => length === 1);
  await left.goto(`chrome-extension://${extensionId}/manifest.json`);
  const clear = async (): Promise<boolean> => {
    const tabs = await chrome.tabs.query({});
    const answers = await Promise.allSettled(tabs.map(({ id }) => chrome.debugger.sendCommand({ tabId: id ?? -1 }, "Runtime.evaluate", { expression: "1" })));
    if (answers.some(({ status }) => status === "fulfilled")) return false;
    localStorage.clear();
    await chrome.storage.local.clear();
    await chrome.storage.session.clear();
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
    return true;
  };
  // An engine lets go of its files a moment after its page.
  await until(() => left.evaluate(clear), Boolean);
  const client = await left.createCDPSession();
  await client.send("Network.clearBrowserCookies");
  await client.send("Network.clearBrowserCache");
  // Service workers end with it.
  for (const origin of origins) await client.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  await client.detach();
  await left.goto("about:blank");
}

/** Where the tabs have been, and whatever else runs: of the web alone. */
async function visitedOrigins(browser: Browser, pages: readonly Page[]): Promise<Set<string>> {
  const urls = browser.targets().map((target) => target.url());
  for (const page of pages) {
    urls.push(...page.frames().map((frame) => frame.url()));
    // Of one that closes meanwhile nobody can be asked any more.
    urls.push(...(await historyOf(page).catch(() => [])));
  }
  return new Set(urls.filter((url) => /^https?:/.test(url)).map((url) => new URL(url).origin));
}

async function historyOf(page: Page): Promise<string[]> {
  const client = await page.createCDPSession();
  const { entries } = await client.send("Page.getNavigationHistory");
  await client.detach();
  return entries.map(({ url }) => url);
}

/** A browser that ends with the process: that is told of nothing else once its last test has run. */
async function launchLasting(): Promise<LaunchedBrowser> {
  const { path: executablePath } = await findBrowser();
  const launched = await launchBrowser({ executablePath });
  process.once("SIGTERM", () => {
    // There is no time to have it end in order.
    launched.browser.process()?.kill("SIGKILL");
    void launched.close().finally(() => process.kill(process.pid, "SIGTERM"));
  });
  return launched;
}

async function stageOn(session: Session, leave: () => Promise<void>): Promise<Stage> {
  const downloads = await mkdtemp(join(tmpdir(), "framescope-e2e-"));
  await waitUntilCapturing(session.panel);
  const exportFile = async (format: ExportFormat): Promise<string> =>
    (await exportCapture(session, format, downloads)).path;
  const exportHar = async (format: ExportFormat = "HAR"): Promise<Har> => JSON.parse(await readFile(await exportFile(format), "utf8")) as Har;
  return {
    ...session,
    exportFile,
    exportHar,
    freeze: async () => {
      const client = await session.page.createCDPSession();
      await client.send("Page.setWebLifecycleState", { state: "frozen" });
      await client.detach();
    },
    pause: async () => {
      await click(session.panel, "button", "Record");
      await waitForStatus(session.panel, "Capture", /^Paused/);
      // What was on its way to the log then is in it once a file has no more than the one before.
      let before = -1;
      return await until(
        () => exportHar("HAR with sensitive data"),
        ({ log }) => {
          const count = log.entries.reduce((sum, { _webSocketMessages }) => sum + _webSocketMessages.length, 0);
          const isSame = count === before;
          before = count;
          return isSame;
        },
      );
    },
    exportHarFrom: async (panel) => JSON.parse(await readFile((await exportCapture({ browser: session.browser, panel }, "HAR", downloads)).path, "utf8")) as Har,
    status: (name) => statusText(session.panel, name),
    waitForStatus: (name, wanted, timeout) => waitForStatus(session.panel, name, wanted, timeout),
    end: async () => {
      await leave();
      await rm(downloads, { recursive: true, force: true });
    },
  };
}

/** The text of a `role="status"`. */
export async function statusText(panel: Frame, name: string): Promise<string> {
  // Asked again and again: one command, where `$eval` takes nine.
  return await panel.evaluate((selector) => {
    const status = document.querySelector(selector);
    if (status === null) throw new Error(`There is no ${selector}.`);
    return status.textContent?.trim() ?? "";
  }, `[role="status"][aria-label="${name}"]`);
}

/** Waits until a status of a panel reads as asked; fails with what it read last. */
export async function waitForStatus(panel: Frame, name: string, wanted: RegExp, timeout = 30_000): Promise<string> {
  try {
    const read = await panel.waitForFunction(
      (selector, source) => {
        const text = document.querySelector(selector)?.textContent?.trim() ?? "";
        return new RegExp(source).test(text) ? { text } : false;
      },
      { timeout, polling: 50 },
      `[role="status"][aria-label="${name}"]`,
      wanted.source,
    );
    return ((await read.jsonValue()) as { text: string }).text;
  } catch (error) {
    throw new Error(`The status ${name} reads “${await statusText(panel, name)}”, not as ${String(wanted)} asks.`, { cause: error });
  }
}

/**
 * The devtools page, and the tab that it captures. No test can press Cancel in Chrome's bar or have Chrome send a
 * broken event: such news is given to the extension's own listeners there, in Chrome's place.
 */
export async function devtoolsPageOf({ devtools }: Pick<Stage, "devtools">): Promise<{ readonly frame: Frame; readonly tabId: number }> {
  const frame = devtools.frames().find((one) => one.url().includes("/src/pages/devtools/"));
  if (frame === undefined) throw new Error("DevTools holds no devtools page of the extension.");
  return { frame, tabId: await frame.evaluate(() => chrome.devtools.inspectedWindow.tabId) };
}

/** An event of Chrome's as its bindings have it, beyond what its types tell. */
export interface DispatchedEvent {
  dispatch(...news: unknown[]): void;
}

/** Opens a socket in the page and resolves when it has ended or `messages` have come. The page keeps it as `window.sockets`. */
export async function openSocket(page: Page, url: string, messages: number): Promise<void> {
  await page.evaluate(
    (address, count) =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(address);
        const kept = ((globalThis as { sockets?: WebSocket[] }).sockets ??= []);
        kept.push(socket);
        let seen = 0;
        if (count === 0) socket.addEventListener("open", () => resolve());
        socket.addEventListener("message", () => {
          seen++;
          if (seen === count) resolve();
        });
        socket.addEventListener("close", () => resolve());
      }),
    url,
    messages,
  );
}
