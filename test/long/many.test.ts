import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { extensionWorker } from "../../scripts/extension-worker.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { heldByScripts } from "../e2e/extension-memory.ts";
import { differences, openSocket, setStage, until, type HarEntry, type Stage } from "../e2e/stage.ts";

/** What the tests share. */
interface Many {
  readonly server: LoadServer;
  readonly stage: Stage;
}

/** The server and the stage of a file's tests, each of which begins with an empty log. */
function useMany(): Many {
  const many: { server?: LoadServer; stage?: Stage } = {};
  const here = many as Many;
  beforeAll(async () => {
    many.server = await startLoadServer();
    many.stage = await setStage({ url: many.server.url });
  });
  afterAll(async () => {
    await here.stage.end();
    await here.server.close();
  });
  beforeEach(() => begin(here));
  return here;
}

async function begin({ server, stage }: Many): Promise<void> {
  await stage.page.goto(server.url);
  await click(stage.panel, "button", "Clear");
  await stage.waitForStatus("Matches", /^0 frames$/);
}

/** Every connection of the file, by its path and query, held against the server's record. */
async function expectAllTrue({ server, stage }: Many, count: number): Promise<void> {
  const { log } = await stage.exportHar();
  const har = { log: { entries: log.entries.filter(({ response }) => response.status === 101) } };
  expect(har.log.entries).toHaveLength(count);
  const records = new Map(server.record.connections.map((record) => [record.path, record]));
  const pathOf = ({ request }: HarEntry): string => request.url.replace(/^ws:\/\/[^/]+/, "");
  const wrong = har.log.entries.flatMap((entry) => {
    const record = records.get(pathOf(entry));
    return record === undefined ? [`${pathOf(entry)}: not at the server`] : differences(entry, record);
  });
  expect(wrong).toEqual([]);
  expect(new Set(har.log.entries.map(pathOf)).size).toBe(count);
  expect(await stage.panel.evaluate(() => document.body.innerText)).not.toContain(" lost");
}

const counted = (count: number): RegExp => new RegExp(`^${count.toLocaleString("en-US")} frames$`);

/** Chrome opens no 256th socket while so many are open, with us or without; each browser has one pool of them. */
const MOST_OPEN = 250;

/** So many sockets, as many of them open at once as Chrome allows, each with ten messages each way. */
async function openAtOnce(many: Many, count: number): Promise<void> {
  await many.stage.page.evaluate(
    async (address, sockets, most) => {
      const open: WebSocket[] = [];
      Object.assign(globalThis, { open });
      const converse = (socket: WebSocket, name: string): Promise<void> =>
        new Promise((resolve) => {
          let left = 10;
          socket.onmessage = () => --left === 0 && resolve();
          for (let k = 0; k < 10; k++) socket.send(`${name} ${k}`);
        });
      for (let first = 0; first < sockets; first += 50) {
        const room = Math.min(50, sockets - first);
        await Promise.all(
          open.splice(0, Math.max(0, open.length + room - most)).map(
            (socket) =>
              new Promise((resolve) => {
                socket.onclose = resolve;
                socket.close();
              }),
          ),
        );
        const next = Array.from({ length: room }, (_, i) => new WebSocket(`${address}/echo?many=${first + i}`));
        await Promise.all(
          next.map(
            (socket) =>
              new Promise<void>((resolve, reject) => {
                socket.onopen = () => resolve();
                socket.onerror = () => reject(new Error(`${socket.url} failed with ${open.length} open.`));
              }),
          ),
        );
        open.push(...next);
        await Promise.all(next.map((socket) => converse(socket, socket.url)));
      }
    },
    many.server.webSocketUrl,
    count,
    MOST_OPEN,
  );
  await many.stage.waitForStatus("Matches", counted(count * 20), 60_000);
  await expectAllTrue(many, count);
}

/** Sockets that open, hear two messages and are closed, evenly over some seconds. */
async function openAndClose(many: Many, count: number, seconds: number): Promise<void> {
  await many.stage.page.evaluate(
    async (address, sockets, over) => {
      const began = performance.now();
      await Promise.all(
        Array.from({ length: sockets }, async (_, i) => {
          await new Promise((resolve) => setTimeout(resolve, (i / sockets) * over * 1000 - (performance.now() - began)));
          // Chrome itself refuses one when too many wait for their handshake: then once more.
          for (let left = 2, attempt = 0; left > 0; attempt++) {
            if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 500));
            const socket = new WebSocket(`${address}/burst?count=2&size=60&brief=${i}`);
            left = 2;
            await new Promise<void>((resolve) => {
              socket.onmessage = () => --left === 0 && socket.close();
              socket.onclose = () => resolve();
            });
          }
        }),
      );
    },
    many.server.webSocketUrl,
    count,
    seconds,
  );
  await many.stage.waitForStatus("Matches", counted(count * 2), 60_000);
  await expectAllTrue(many, count);
}

