import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame, Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { pressToolbarButton } from "../../scripts/app-page.mjs";
import { openPanel } from "../../scripts/devtools-session.mjs";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { launchBrowser, type LaunchedBrowser } from "../../scripts/launch-browser.mjs";
import { click, clickOn, exportCapture, waitUntilCapturing } from "../../scripts/panel-actions.mjs";
import { IN_FULL } from "../some-of.ts";
import { axeFaults } from "./axe-faults.ts";
import { fillInConnect, send } from "./send-drawer.ts";
import { attachedTabs, differences, entryOf, openSocket, recordOf, until, type Har } from "./stage.ts";

let server: LoadServer;
let launched: LaunchedBrowser;
let page: Page;
let downloads: string;

/** A worker of each kind opens a socket for each path that it is asked for. */
const WORKER = "const open = (port) => (port.onmessage = ({ data }) => { const socket = new WebSocket(data); socket.onclose = () => port.postMessage(data); });";
const workers = {
  "/dedicated.js": `${WORKER} open(self);`,
  "/shared.js": `${WORKER} self.onconnect = ({ ports: [port] }) => open(port);`,
};

beforeAll(async () => {
  server = await startLoadServer({
    pages: {
      "/first": '<!doctype html><title>First page</title><link rel="icon" href="data:,">',
      "/second": '<!doctype html><title>Second page</title><link rel="icon" href="data:,">',
      "/untitled": '<!doctype html><link rel="icon" href="data:,">',
      ...workers,
    },
  });
  const { path: executablePath } = await findBrowser();
  downloads = await mkdtemp(join(tmpdir(), "framescope-e2e-"));
  launched = await launchBrowser({ executablePath, args: ["--window-size=1280,700"] });
});
afterAll(async () => {
  await launched.close();
  await server.close();
  await rm(downloads, { recursive: true, force: true });
});

/** Each test has one tab to begin with, and nobody is attached to it. */
beforeEach(async () => {
  const others = await launched.browser.pages();
  page = await launched.browser.newPage();
  await page.goto(`${server.url}first`);
  for (const other of others) await other.close();
  await until(() => attachedTabs(launched), (count) => count === 0);
});

async function openTab(path: string): Promise<Page> {
  const tab = await launched.browser.newPage();
  await tab.goto(path.includes(":") ? path : `${server.url}${path}`);
  return tab;
}

/** Presses the toolbar button on a tab; the app page captures when this resolves. */
async function capture(tab: Page): Promise<Page> {
  const app = await pressToolbarButton(launched, tab);
  await waitUntilCapturing(app.mainFrame());
  return app;
}

const appPages = async (): Promise<Page[]> => (await launched.browser.pages()).filter((one) => one.url().includes("/pages/app/"));

const statusOf = async (app: Page, name: string): Promise<string> =>
  await app.$eval(`[role="status"][aria-label="${name}"]`, (element) => element.textContent?.trim() ?? "").catch(() => "");

/** Brings the app page to the front first: what is hidden is not painted. */
async function waitForStatus(app: Page, name: string, wanted: RegExp): Promise<string> {
  await app.bringToFront();
  return await until(() => statusOf(app, name), (text) => wanted.test(text));
}

async function exportHar(app: Page): Promise<Har> {
  await app.bringToFront();
  const { path } = await exportCapture({ browser: launched.browser, panel: app.mainFrame() }, "HAR", downloads);
  return JSON.parse(await readFile(path, "utf8")) as Har;
}

/** Opens the list of tabs, and waits until it offers these. */
async function expectListed(app: Page, tabs: readonly string[]): Promise<void> {
  await app.bringToFront();
  // The button is drawn anew once its menu is loaded: a locator clicks the one that is there.
  await clickOn(app.mainFrame(), '[aria-label^="Captured tab"]');
  await expect.poll(() => listed(app)).toEqual(tabs);
}

