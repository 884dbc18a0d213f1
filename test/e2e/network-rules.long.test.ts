import { afterAll, beforeAll, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { axeFaults } from "./axe-faults.ts";
import { clicksOf } from "./clicks.ts";
import { askForMenu, fillIn } from "./send-drawer.ts";
import { borrowStage, until, type Stage } from "./stage.ts";

/** Connects at once and again, and counts what it gets and how often it lost it. */
const FEED = `
globalThis.got = 0;
globalThis.lost = 0;
globalThis.connect = (path) => {
  const socket = new WebSocket(location.origin.replace("http", "ws") + path);
  socket.onmessage = () => got++;
  socket.onclose = () => { lost++; setTimeout(connect, 200, path); };
};
connect("/steady?rate=50&size=60");`;
const WORKER = `${FEED} onmessage = ({ data }) => { if (data === "another") connect("/steady?rate=50&size=60&name=another"); postMessage([got, lost]); };`;
const PAGE = `<!doctype html><script>${FEED}
globalThis.worker = new Worker("/worker.js");
globalThis.beside = { got: 0, socket: new WebSocket(location.origin.replace("http", "ws") + "/echo") };
beside.socket.onmessage = () => beside.got++;
const frame = document.createElement("iframe");
frame.src = location.href.replace("127.0.0.1", "localhost").replace("/page", "/frame");
document.documentElement.append(frame);
</script>`;

let server: LoadServer;
let stage: Stage;

beforeAll(async () => {
  server = await startLoadServer({ pages: { "/page": PAGE, "/frame": `<!doctype html><script>${FEED}</script>`, "/worker.js": WORKER } });
  stage = await borrowStage(server.url);
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

type Counts = readonly (readonly [got: number, lost: number])[];

/** Of the page, its frame on another site, and its worker. */
async function counts(): Promise<Counts> {
  const { page } = stage;
  const frame = page.frames().find((one) => one.url().includes("/frame"));
  const inFrame = (await frame?.evaluate("[globalThis.got ?? 0, globalThis.lost ?? 0]").catch(() => undefined)) as [number, number] | undefined;
  return [
    (await page.evaluate("[got, lost]")) as [number, number],
    inFrame ?? [0, 0],
    (await page.evaluate("new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); worker.postMessage(''); })")) as [number, number],
  ];
}
const isFed = (now: Counts): boolean => now.every(([got]) => got > 3);

/** Nothing comes any more while the socket beside it goes on. */
async function untilStill(): Promise<void> {
  const { page } = stage;
  const came = async (): Promise<number> => {
    const before = await counts();
    const echoed = (await page.evaluate("beside.got")) as number;
    await until(
      () => page.evaluate("beside.socket.send('x'), new Promise((resolve) => setTimeout(() => resolve(beside.got), 50))") as Promise<number>,
      (got) => got > echoed + 5,
    );
    const now = await counts();
    return now.reduce((sum, [got], i) => sum + got - (before[i]?.[0] ?? 0), 0);
  };
  await until(came, (count) => count === 0);
}

const typePattern = (text: string): Promise<boolean> => fillIn(stage.panel, 'input[aria-label="URL pattern"]', text);

it("a pattern of URLs meets as many connections as it says, in the page, a frame and a worker, over a navigation and before they run", async () => {
  const { page, panel } = stage;
  await page.goto(`${server.url}page`);
  await until(counts, isFed);
  await click(panel, "button", "Rules");
  await typePattern("*/steady*");
  await stage.waitForStatus("Connections met", /^Meets 3 open connections$/);
  expect(await axeFaults(panel, ".rules")).toEqual([]);
  await click(panel, "button", "Apply");
  await stage.waitForStatus("Network rules", /1 network rule on/);
  await untilStill();
  expect((await counts()).map(([, lost]) => lost)).toEqual([0, 0, 0]);
  await until(() => panel.$$eval(".connections-ruled", (found) => found.map(({ textContent }) => textContent)), (found) => found.length === 3 && found.every((text) => text === "Frozen"));

  // Another document with its frame and worker: none of them gets a connection, from its first on.
  await page.goto(`${server.url}page?again`);
  const refused = await until(counts, (now) => now.every(([, lost]) => lost > 1));
  expect(refused.map(([got]) => got)).toEqual([0, 0, 0]);
  expect(await page.evaluate("new Promise((resolve) => { beside.socket.send('x'); beside.socket.onmessage = () => resolve('passes'); })")).toBe("passes");
  await click(panel, "button", "Lift */steady*");
  await until(counts, isFed);
  await until(() => panel.$('[role="status"][aria-label="Network rules"]'), (found) => found === null);
});

it("a pattern without a query meets no connection with one", async () => {
  const { page, panel } = stage;
  await page.evaluate(`globalThis.asked = { got: 0, socket: new WebSocket(location.origin.replace("http", "ws") + "/echo?x=1") }; asked.socket.onmessage = () => asked.got++; new Promise((resolve) => (asked.socket.onopen = () => resolve(null)))`);
  await typePattern(`127.0.0.1:${new URL(server.url).port}/echo`);
  await stage.waitForStatus("Connections met", /^Meets 1 open connection$/);
  await click(panel, "button", "Apply");
  await stage.waitForStatus("Network rules", /1 network rule on/);
  await page.evaluate("beside.got = 0; beside.socket.onmessage = () => beside.got++; beside.socket.send('held'); null");
  await until(() => page.evaluate("asked.socket.send('x'), asked.got") as Promise<number>, (got) => got > 10);
  expect(await page.evaluate("beside.got")).toBe(0);
  await click(panel, "button", "Lift");
  await until(() => page.evaluate("beside.got") as Promise<number>, (got) => got === 1);
});

it("new connections are refused while those that are open lose nothing, in the page, a frame and a worker", async () => {
  const { page, panel } = stage;
  await page.goto(`${server.url}page?refuse`);
  await until(counts, isFed);
  await page.evaluate(`globalThis.order = []; globalThis.open = new WebSocket(location.origin.replace("http", "ws") + "/steady?rate=50&size=60&name=open"); open.onmessage = ({ data }) => order.push(data); new Promise((resolve) => (open.onopen = () => resolve(null)))`);
  await typePattern("*/steady*");
  await stage.waitForStatus("Connections met", /^Meets 4 open connections$/);
  await panel.select(".rules-network select", "1");
  await click(panel, "button", "Apply");
  await stage.waitForStatus("Network rules", /1 network rule on/);
  await until(() => panel.$eval(".rules-foot .rules-one", ({ textContent }) => textContent ?? ""), (text) => text.startsWith("New connections refused: */steady* (4 open connections)"));
  expect(await panel.$eval(".rules-foot .rules-limit", ({ textContent }) => textContent)).toMatch(/stays connecting until that one has ended/);
  const before = await counts();
  const another = `connect("/steady?rate=50&size=60&name=another")`;
  await page.evaluate(another);
  await page.frames().find((one) => one.url().includes("/frame"))?.evaluate(another);
  await page.evaluate(`worker.postMessage("another")`);
  // Each that is lost connects again, and is lost again.
  const refused = await until(counts, (now) => now.every(([, lost], i) => lost >= (before[i]?.[1] ?? 0) + 3));
  await until(counts, (now) => now.every(([got], i) => got > (refused[i]?.[0] ?? 0) + 25));
  expect(server.record.connections.filter(({ path }) => path.endsWith("name=another"))).toEqual([]);
  const record = server.record.connections.find(({ path }) => path.endsWith("name=open"));
  const got = (await page.evaluate("order")) as string[];
  expect(got).toEqual(record?.frames.slice(0, got.length).map(({ payload }) => payload?.toString()));
  // Of a URL that has a connection a new one waits; once that has none any more, it is refused like others.
  await page.evaluate(`globalThis.same = new WebSocket(open.url); globalThis.ended = new Promise((resolve) => (same.onclose = ({ code }) => resolve(code))); open.close(); null`);
  const then = await counts();
  await until(counts, (now) => now.every(([count], i) => count > (then[i]?.[0] ?? 0) + 25));
  expect(await page.evaluate("open.readyState === 3 && same.readyState === 0")).toBe(true);
  await page.evaluate("same.close(); ended");
  // One that is begun again at once stands for one that is open, and waits as well: the page takes its time between two.
  const lasted = (): Promise<number> => page.evaluate(`new Promise((resolve) => setTimeout(() => { const began = performance.now(); const socket = new WebSocket(open.url); socket.onclose = () => resolve(performance.now() - began); setTimeout(() => socket.close(), 1000); }, 1000))`) as Promise<number>;
  await until(lasted, (milliseconds) => milliseconds < 900);
  await click(panel, "button", "Lift */steady*");
  await until(() => server.record.connections.filter(({ path }) => path.endsWith("name=another")).length, (count) => count === 3);
});

it("a feed that stalls, dies and comes back is three clicks away, and lifted with one", async () => {
  const { page, panel } = stage;
  await page.goto(`${server.url}page?three`);
  await until(counts, isFed);
  // The first of the three.
  await until(() => panel.evaluate(askForMenu, "/steady"), Boolean);
  const more = await clicksOf(panel, async () => {
    await click(panel, "menuitem", "Network");
    await click(panel, "menuitemradio", "Stall 30 s, die, come back");
  });
  expect(more).toBe(2);
  await stage.waitForStatus("Network rules", /1 network rule on/);
  // How long yet is counted down.
  await until(() => panel.$$eval(".connections-ruled", (found) => found.map(({ textContent }) => textContent)), (found) => found.some((text) => /^Frozen · \d+ s$/.test(text ?? "")));
  expect(await stage.waitForStatus("Network rules", /· Frozen · \d+ s/)).toContain("1 network rule on");
  await click(panel, "button", "Lift");
  await until(() => panel.$('[role="status"][aria-label="Network rules"]'), (found) => found === null);
  const before = await counts();
  await until(counts, (now) => now.every(([got], i) => got > (before[i]?.[0] ?? 0)));
});
