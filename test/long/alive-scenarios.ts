import { readFile } from "node:fs/promises";
import type { WebWorker } from "puppeteer-core";
import { expect } from "vitest";
import type { LoadServer } from "../../demo/load-server.mjs";
import { isSamePayload, type RecordedFrame } from "../../demo/server-record.mjs";
import { setFilter } from "../../scripts/panel-actions.mjs";
import { entryOf, recordOf, setStage, until, type Har, type Stage } from "../e2e/stage.ts";

/** What is killed, and how: it ends without an error event, or something in it throws and nobody catches it. */
export const VICTIMS = ["the engine's worker", "the decode thread", "the scan thread", "the service worker"] as const;
export interface Kill {
  readonly victim: (typeof VICTIMS)[number];
  readonly how: "ends" | "throws";
}

const SCRIPTS = { "the engine's worker": /\/worker-[^/]+\.js$/, "the decode thread": /\/decode-worker-/, "the scan thread": /\/scan-worker-/ };
const PATH = "/steady?rate=1000&size=200&stoppable=1&name=alive";
/** All of the flow's messages; it asks both the decoders and the scan thread. */
const FILTER = 'protocol:json /"seq":\\d/';
/** A thread is known to have ended once its script runs, which takes no longer than this. */
const STARTS_MS = 3000;

const TOLD_WITHIN_MS = 2000;
const GOES_ON_WITHIN_MS = 3000;

interface Figures {
  readonly capture: string;
  readonly frames: number;
  readonly lost: number;
  /** Internal errors, and engines that took over. */
  readonly faults: number;
  readonly restarts: number;
}

async function figuresOf({ panel }: Stage): Promise<Figures> {
  return await panel.evaluate(() => {
    const read = (selector: string, pattern: RegExp): number => Number(pattern.exec(document.querySelector(selector)?.textContent ?? "")?.[1]?.replaceAll(",", "") ?? 0);
    const recorder = document.querySelector('[role="status"][aria-label="Recorder"]')?.textContent ?? "";
    return {
      capture: document.querySelector('[role="status"][aria-label="Capture"]')?.textContent ?? "",
      frames: read(".status-frames", /([\d,]+)/),
      lost: read(".status-lost", /([\d,]+)/),
      faults: read('[aria-label^="Copy error report"]', /([\d,]+)/),
      restarts: recorder === "" ? 0 : read('[aria-label="Recorder"]', /restarted ([\d,]+) times/) || 1,
    };
  });
}

async function kill(stage: Stage, { victim, how }: Kill): Promise<void> {
  if (victim === "the service worker") {
    const probe = await stage.page.createCDPSession();
    await probe.send("ServiceWorker.enable");
    await probe.send("ServiceWorker.stopAllWorkers");
    return await probe.detach();
  }
  const worker = await until<WebWorker | undefined>(() => stage.devtools.workers().find((one) => SCRIPTS[victim].test(one.url())), (found) => found !== undefined);
  if (how === "throws") await worker?.evaluate(() => void setTimeout(() => { throw new TypeError("thrown by a test"); }));
  // No answer comes from one that has ended.
  else void worker?.evaluate(() => self.close()).catch(() => {});
}

export interface Endured {
  /** Milliseconds until the panel told it, and until frames went on: the longest. */
  readonly told: number;
  readonly wentOn: number;
  readonly lost: number;
  readonly frames: number;
}

/** Waits until a thread runs that was started last, or with the engine's worker; and a moment that nobody chose. */
async function untilRuns(begun: ReadonlyMap<Kill["victim"], number>, { victim, how }: Kill): Promise<void> {
  const isThread = victim === "the decode thread" || victim === "the scan thread";
  const since = Math.max(begun.get(victim) ?? 0, begun.get("the engine's worker") ?? 0);
  const left = isThread && how === "ends" ? Math.max(0, since + STARTS_MS - performance.now()) : 0;
  await new Promise((resolve) => setTimeout(resolve, left + Math.random() * 700));
}

/** Kills, again and again, at random moments of 1,000 frames/s; answers how it went. */
export async function endure(server: LoadServer, kills: readonly Kill[]): Promise<Endured> {
  const stage = await setStage({ url: server.url });
  try {
    await stage.page.evaluate((address) => void Object.assign(globalThis, { flow: new WebSocket(address) }), server.webSocketUrl + PATH);
    await stage.waitForStatus("Matches", /^\d/);
    await setFilter(stage, FILTER);
    let [told, wentOn] = [0, 0];
    // All began with the stage.
    const begun = new Map<Kill["victim"], number>(VICTIMS.map((victim) => [victim, performance.now()]));
    for (const one of kills) {
      await untilRuns(begun, one);
      const before = await figuresOf(stage);
      expect(before.capture).toBe("Capturing");
      await kill(stage, one);
      const began = performance.now();
      const isTold = (now: Figures): boolean => (one.victim === "the service worker" ? true : one.victim === "the engine's worker" && one.how === "ends" ? now.restarts > before.restarts : now.faults > before.faults);
      await until(() => figuresOf(stage), isTold, 10_000);
      told = Math.max(told, performance.now() - began);
      const atTelling = await figuresOf(stage);
      await until(() => figuresOf(stage), (now) => now.capture === "Capturing" && now.frames > atTelling.frames && now.frames + now.lost > before.frames + before.lost, 10_000);
      wentOn = Math.max(wentOn, performance.now() - began);
      if (one.how === "ends") begun.set(one.victim, performance.now());
      if (one.how === "throws") expect((await figuresOf(stage)).lost).toBe(before.lost);
    }
    await stage.page.evaluate(() => (globalThis as unknown as { flow: WebSocket }).flow.send("stop"));
    const record = recordOf(server, PATH);
    const { sent } = await until(() => ({ ...record.counts }), ({ sent: stops }) => stops === 1);
    const { frames, lost } = await until(() => figuresOf(stage), (now) => now.frames + now.lost === record.counts.received + sent, 20_000);
    const all = frames.toLocaleString("en-US");
    expect(await stage.panel.$$eval('[role="alert"]', (alerts) => alerts.map(({ textContent }) => textContent))).toEqual([]);
    // Every message is decoded and found, whatever thread had to be started anew; the one that stopped the flow is no JSON.
    await stage.waitForStatus("Matches", new RegExp(`^${(frames - 1).toLocaleString("en-US")} of ${all}$`));
    await expectRest(stage, record.frames.filter(({ direction }) => direction === "received"), lost);
    return { told, wentOn, lost, frames };
  } finally {
    await stage.end();
  }
}

/** What was captured is what the server sent, in order and byte for byte; what is missing of it was counted. */
async function expectRest(stage: Stage, sent: readonly RecordedFrame[], lost: number): Promise<void> {
  const har = JSON.parse(await readFile(await stage.exportFile("HAR"), "utf8")) as Har;
  const messages = entryOf(har, PATH)._webSocketMessages.filter(({ type }) => type === "receive");
  let missing = 0;
  let at = 0;
  for (const { data } of messages) {
    const bytes = Buffer.from(data, "utf8");
    while (at < sent.length && !isSamePayload(sent[at] as RecordedFrame, bytes)) {
      at++;
      missing++;
    }
    if (at === sent.length) throw new Error(`“${data.slice(0, 60)}” is not what the server sent, or not in its order.`);
    at++;
  }
  missing += sent.length - at;
  expect(missing).toBe(lost);
}

export function expectInTime({ told, wentOn }: Endured): void {
  expect(told).toBeLessThan(TOLD_WITHIN_MS);
  expect(wentOn).toBeLessThan(GOES_ON_WITHIN_MS);
}
