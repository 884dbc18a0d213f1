import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { changeSettings, differences, entryOf, recordOf, setStage, until, untilAttached, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

/** Opens a socket by its own name, once something more has come over the network. */
const FEED = `<!doctype html><link rel="icon" href="data:,"><script>fetch("/more").then(() => new WebSocket(location.origin.replace("http", "ws") + "/burst?count=3&name=" + location.pathname.slice(1)));</script>`;
const TABS = ["plain", "noopener", "link", "linked-with-opener", "form", "window", "again", "inner", "inner-noopener", "foreign", "foreign-noopener", "popup-of-popup", "user", "users", "others", "blocked"];
const links = `<a id="link" target="_blank" href="/link">one</a> <a id="opener" target="_blank" rel="opener" href="/linked-with-opener">two</a>
  <form target="_blank" action="/form"><button id="form">three</button></form> <a id="user" href="/user">four</a><p id="space">five</p>`;

beforeAll(async () => {
  server = await startLoadServer({
    held: ["/more"],
    pages: {
      ...Object.fromEntries(TABS.map((name) => [`/${name}`, FEED])),
      "/page": `<!doctype html><link rel="icon" href="data:,">${links}`,
      "/frame": `<!doctype html><p id="space">frame</p>`,
    },
  });
  stage = await setStage({ url: server.url, blocksPopups: true });
  await changeSettings(stage.panel, { capturePopups: true });
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

let kept: readonly Page[];
beforeEach(async () => {
  kept = await stage.browser.pages();
  await stage.page.bringToFront();
  await stage.page.goto(`${server.url}page`);
  await click(stage.panel, "button", "Clear");
  await stage.waitForStatus("Matches", /^0 frames$/);
});
afterEach(async () => {
  for (const page of await stage.browser.pages()) if (!kept.includes(page)) await page.close();
});

const path = (name: string): string => `/burst?count=3&name=${name}`;
const isOpen = (name: string): boolean => server.record.connections.some((one) => one.path === path(name) && one.counts.received === 3);
/** Lets a tab go on, to the end of its burst. */
const letRun = (name: string): Promise<boolean> => until(() => (server.letGo(), isOpen(name)), Boolean);
/** The same of a popup of the page's, once it is attached to. */
async function letOpen(name: string, origin = server.url): Promise<void> {
  await untilAttached(stage.panel, origin + name);
  await letRun(name);
}
/** Runs a script as a gesture of the user's does: with the right to open one popup. */
const run = (script: string, target: Pick<Page, "evaluate"> = stage.page): Promise<unknown> => target.evaluate(script);

/** What was captured is these tabs' sockets, whole, and no other's. */
async function expectCaptured(names: readonly string[]): Promise<void> {
  await stage.waitForStatus("Matches", new RegExp(`^${names.length * 3} frames$`));
  const har = await stage.exportHar();
  for (const name of names) {
    expect([name, ...differences(entryOf(har, path(name)), recordOf(server, path(name)))]).toEqual([name]);
    expect(entryOf(har, path(name))._target?.type).toBe("popup");
  }
  expect(har.log.entries).toHaveLength(names.length);
}

/** A tab as the user opens it, with the captured one in front. */
async function showTab(name: string): Promise<void> {
  await stage.page.bringToFront();
  await stage.panel.evaluate(async (url) => {
    const opener = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    await chrome.tabs.create({ url, ...(opener[0]?.id !== undefined && { openerTabId: opener[0].id }) });
  }, `${server.url}${name}`);
}

describe("the popups that are captured", () => {
  it("are those of a page from the click on that says that they are not", async () => {
    await changeSettings(stage.panel, { capturePopups: false });
    await run(`void open("/plain")`);
    await letRun("plain");
    await click(stage.panel, "button", "Capture tabs that this page opens");
    await until(() => stage.panel.$(".connections-foot"), (line) => line === null);
    // The capture hears of what is stored, not of the click.
    await until(() => stage.devtools.frames().find((frame) => frame.url().includes("/src/pages/devtools/"))?.evaluate(async () => (await chrome.storage.local.get<{ settings?: { readonly capturePopups?: boolean } }>("settings")).settings?.capturePopups), (isOn) => isOn === true);
    await stage.page.bringToFront();
    await run(`void open("/window")`);
    await letOpen("window");
    await expectCaptured(["window"]);
  });

  it("are tabs that the page opens, whatever it opens them with", async () => {
    for (const [selector, name] of [["#link", "link"], ["#opener", "linked-with-opener"], ["#form", "form"]] as const) {
      await stage.page.bringToFront();
      await stage.page.click(selector);
      await letOpen(name);
    }
    for (const [name, features] of [["plain", ""], ["noopener", "noopener"], ["window", "width=300,height=300"]] as const) {
      await run(`void open("/${name}", "_blank", "${features}")`);
      await letOpen(name);
    }
    await expectCaptured(["link", "linked-with-opener", "form", "plain", "noopener", "window"]);
  });

  it("are tabs that its frames open, of its site and of another, and those that its popups open", async () => {
    const foreign = server.url.replace("127.0.0.1", "localhost");
    for (const [origin, name] of [[server.url, "inner"], [foreign, "foreign"]] as const) {
      await run(`new Promise((resolve) => document.body.append(Object.assign(document.createElement("iframe"), { src: "${origin}frame", onload: resolve }))).then(() => null)`);
      const frame = await until(() => stage.page.frames().find((one) => one.url() === `${origin}frame`), (one) => one !== undefined);
      for (const [tab, features] of [[name, ""], [`${name}-noopener`, "noopener"]] as const) {
        await frame?.evaluate(`void open("/${tab}", "_blank", "${features}")`);
        await letOpen(tab, origin);
      }
    }
    const popup = await until(async () => (await stage.browser.pages()).find((one) => one.url() === `${server.url}inner`), (one) => one !== undefined);
    if (popup !== undefined) await run(`void open("/popup-of-popup")`, popup);
    await letOpen("popup-of-popup");
    await expectCaptured(["inner", "inner-noopener", "foreign", "foreign-noopener", "popup-of-popup"]);
  });

  it("are no tabs that the user opens after Chrome has blocked one", async () => {
    await run(`globalThis.blocked = []; void open("/plain"); blocked.push(open("/blocked")); setTimeout(() => blocked.push(open("/blocked"), open("/blocked", "_blank", "noopener")))`);
    await letOpen("plain");
    await stage.page.waitForFunction("blocked.length === 3", { polling: 20 });
    expect(await run("blocked")).toEqual([null, null, null]);
    await showTab("users");
    await letRun("users");
    await stage.page.bringToFront();
    await stage.page.keyboard.down("Control");
    await stage.page.click("#user");
    await stage.page.keyboard.up("Control");
    await stage.page.click("#user", { button: "middle" });
    await until(() => stage.browser.pages(), (pages) => pages.filter((page) => page.url().endsWith("/user")).length === 2);
    expect(server.record.connections.some((one) => one.path === path("blocked"))).toBe(false);
    await expectCaptured(["plain"]);
  });

  it("are no tabs that come up in the same moment, by the user or by another page", async () => {
    const other = await stage.browser.newPage();
    await other.goto(`${server.url}page`);
    const opened = Promise.all([run(`void open("/again")`), run(`void open("/others")`, other), showTab("users")]);
    await letOpen("again");
    await opened;
    for (const name of ["others", "users"]) await letRun(name);
    await expectCaptured(["again"]);
  });

  it("are not asked for again where the user does not want them", async () => {
    await changeSettings(stage.panel, { capturePopups: false });
    await run(`void open("/plain")`);
    await click(stage.panel, "button", "Do not capture tabs that this page opens");
    await until(() => stage.panel.$(".connections-foot"), (line) => line === null);
    await letRun("plain");
    await expectCaptured([]);
  });
});
