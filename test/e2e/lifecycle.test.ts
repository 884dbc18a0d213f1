import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { openDevTools, openPanel, showPanel } from "../../scripts/devtools-session.mjs";
import { click, waitUntilCapturing } from "../../scripts/panel-actions.mjs";
import { attachedTabs, borrowStage, devtoolsPageOf, openSocket, until, waitForStatus, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

beforeAll(async () => {
  server = await startLoadServer();
  stage = await borrowStage(server.url);
});
afterAll(async () => {
  await stage.end();
  await server.close();
});
beforeEach(async () => {
  await stage.page.goto(server.url);
  await click(stage.panel, "button", "Clear");
  await stage.waitForStatus("Matches", /^0 frames$/);
});

/** What stands in the table. */
const rowTexts = (): Promise<string> => stage.panel.$$eval('[role="grid"] [role="row"]', (rows) => rows.map((row) => (row as HTMLElement).innerText.replace(/\s+/g, " ")).join("\n"));

describe("a capture's life", () => {
  it("hears only its own tab", async () => {
    const other = await stage.browser.newPage();
    await other.goto(server.url);
    const second = await openPanel(other, stage.extensionId);
    await waitUntilCapturing(second.panel);
    await openSocket(other, `${server.webSocketUrl}/burst?count=30`, 30);
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=20`, 20);
    await stage.waitForStatus("Matches", /^20 frames$/);
    await waitForStatus(second.panel, "Matches", /^30 frames$/);
    await other.close();
  });

  it("marks a navigation, ends the sockets that it ended, and keeps the log", async () => {
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=5`, 5);
    await stage.page.goto(`${server.url}next`);
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=3`, 3);
    await stage.waitForStatus("Matches", /^8 frames$/);
    await expect.poll(rowTexts).toContain(`${server.url}next`);
    await expect.poll(rowTexts).toContain("Closed: the page navigated");
    const { log } = await stage.exportHar();
    expect(log.entries.map(({ _webSocketMessages }) => _webSocketMessages.length)).toEqual([5, 3]);
  });

  it("pauses, says how many frames passed meanwhile, goes on, and clears", async () => {
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=4`, 4);
    await stage.waitForStatus("Matches", /^4 frames$/);
    await click(stage.panel, "button", "Record");
    await stage.waitForStatus("Capture", /^Paused/);
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=7`, 7);
    // The page may have heard them before the capture was told.
    await until(() => stage.panel.$eval(".frames-paused", ({ textContent }) => textContent ?? ""), (text) => text.includes("7 frames passed"));
    await click(stage.panel, "button", "Record");
    await stage.waitForStatus("Capture", /^Capturing/);
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=2`, 2);
    await stage.waitForStatus("Matches", /^6 frames$/);
    await expect.poll(rowTexts).toContain("7 frames passed by unrecorded");
    await click(stage.panel, "button", "Clear");
    await stage.waitForStatus("Matches", /^0 frames$/);
  });

  it("goes on after a crash of the tab and keeps what it had", async () => {
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=5`, 5);
    await stage.waitForStatus("Matches", /^5 frames$/);
    // The answer to this navigation never comes: the page that was to give it is gone.
    stage.page.goto("chrome://crash").catch(() => {});
    await stage.waitForStatus("Capture", /crashed/);
    await click(stage.panel, "button", "Reload page");
    await stage.waitForStatus("Capture", /^Capturing/);
    await until(() => stage.page.evaluate("`${document.readyState} ${location.href}`"), (page) => page === `complete ${server.url}`);
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=2`, 2);
    await stage.waitForStatus("Matches", /^7 frames$/);
  });

  it("says why a page of Chrome's own is not captured, keeps the frames, and goes on with the next page", async () => {
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=5`, 5);
    await stage.waitForStatus("Matches", /^5 frames$/);
    await stage.page.goto("chrome://version");
    await stage.waitForStatus("Capture", /^Not capturing: /);
    expect(await stage.status("Matches")).toBe("5 frames");
    await stage.page.goto(server.url);
    await stage.waitForStatus("Capture", /^Capturing/);
  });

  it("begins with the panel's first showing, not before", async () => {
    const other = await stage.browser.newPage();
    await other.goto(server.url);
    await stage.panel.evaluate(() => chrome.storage.session.remove("panel loaded unseen"));
    const devtools = await openDevTools(other, stage.extensionId);
    // For Chrome to compile it, the panel is loaded where nobody sees it, and goes again; on a busy machine that may be over by now.
    const { frame } = await devtoolsPageOf({ devtools });
    const isGoneAgain = async (): Promise<boolean> => (await chrome.storage.session.get("panel loaded unseen"))["panel loaded unseen"] === true && document.querySelector("iframe") === null;
    await until(() => frame.evaluate(isGoneAgain), Boolean);
    expect(await attachedTabs(stage)).toBe(1);
    await waitUntilCapturing(await showPanel(devtools, stage.extensionId));
    expect(await attachedTabs(stage)).toBe(2);
    await other.close();
    await until(() => attachedTabs(stage), (count) => count === 1);
  });

  // The last: nothing is left to look at.
  it("ends with DevTools: the debugger is detached", async () => {
    await until(() => attachedTabs(stage), (count) => count === 1);
    await stage.devtools.close();
    await until(() => attachedTabs(stage), (count) => count === 0);
    await openSocket(stage.page, `${server.webSocketUrl}/echo`, 0);
  });
});