async function listed(app: Page): Promise<string[]> {
  return await app.$$eval('[role="menuitemradio"]', (items) => items.map((item) => `${item.getAttribute("aria-checked") === "true" ? "✓ " : ""}${(item as HTMLElement).innerText.replaceAll("\n", " ")}`));
}

/** Waits for the app page of a tab, which may still be on its way there. */
async function waitForTitle(app: Page, start: string): Promise<void> {
  await until(() => app.title().catch(() => ""), (title) => title === `${start} – Framescope`);
}

const host = (): string => new URL(server.url).host;

describe("the app page", () => {
  it("opens what was pressed before it was loaded", async () => {
    const app = await capture(page);
    const address = app.url();
    await app.close();
    // A press of the pointer begins on the plain button, and may end on what is loaded meanwhile.
    for (const [name, press, opened] of [
      ["Views", "click", '[role="dialog"][aria-label="Views"]'],
      ["Filter examples", "pointerdown", '[role="dialog"][aria-label="Filter examples"]'],
      ["Export", "pointerdown", '[role="menu"]'],
      ["Import", "click", "[data-asked]"],
    ] as const) {
      const early = await launched.browser.newPage();
      await early.evaluateOnNewDocument((label, type) => {
        HTMLInputElement.prototype.click = function () {
          document.documentElement.dataset["asked"] = this.type;
        };
        new MutationObserver((_, observer) => {
          const button = document.querySelector<HTMLElement>(`button[aria-label="${label}"]`);
          if (button === null) return;
          observer.disconnect();
          // What is loaded says that it opens something, or what it asks for.
          document.documentElement.dataset["wasLate"] = String(label === "Import" ? button.title === "" : button.ariaHasPopup === null);
          button.dispatchEvent(new PointerEvent(type, { bubbles: true }));
        }).observe(document, { childList: true, subtree: true });
      }, name, press);
      await early.goto(address);
      await early.waitForSelector(opened);
      expect(await early.evaluate(() => document.documentElement.dataset["wasLate"]), name).toBe("true");
      await early.close();
    }
  });

  it("captures the tab that the toolbar button was pressed on, with no DevTools open: what it exports is the server's record", async () => {
    const app = await capture(page);
    await page.bringToFront();
    await openSocket(page, `${server.webSocketUrl}/burst?count=3000&size=300`, 3000);
    await openSocket(page, `${server.webSocketUrl}/burst?count=50&binary=1&close=1`, 50);
    await waitForStatus(app, "Matches", /^3,050 frames$/);
    const har = await exportHar(app);
    for (const path of ["/burst?count=3000&size=300", "/burst?count=50&binary=1&close=1"]) expect(differences(entryOf(har, path), recordOf(server, path))).toEqual([]);
    expect(await page.hasDevTools()).toBe(false);
    await waitForTitle(app, "First page");
    await page.goto(`${server.url}second`);
    await waitForTitle(app, "Second page");
  });

  it.runIf(IN_FULL)("comes to the front again where it is open for the tab, and stands beside others", async () => {
    const app = await capture(page);
    const second = await openTab("second");
    const other = await capture(second);
    expect(await pressToolbarButton(launched, page)).toBe(app);
    expect(await pressToolbarButton(launched, second)).toBe(other);
    expect(await appPages()).toHaveLength(2);
    expect(await attachedTabs(launched)).toBe(2);
  });

  it("offers every tab that can be captured, and captures the one that is chosen instead, its frames only; Back leads to the first", async () => {
    const app = await capture(page);
    const second = await openTab("second");
    await openTab("untitled");
    await openTab("chrome://version");
    await openSocket(page, `${server.webSocketUrl}/burst?count=7`, 7);
    await waitForStatus(app, "Matches", /^7 frames$/);
    expect(await axeFaults(app.mainFrame())).toEqual([]);
    await expectListed(app, [`✓ First page ${host()}/first`, `Second page ${host()}/second`, `${host()}/untitled ${host()}/untitled`]);
    expect(await axeFaults(app.mainFrame(), '[role="menu"]')).toEqual([]);
    await app.waitForFunction(() => document.activeElement?.closest('[role="menu"]') instanceof Element);
    await app.keyboard.type("sec");
    await app.waitForFunction(() => document.activeElement?.matches('[role="menuitemradio"]') === true && document.activeElement.textContent.includes("Second page"));
    await app.keyboard.press("Enter");
    await waitForTitle(app, "Second page");
    await waitUntilCapturing(app.mainFrame());
    await openSocket(page, `${server.webSocketUrl}/burst?count=20`, 20);
    await openSocket(second, `${server.webSocketUrl}/burst?count=30`, 30);
    await waitForStatus(app, "Matches", /^30 frames$/);
    await until(() => attachedTabs(launched), (count) => count === 1);
    await app.goBack();
    await waitForTitle(app, "First page");
    await waitForStatus(app, "Capture", /^Capturing$/);
  });

  it("leaves the page as it was when it is closed or reloaded: no debugger, and its sockets and workers go on", async () => {
    const app = await capture(page);
    await openSocket(page, `${server.webSocketUrl}/echo`, 0);
    await app.reload();
    await waitUntilCapturing(app.mainFrame());
    const answer = (text: string): Promise<string> =>
      page.evaluate(
        (message) =>
          new Promise<string>((resolve) => {
            const [socket] = (globalThis as { sockets?: WebSocket[] }).sockets ?? [];
            socket?.addEventListener("message", ({ data }) => resolve(String(data)), { once: true });
            socket?.send(message);
          }),
        text,
      );
    expect(await answer("while it captures again")).toBe("while it captures again");
    await waitForStatus(app, "Matches", /^2 frames$/);
    await app.close();
    await until(() => attachedTabs(launched), (count) => count === 0);
    expect(await answer("with nobody looking")).toBe("with nobody looking");
    await page.reload();
    await openSocket(page, `${server.webSocketUrl}/burst?count=3`, 3);
  });

  it("says that the captured tab was closed, and keeps what it has of it", async () => {
    const app = await capture(page);
    await openTab("second");
    await openSocket(page, `${server.webSocketUrl}/burst?count=12`, 12);
    await waitForStatus(app, "Matches", /^12 frames$/);
    await page.close();
    expect(await waitForStatus(app, "Capture", /^Not capturing/)).toContain("The tab was closed");
    expect(await statusOf(app, "Matches")).toBe("12 frames");
    expect(differences(entryOf(await exportHar(app), "/burst?count=12"), recordOf(server, "/burst?count=12"))).toEqual([]);
    await expect.poll(() => app.$eval('[role="grid"]', (grid) => (grid as HTMLElement).innerText)).toContain("Closed: its page");
    await click(app.mainFrame(), "button", "Choose a tab");
    await expect.poll(() => listed(app)).toEqual([`Second page ${host()}/second`]);
  });

  it.runIf(IN_FULL)("says why it cannot capture a page of Chrome's own, of its own, or none, and lists the tabs to choose from", async () => {
    const own = await openTab("chrome://version");
    const app = await pressToolbarButton(launched, own);
    expect(await waitForStatus(app, "Capture", /^Not capturing/)).toContain("Chrome does not allow extensions to debug chrome:// pages");
    await own.goto(`${server.url}second`);
    await waitForStatus(app, "Capture", /^Capturing$/);
    const second = await pressToolbarButton(launched, app);
    expect(await waitForStatus(second, "Capture", /^Not capturing/)).toContain("shows Framescope itself");
    await expectListed(second, [`First page ${host()}/first`, `Second page ${host()}/second`]);
    for (const [query, why] of [["?tabId=no", "no tab"], ["?tabId=-3", "no tab"], ["?tabId=99999999999999999999", "no tab"], ["", "no tab"], ["?tabId=2147483647", "was closed"]] as const) {
      await second.goto(`chrome-extension://${launched.extensionId}/src/pages/app/index.html${query}`);
      expect((await waitForStatus(second, "Capture", /^Not capturing/)).toLowerCase(), query).toContain(why);
    }
    await click(second.mainFrame(), "button", "Choose a tab");
    await second.waitForFunction(() => document.activeElement?.closest('[role="menu"]') instanceof Element);
    await second.keyboard.press("ArrowDown");
    await second.waitForFunction(() => document.activeElement?.matches('[role="menuitemradio"]') === true && document.activeElement.textContent.includes("First page"));
    await second.keyboard.press("Enter");
    await waitForTitle(second, "First page");
    await waitUntilCapturing(second.mainFrame());
  });

  it.runIf(IN_FULL)("opens connections without any page, with the extension's Origin, which it says, and headers of one's own", async () => {
    const app = await capture(page);
    const panel = app.mainFrame();
    const recorded = (name: string) => server.record.connections.findLast(({ path }) => path === `/echo?name=${name}`);
    const received = (name: string): string[] => recorded(name)?.frames.flatMap(({ direction, payload }) => (direction === "sent" ? (payload?.toString() ?? "") : [])) ?? [];
    await clickOn(app.mainFrame(), '[aria-label^="Captured tab"]');
    await click(panel, "menuitem", "No page: connect from here");
    await waitForTitle(app, "Connections without a page");
    await waitUntilCapturing(panel);
    const origin = `chrome-extension://${launched.extensionId}`;
    const own = await until(async () => (await launched.browser.pages()).find((one) => one.url().includes("/own-place/")), (found) => found !== undefined);
    await click(panel, "button", "Connect…");
    await until(() => panel.$eval(".send-connect", (form) => form.textContent ?? "").catch(() => ""), (text) => text.includes(origin));
    await fillInConnect(panel, "URL", `${server.webSocketUrl}/echo?name=no-page`);
    await click(panel, "button", "Connect");
    await send(panel, "from no page");
    await until(() => received("no-page"), (texts) => texts.includes("from no page"));
    expect(recorded("no-page")?.headers).toMatchObject({ origin });
    await click(panel, "button", "Connect…");
    await fillInConnect(panel, "URL", `${server.webSocketUrl}/echo?name=no-page-headers`);
    await fillInConnect(panel, "Headers", "Authorization: Bearer own");
    await click(panel, "button", "Connect");
    await send(panel, "with a header");
    await until(() => received("no-page-headers"), (texts) => texts.includes("with a header"));
    expect(recorded("no-page-headers")?.headers).toMatchObject({ origin, authorization: "Bearer own" });
    expect(entryOf(await exportHar(app), "=no-page")._target).toMatchObject({ type: "user" });
    // Nobody else can connect from the extension's pages, this one among them once it is not captured.
    const tries = (tab: Page): Promise<string> => tab.evaluate((url) => new Promise<string>((resolve) => {
      const socket = new WebSocket(url);
      socket.onopen = () => resolve("open");
      socket.onerror = () => resolve("refused");
    }), `${server.webSocketUrl}/echo?name=promise`);
    expect(await tries(app)).toBe("refused");
    await app.close();
    await until(() => attachedTabs(launched), (count) => count === 0);
    await own?.reload();
    expect(own && (await tries(own))).toBe("refused");
  });

  it.runIf(IN_FULL)("loses nothing while it is in the background itself, where its timers are throttled", async () => {
    const app = await capture(page);
    await page.bringToFront();
    expect(await app.evaluate(() => document.visibilityState)).toBe("hidden");
    await openSocket(page, `${server.webSocketUrl}/steady?rate=800&size=200&seconds=2`, 1600);
    await openSocket(page, `${server.webSocketUrl}/burst?count=5000&size=150&hidden=1`, 5000);
    expect(await app.evaluate(() => document.visibilityState)).toBe("hidden");
    // What the page has, the capture may be told of a moment later.
    await app.bringToFront();
    await waitForStatus(app, "Matches", /^6,600 frames$/);
    const har = await exportHar(app);
    for (const path of ["/steady?rate=800&size=200&seconds=2", "/burst?count=5000&size=150&hidden=1"]) expect(differences(entryOf(har, path), recordOf(server, path))).toEqual([]);
    expect(await app.evaluate(() => document.body.innerText)).not.toContain(" lost");
  });
});

