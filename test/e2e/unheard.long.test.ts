import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { IS_OLD_CHROME } from "./chrome-version.ts";
import { borrowStage, devtoolsPageOf, differences, entryOf, recordOf, until, type DispatchedEvent, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;
/** A page of another extension: where it is shown in a frame, Chrome ends our debugging of the page round it. */
let forbidden: string;
let otherExtension: string;
let folder: string;

beforeAll(async () => {
  server = await startLoadServer();
  stage = await borrowStage(server.url);
  folder = await mkdtemp(join(tmpdir(), "other-extension-"));
  await writeFile(join(folder, "manifest.json"), JSON.stringify({ manifest_version: 3, name: "Other", version: "1", web_accessible_resources: [{ resources: ["page.html"], matches: ["<all_urls>"] }] }));
  await writeFile(join(folder, "page.html"), "<!doctype html>");
  otherExtension = await stage.browser.installExtension(folder);
  forbidden = `chrome-extension://${otherExtension}/page.html`;
});
afterAll(async () => {
  try {
    await stage.browser.uninstallExtension(otherExtension);
  } finally {
    await stage.end();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
});
beforeEach(async () => {
  await stage.page.goto(server.url);
  await stage.waitForStatus("Capture", /^Capturing/);
  await click(stage.panel, "button", "Clear");
  await stage.waitForStatus("Matches", /^0 frames$/);
});

const run = (script: string): Promise<unknown> => stage.page.evaluate(`(async () => { ${script} })()`);
const openUnheard = (name: string, path: string): Promise<unknown> =>
  run(`globalThis.${name} = new WebSocket("${server.webSocketUrl}${path}"); await new Promise((resolve) => (${name}.onopen = resolve));`);
/** Resolves when the panel knows of it too: the page may be told first. */
async function open(name: string, path: string): Promise<void> {
  await openUnheard(name, path);
  const isHeard = (url: string): boolean => [...document.querySelectorAll<HTMLElement>(".connections-two-lines")].some(({ title }) => title.startsWith(`${url}\n`) && !title.startsWith(`${url}\nconnecting`));
  await stage.panel.waitForFunction(isHeard, { polling: 25 }, `${server.webSocketUrl}${path}`);
}
const endCapture = async (): Promise<void> => {
  await run(`globalThis.frame = document.documentElement.appendChild(Object.assign(document.createElement("iframe"), { src: "${forbidden}" })); globalThis.loaded = new Promise((resolve) => (frame.onload = resolve));`);
  await stage.waitForStatus("Capture", /^Not capturing/);
};

describe("a time in which Chrome had ended the debugging, while the page went on", () => {
  it.skipIf(IS_OLD_CHROME)("is filled in from DevTools’ own log, each frame once and in order; what closed then is closed", async () => {
    const feed = "/steady?rate=200&stoppable=1&name=feed";
    const brief = "/echo?name=brief";
    await open("feed", feed);
    await open("brief", brief);
    await run(`brief.send("before");`);
    await until(() => recordOf(server, feed).counts.received, (count) => count > 100);
    await endCapture();
    const first = recordOf(server, feed).counts.received;
    await run(`brief.send("unheard"); await new Promise((resolve) => (brief.onmessage = resolve)); brief.close(); frame.remove();`);
    await openUnheard("late", "/burst?count=20&name=late");
    await until(() => recordOf(server, feed).counts.received, (count) => count > first + 200);
    await click(stage.panel, "button", "Resume");
    await stage.waitForStatus("Capture", /^Capturing/);
    const resumed = recordOf(server, feed).counts.received;
    await until(() => recordOf(server, feed).counts.received, (count) => count > resumed + 100);
    await run(`feed.send("stop");`);
    await until(() => recordOf(server, feed).counts.sent, (count) => count === 1);
    const har = await until(() => stage.exportHar(), (one) => entryOf(one, feed)._webSocketMessages.length >= recordOf(server, feed).frames.length);
    for (const path of [feed, brief, "/burst?count=20&name=late"]) expect([path, ...differences(entryOf(har, path), recordOf(server, path))]).toEqual([path]);
    const times = entryOf(har, feed)._webSocketMessages.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(entryOf(har, brief).comment).toMatch(/Closed/);
    expect(har.log.entries).toHaveLength(3);
  });

  it.skipIf(IS_OLD_CHROME)("is a row that says how long it was", async () => {
    await open("feed", "/echo?name=quiet");
    await endCapture();
    await run(`frame.remove();`);
    await click(stage.panel, "button", "Resume");
    await stage.waitForStatus("Capture", /^Capturing/);
    await stage.panel.waitForFunction(() => /Not capturing for \d+(\.\d)? s\. Filled in from DevTools' log/.test(document.querySelector('[role="grid"]')?.textContent ?? ""), { polling: 50 });
  });

  it("leaves no socket open that went with its page", async () => {
    await open("gone", "/echo?name=gone");
    await endCapture();
    await stage.page.goto(`${server.url}next`);
    await stage.waitForStatus("Capture", /^Capturing/);
    await until(async () => entryOf(await stage.exportHar(), "/echo?name=gone").comment ?? "", (comment) => comment.includes("Closed: the page navigated"));
  });

  it("is told as what it is: whose frame or page Chrome ended it for, when it ends and when it is refused again", async () => {
    await endCapture();
    const frame = `Not capturing: A frame in this page belongs to another extension (${otherExtension}). While it is there, Chrome does not allow debugging`;
    await until(() => stage.status("Capture"), (text) => text.startsWith(frame));
    // Chrome ends the debugging before the frame is there, and would allow it again until then.
    await run(`await loaded;`);
    await click(stage.panel, "button", "Resume");
    await until(() => stage.status("Capture"), (text) => text.startsWith(frame));
    await stage.page.goto(forbidden);
    await until(() => stage.status("Capture"), (text) => text.startsWith(`Not capturing: This page belongs to another extension (${otherExtension})`));
    await stage.page.goto("chrome://version");
    await until(() => stage.status("Capture"), (text) => text.startsWith("Not capturing: Chrome does not allow extensions to debug chrome:// pages"));
    await stage.page.goto(server.url);
    await stage.waitForStatus("Capture", /^Capturing/);
    await stage.page.goto("chrome://version");
    await stage.waitForStatus("Capture", /^Not capturing: Chrome does not allow extensions to debug chrome:\/\/ pages/);
  });

  it("lasts, when the user cancelled it in Chrome's bar, until the user resumes it; the page that was left has ended", async () => {
    await open("cancelled", "/echo?name=cancelled");
    const { frame, tabId } = await devtoolsPageOf(stage);
    await frame.evaluate(async (tab) => {
      await chrome.debugger.detach({ tabId: tab });
      (chrome.debugger.onDetach as unknown as DispatchedEvent).dispatch({ tabId: tab }, "canceled_by_user");
    }, tabId);
    await stage.waitForStatus("Capture", /^Not capturing: Debugging was cancelled in Chrome's bar/);
    await stage.page.goto(`${server.url}elsewhere`);
    await until(async () => entryOf(await stage.exportHar(), "/echo?name=cancelled").comment ?? "", (comment) => comment.includes("Closed: the page navigated"));
    expect(await stage.status("Capture")).toMatch(/^Not capturing/);
    await click(stage.panel, "button", "Resume");
    await stage.waitForStatus("Capture", /^Capturing/);
    const path = "/burst?count=5&name=resumed";
    await open("resumed", path);
    const har = await until(() => stage.exportHar(), ({ log }) => log.entries.some(({ request, _webSocketMessages }) => request.url.endsWith("resumed") && _webSocketMessages.length === 5));
    expect(differences(entryOf(har, path), recordOf(server, path))).toEqual([]);
  });

  it("goes on by itself after the page crashed, with its sockets ended", async () => {
    await open("crashing", "/echo?name=crashing");
    void stage.page.goto("chrome://crash").catch(() => {});
    await stage.waitForStatus("Capture", /^Not capturing: The page crashed/);
    expect(await stage.panel.$('::-p-aria([name="Resume"][role="button"])')).toBeNull();
    await stage.page.goto(server.url);
    await stage.waitForStatus("Capture", /^Capturing/);
    await open("after", "/burst?count=3&name=after");
    await stage.waitForStatus("Matches", /^3 frames$/);
    const har = await stage.exportHar();
    expect(entryOf(har, "/echo?name=crashing").comment).toMatch(/Closed: its page or worker ended/);
    expect(differences(entryOf(har, "/burst?count=3&name=after"), recordOf(server, "/burst?count=3&name=after"))).toEqual([]);
  });
});
