import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { openDevTools, showPanel } from "../../scripts/devtools-session.mjs";
import { openSocket, setStage, until, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;
/** A page of the extension, to do there what only an extension can; it outlives the service worker. */
let probe: Page;

/** A page that counts what runs in it: two frames, a worker, and the worker that this starts. */
const LIVELY = `<!doctype html><script>
  globalThis.alive = new Set();
  addEventListener("message", ({ data }) => alive.add(data));
  const worker = new Worker("/worker.js");
  worker.onmessage = ({ data }) => alive.add(data);
  for (const host of ["127.0.0.1", "localhost"]) {
    const frame = document.createElement("iframe");
    frame.src = location.origin.replace("127.0.0.1", host) + "/frame?" + host;
    document.documentElement.append(frame);
  }
</script>`;

beforeAll(async () => {
  server = await startLoadServer({
    pages: {
      "/lively": LIVELY,
      "/frame": `<!doctype html><script>parent.postMessage(location.search, "*")</script>`,
      "/worker.js": `postMessage("worker"); const nested = new Worker("/nested.js"); nested.onmessage = ({ data }) => postMessage(data);`,
      "/nested.js": `postMessage("nested");`,
    },
  });
  stage = await setStage({ url: server.url });
  probe = await stage.browser.newPage();
  await probe.goto(`chrome-extension://${stage.extensionId}/src/pages/panel/index.html`);
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

const expectAlive = async (page: Page): Promise<void> => {
  const alive = await until(() => page.evaluate(() => [...((globalThis as unknown as { alive?: Set<string> }).alive ?? [])].toSorted()), ({ length }) => length === 4);
  expect(alive).toEqual(["?127.0.0.1", "?localhost", "nested", "worker"]);
};

/** As Chrome does it with one that is idle. */
async function endServiceWorker(): Promise<void> {
  const client = await probe.createCDPSession();
  await client.send("ServiceWorker.enable");
  await client.send("ServiceWorker.stopAllWorkers");
  await client.detach();
}

/** In how many tabs the extension is the debugger: only there does Chrome take its commands. */
async function attachedTabs(): Promise<number> {
  return await probe.evaluate(async () => {
    const tabs = await chrome.tabs.query({});
    const answers = await Promise.allSettled(tabs.map(({ id }) => chrome.debugger.sendCommand({ tabId: id ?? -1 }, "Runtime.evaluate", { expression: "1" })));
    return answers.filter(({ status }) => status === "fulfilled").length;
  });
}

describe("a page under capture is never left broken", () => {
  it.each([0, 20, 150])("when DevTools closes %d ms after the capture began, in the middle of a load", async (wait) => {
    const page = await stage.browser.newPage();
    await page.goto(server.url);
    const devtools = await openDevTools(page, stage.extensionId);
    const shown = showPanel(devtools, stage.extensionId).catch(() => {});
    const loaded = page.goto(`${server.url}lively`);
    await new Promise((resolve) => setTimeout(resolve, wait));
    await devtools.close();
    await Promise.all([shown, loaded]);
    await expectAlive(page);
    // A page that comes later runs as well, and so does one that comes after the detaching.
    await page.goto(`${server.url}lively?again`);
    await expectAlive(page);
    await until(attachedTabs, (count) => count === 1);
    await page.close();
  });

  it("when the service worker dies: the capture goes on, and the next one still ends it with DevTools", async () => {
    const page = await stage.browser.newPage();
    await page.goto(server.url);
    const devtools = await openDevTools(page, stage.extensionId);
    const panel = await showPanel(devtools, stage.extensionId);
    await panel.waitForSelector('[role="status"][aria-label="Capture"]');
    await until(attachedTabs, (count) => count === 2);
    await endServiceWorker();
    await page.goto(`${server.url}lively?orphaned`);
    await expectAlive(page);
    await openSocket(page, `${server.webSocketUrl}/burst?count=5`, 5);
    await until(() => panel.$eval('[aria-label="Matches"]', (element) => element.textContent), (text) => text === "5 frames");
    await devtools.close();
    // At once; or, where this page went before it could renew its lease, when the others had time to renew theirs.
    await until(attachedTabs, (count) => count === 1);
    await page.goto(`${server.url}lively?free`);
    await expectAlive(page);
    await page.close();
  });

  it("when the debugger is taken away in the middle of a load", async () => {
    const loaded = stage.page.goto(`${server.url}lively?taken`);
    await probe.evaluate(async () => {
      for (const { id } of await chrome.tabs.query({})) await chrome.debugger.detach({ tabId: id ?? -1 }).catch(() => {});
    });
    await loaded;
    await expectAlive(stage.page);
    await stage.page.goto(`${server.url}lively?after`);
    await expectAlive(stage.page);
  });
});
