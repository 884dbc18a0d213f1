import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { borrowStage, differences, entryOf, letGo, recordOf, until, untilAttached, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;
/** The same server by another name: another site. */
let elsewhere: string;

/** Connects to the worker of a name, and opens sockets there. */
const PAGE = `<!doctype html><link rel="icon" href="data:,"><script>
  const connect = (name) => { globalThis.shared = new SharedWorker("/shared.js", name); };
  const open = (path) => new Promise((resolve) => { shared.port.onmessage = resolve; shared.port.postMessage(path); });
</script>`;
const WORKER = `onconnect = ({ ports: [port] }) => (port.onmessage = ({ data }) => {
  const socket = new WebSocket(location.origin.replace("http", "ws") + data);
  socket.onclose = () => port.postMessage("closed");
});`;

beforeAll(async () => {
  server = await startLoadServer({ held: ["/shared.js"], pages: { "/page": PAGE, "/other": PAGE, "/frame": PAGE, "/shared.js": WORKER } });
  elsewhere = server.url.replace("127.0.0.1", "localhost");
  stage = await borrowStage(server.url);
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

let kept: readonly Page[];
beforeEach(async () => {
  kept = await stage.browser.pages();
  await stage.page.goto(`${server.url}page`);
  await click(stage.panel, "button", "Clear");
  await stage.waitForStatus("Matches", /^0 frames$/);
});
afterEach(async () => {
  for (const page of await stage.browser.pages()) if (!kept.includes(page)) await page.close();
});

const path = (name: string): string => `/burst?count=20&close=1&name=${name}`;
const run = (script: string, target: Pick<Page, "evaluate"> = stage.page): Promise<unknown> => target.evaluate(`(async () => { ${script} })()`);
const burst = (name: string, target?: Pick<Page, "evaluate">): Promise<unknown> => run(`await open("${path(name)}")`, target);

/** Starts a worker; one of the tab's own is attached to while its script is on its way: Chrome keeps none waiting. */
async function start(name: string, whose: "ours" | "theirs", target?: Pick<Page, "evaluate">): Promise<void> {
  await run(`connect("${name}")`, target);
  if (whose === "ours") await untilAttached(stage.panel, name);
  await letGo(server);
}

async function openTab(url: string): Promise<Page> {
  const tab = await stage.browser.newPage();
  await tab.goto(url);
  await stage.page.bringToFront();
  return tab;
}

const asked = (): Promise<string> => stage.panel.evaluate(() => document.querySelector('[aria-label="Shared worker"]')?.textContent ?? "");

/** All that was captured is the sockets of these names, each whole. */
async function expectCaptured(names: readonly string[]): Promise<void> {
  const har = await until(() => stage.exportHar(), ({ log }) => log.entries.reduce((sum, { _webSocketMessages }) => sum + _webSocketMessages.length, 0) >= names.length * 20);
  for (const name of names) expect([name, ...differences(entryOf(har, path(name)), recordOf(server, path(name)))]).toEqual([name]);
  expect(har.log.entries).toHaveLength(names.length);
}

describe("a shared worker that another tab has started", () => {
  it("is told of, and captured when the user says that it is this tab's: every frame from then on, after a reload too", async () => {
    const other = await openTab(`${server.url}other`);
    await start("feed", "theirs", other);
    await until(asked, (text) => text.includes(`feed (${server.url}shared.js)`) && text.includes("it is not captured"));
    await run(`connect("feed")`);
    await burst("before");
    await click(stage.panel, "button", "Capture this shared worker");
    await until(asked, (text) => text === "");
    await burst("after");
    await stage.page.reload();
    await run(`connect("feed")`);
    await burst("reloaded");
    await expectCaptured(["after", "reloaded"]);
    await stage.page.goto(server.url);
  });

  it("is captured by itself once no other tab can be using it", async () => {
    const other = await openTab(`${server.url}other`);
    await start("alone", "theirs", other);
    await run(`connect("alone")`);
    await until(asked, (text) => text.includes("alone"));
    await burst("uncertain");
    await other.close();
    await until(asked, (text) => text === "");
    await burst("certain");
    await expectCaptured(["certain"]);
  });

  it("is never recorded where this tab does not use it, and asked about no more once it was dismissed", async () => {
    const other = await openTab(`${server.url}other`);
    await start("theirs", "theirs", other);
    await until(asked, (text) => text.includes("theirs"));
    await click(stage.panel, "button", "Do not capture this shared worker");
    await until(asked, (text) => text === "");
    await burst("theirs", other);
    await start("ours", "ours");
    await burst("ours");
    await expectCaptured(["ours"]);
    expect(await asked()).toBe("");
  });

  it("is this tab's no longer when the tab goes to another site", async () => {
    const other = await openTab(`${server.url}other`);
    await start("mine", "ours");
    await burst("mine");
    await run(`connect("mine")`, other);
    await stage.page.goto(`${elsewhere}page`);
    await until(() => stage.status("Capture"), (text) => text.startsWith("Capturing"));
    await burst("gone", other);
    await start("here", "ours");
    await burst("here");
    await expectCaptured(["mine", "here"]);
  });

  it("is told from one of a frame of the same origin under another tab's page", async () => {
    const host = elsewhere.replace("localhost", "news.localhost");
    await stage.page.goto(`${elsewhere}page`);
    const other = await openTab(`${host}other`);
    await run(`await new Promise((resolve) => document.documentElement.append(Object.assign(document.createElement("iframe"), { src: "${elsewhere}frame", onload: resolve })))`, other);
    const frame = await until(() => other.frames().find((one) => one.url() === `${elsewhere}frame`), (one) => one !== undefined);
    if (frame === undefined) throw new Error("The other tab shows no frame.");
    await start("feed", "theirs", frame);
    await until(asked, (text) => text.includes("feed"));
    // Of one origin, address and name; the browser keeps them apart all the same.
    await start("feed", "ours");
    await Promise.all([burst("framed", frame), burst("own")]);
    await burst("own-again");
    await burst("framed-again", frame);
    await expectCaptured(["own", "own-again"]);
  });
});