/**
 * Goes where extensions may not follow, which ends the debugging, and back, which begins it again, so many times. What
 * the extension runs stays the same. Answers how many bytes more its scripts hold than after the first tenth of it.
 */
async function attachAgain(many: Many, times: number): Promise<number> {
  const { stage, server } = many;
  const attach = async (): Promise<void> => {
    await stage.page.goto("chrome://version");
    await stage.waitForStatus("Capture", /^Not capturing/);
    await stage.page.goto(server.url);
    await stage.waitForStatus("Capture", /^Capturing/);
  };
  // Without the service worker, which Chrome stops and starts as it likes.
  const running = (): string[] => stage.browser.targets().map((target) => target.url()).filter((url) => url.includes(stage.extensionId) && !url.endsWith("/service-worker-loader.js")).toSorted();
  const first = Math.ceil(times / 10);
  for (let i = 0; i < first; i++) await attach();
  const before = { running: running(), held: await heldByScripts(stage.browser) };
  for (let i = first; i < times; i++) await attach();
  const held = await heldByScripts(stage.browser);
  await expect.poll(running).toEqual(before.running);
  const path = "/burst?count=3&name=last";
  await stage.page.evaluate(`new Promise((resolve) => { let left = 3; new WebSocket("${server.webSocketUrl}${path}").onmessage = () => --left || resolve(); })`);
  const har = await until(() => stage.exportHar(), ({ log }) => log.entries.some(({ _webSocketMessages }) => _webSocketMessages.length === 3));
  // One debugger heard each frame once: an attachment left over would tell it twice.
  expect(har.log.entries.map(({ _webSocketMessages }) => _webSocketMessages.length)).toEqual([3]);
  return held - before.held;
}

/** An extension of somebody else's, which debugs every tab that it can. */
async function installOtherDebugger({ stage }: Many): Promise<{ readonly attached: () => Promise<number>; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "other-debugger-"));
  await writeFile(join(folder, "manifest.json"), JSON.stringify({ manifest_version: 3, name: "Other debugger", version: "1", permissions: ["debugger", "tabs"], background: { service_worker: "worker.js" } }));
  await writeFile(join(folder, "worker.js"), "globalThis.heard = 0; chrome.debugger.onEvent.addListener((source, method) => { if (method === 'Network.webSocketFrameReceived') heard++; });");
  const id = await stage.browser.installExtension(folder);
  const worker = await extensionWorker(stage.browser, `chrome-extension://${id}/worker.js`);
  await worker.evaluate(async () => {
    for (const { id: tabId, url } of await chrome.tabs.query({})) {
      if (tabId === undefined || url?.startsWith("http") !== true) continue;
      await chrome.debugger.attach({ tabId }, "1.3");
      await chrome.debugger.sendCommand({ tabId }, "Network.enable");
    }
  });
  return {
    attached: () => worker.evaluate(() => (globalThis as unknown as { heard: number }).heard),
    remove: async () => {
      await stage.browser.uninstallExtension(id);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const many = useMany();

/** What may be held of one attaching: the rows and events of two navigations. The process itself takes more, of Chrome's own. */
const BYTES_PER_ATTACH = 16_000;

describe("many at once", () => {
  it("300 sockets of a tab", () => openAtOnce(many, 300));
  it("1,000 sockets opened and closed within 10 s", () => openAndClose(many, 1000, 10));
  it("attaching 200 times leaves one debugger, and memory does not grow with them", async () => {
    expect(await attachAgain(many, 200)).toBeLessThan(200 * BYTES_PER_ATTACH);
  });

  it("another extension that debugs the same tab hears the frames, and so do we", async () => {
    const { server, stage } = many;
    const other = await installOtherDebugger(many);
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=50`, 50);
    await stage.waitForStatus("Matches", /^50 frames$/);
    await expect.poll(() => other.attached()).toBe(50);
    await other.remove();
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=20`, 20);
    await stage.waitForStatus("Matches", /^70 frames$/);
  });
});