describe("the app page and DevTools on one tab", () => {
  async function startWorker(kind: "dedicated" | "shared"): Promise<void> {
    await page.evaluate((name) => {
      const port = name === "shared" ? new SharedWorker("/shared.js").port : new Worker("/dedicated.js");
      Object.assign(globalThis, { [name]: port });
    }, kind);
  }

  /** Resolves when the socket has closed. */
  async function openInWorker(kind: "dedicated" | "shared", path: string): Promise<void> {
    await page.evaluate(
      (name, url) =>
        new Promise<void>((resolve) => {
          const port = (globalThis as unknown as Record<string, MessagePort>)[name];
          if (port === undefined) throw new Error("It was not started.");
          port.onmessage = () => resolve();
          port.postMessage(url);
        }),
      kind,
      `${server.webSocketUrl}${path}`,
    );
  }

  const exportFrom = async (panel: Frame): Promise<Har> => {
    const { path } = await exportCapture({ browser: launched.browser, panel }, "HAR", downloads);
    return JSON.parse(await readFile(path, "utf8")) as Har;
  };

  const expectAll = (har: Har, paths: readonly string[]): void => {
    for (const path of paths) expect(differences(entryOf(har, path), recordOf(server, path)), path).toEqual([]);
    expect(har.log.entries).toHaveLength(paths.length);
  };

  /** Sockets in the page, in a worker that ran before the second view came and in those that did not. */
  async function openEverywhere(tag: string): Promise<string[]> {
    const path = (where: string): string => `/burst?count=300&size=120&close=1&where=${where}-${tag}`;
    await openSocket(page, `${server.webSocketUrl}${path("page")}`, Number.MAX_SAFE_INTEGER);
    await openInWorker("dedicated", path("dedicated"));
    await openInWorker("shared", path("shared"));
    return ["page", "dedicated", "shared"].map(path);
  }

  it.each(IN_FULL ? (["DevTools", "the app page"] as const) : (["DevTools"] as const))("hear every frame, each once; when %s, which came first, is closed, the other goes on", async (closed) => {
    const early = closed === "DevTools" ? undefined : await capture(page);
    if (early !== undefined) await startWorker("dedicated");
    await page.bringToFront();
    const { devtools, panel } = await openPanel(page, launched.extensionId);
    await waitUntilCapturing(panel);
    if (early === undefined) await startWorker("dedicated");
    const app = early ?? (await capture(page));
    await startWorker("shared");
    const paths = await openEverywhere("both");
    await waitForStatus(app, "Matches", /^900 frames$/);
    expectAll(await exportHar(app), paths);
    // DevTools stands in the page's own tab.
    await page.bringToFront();
    const untilMatches = (view: Frame, wanted: string): Promise<unknown> => until(() => view.$eval('[aria-label="Matches"]', (element) => element.textContent), (text) => text === wanted);
    await untilMatches(panel, "900 frames");
    expectAll(await exportFrom(panel), paths);
    await (closed === "DevTools" ? devtools : app).close();
    const left = closed === "DevTools" ? app.mainFrame() : panel;
    const more = await openEverywhere("one");
    expect(await attachedTabs(launched)).toBe(1);
    await (closed === "DevTools" ? app : page).bringToFront();
    await untilMatches(left, "1,800 frames");
    expectAll(await exportFrom(left), [...paths, ...more]);
    await (closed === "DevTools" ? app : devtools).close();
    await until(() => attachedTabs(launched), (count) => count === 0);
    await openInWorker("dedicated", "/burst?count=1&close=1");
  });
});
