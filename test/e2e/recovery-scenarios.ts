import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Frame } from "puppeteer-core";
import { afterAll, beforeAll, expect } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { randomFrom } from "../../demo/random.mjs";
import { isSamePayload, type ConnectionRecord } from "../../demo/server-record.mjs";
import { openSession, showView, type Session } from "../../scripts/devtools-session.mjs";
import { pressToolbarButton } from "../../scripts/app-page.mjs";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { launchBrowser } from "../../scripts/launch-browser.mjs";
import { click, exportCapture, find, waitUntilCapturing } from "../../scripts/panel-actions.mjs";
import { entryOf, statusText, waitForStatus, type Har } from "./stage.ts";

/** A profile that outlives its browsers, as a user's does. */
export interface Profile {
  readonly server: LoadServer;
  readonly folder: string;
  readonly remove: () => Promise<void>;
}

export async function makeProfile(server: LoadServer): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), "framescope-recovery-"));
  return { server, folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }) };
}

/** The profile of a file's tests, and what kills its browsers at moments that nobody chose; SEED makes them the same again. */
export function useKills(): (kills: (random: () => number) => readonly Kill[]) => Promise<void> {
  let profile: Profile;
  beforeAll(async () => {
    profile = await makeProfile(await startLoadServer());
  });
  afterAll(async () => {
    await profile.server.close();
    await profile.remove();
  });
  return async (kills) => {
    const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
    console.log(`seed of the moments: ${seed}`);
    await killAndRecover(profile, kills(randomFrom(seed)));
  };
}

export async function start({ server, folder }: Profile): Promise<Session> {
  const { path: executablePath } = await findBrowser();
  const session = await openSession({ executablePath, url: server.url, width: 1100, height: 560, profile: join(folder, "profile") });
  await waitUntilCapturing(session.panel);
  return session;
}

type AppSession = Omit<Session, "devtools"> & { readonly devtools: null };

/** The app page captures, in a tab beside the page's. */
export async function startInApp({ server, folder }: Profile): Promise<AppSession> {
  const { path: executablePath } = await findBrowser();
  const launched = await launchBrowser({ executablePath, profile: join(folder, "profile") });
  const page = (await launched.browser.pages())[0] ?? (await launched.browser.newPage());
  await page.goto(server.url);
  const panel = (await pressToolbarButton(launched, page)).mainFrame();
  await waitUntilCapturing(panel);
  return { ...launched, page, panel, devtools: null };
}

/** The same in a tab that nobody sees. */
async function startBehind(profile: Profile): Promise<AppSession> {
  const session = await startInApp(profile);
  await session.page.bringToFront();
  return session;
}

const TEXT = "/steady?rate=300&size=150&name=text";
const BINARY = "/steady?rate=150&size=900&binary=1&name=binary";
/** What a page had received so long before the kill must be there. */
const GRACE_MS = 1000;

/** Two sockets on which the server numbers its messages; the page answers each at once, so the server knows what it got. */
async function openAnsweringSockets({ page }: Pick<Session, "page">, { server }: Profile): Promise<void> {
  await page.evaluate(
    async (base, paths) => {
      const sockets = paths.map((path) => {
        const socket = new WebSocket(base + path);
        socket.binaryType = "arraybuffer";
        let count = 0;
        socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
          count++;
          socket.send(typeof data === "string" ? `got ${count}: ${data.slice(0, 40)}` : new Uint8Array(data, 0, Math.min(count, data.byteLength)));
        };
        return socket;
      });
      Object.assign(globalThis, { sockets });
      await Promise.all(sockets.map((socket) => new Promise((resolve) => (socket.onopen = resolve))));
    },
    server.webSocketUrl,
    [TEXT, BINARY],
  );
}

export const PLACES = ["panel shown", "panel hidden", "app page in the background"] as const;

interface Kill {
  /** What captures: DevTools with the panel shown, or with another view in front of it; or the app page behind the page's tab. */
  readonly place: (typeof PLACES)[number];
  /** How long after the sockets have opened, in milliseconds. */
  readonly after: number;
}

/** Captures, and kills the whole browser in the middle of it. Answers the server's records and the moment, by the server's clock. */
async function captureAndKill(profile: Profile, { place, after }: Kill): Promise<{ readonly records: readonly ConnectionRecord[]; readonly killedAt: number }> {
  const session = place === "app page in the background" ? await startBehind(profile) : await start(profile);
  if (place === "panel hidden" && session.devtools !== null) await showView(session.devtools, "console");
  const before = profile.server.record.connections.length;
  await openAnsweringSockets(session, profile);
  await new Promise((resolve) => setTimeout(resolve, after));
  const pid = session.browser.process()?.pid;
  if (pid === undefined) throw new Error("The browser has no process.");
  const killedAt = performance.now();
  process.kill(-pid, "SIGKILL");
  await session.close();
  return { records: profile.server.record.connections.slice(before), killedAt };
}

/** Opens what the panel offers; answers the page that shows it. */
export async function openOffered({ browser, panel }: Pick<Session, "browser" | "panel">): Promise<Frame> {
  await find(panel, "button", "Open this capture");
  return await openedBy(browser, () => click(panel, "button", "Open this capture"));
}

/** The app page that an action opens, once it has read its capture. */
export async function openedBy(browser: Browser, action: () => Promise<void>): Promise<Frame> {
  const [target] = await Promise.all([browser.waitForTarget((one) => one.url().includes("?capture=") && !seen.has(one)), action()]);
  seen.add(target);
  const page = await target.page();
  if (page === null) throw new Error("The capture was opened in no page.");
  await page.bringToFront();
  await page.setViewport({ width: 1100, height: 560 });
  const view = page.mainFrame();
  await view.waitForSelector('[role="status"][aria-label="Capture"]');
  // Until its menu is loaded, the button is only drawn.
  await view.waitForSelector('[aria-label="Export"][aria-haspopup="menu"]');
  await view.waitForSelector(".storage-read");
  return view;
}
const seen = new WeakSet();

export async function exportFrom(browser: Browser, panel: Frame): Promise<Har> {
  const folder = await mkdtemp(join(tmpdir(), "framescope-har-"));
  try {
    const { path } = await exportCapture({ browser, panel }, "HAR", folder);
    return JSON.parse(await readFile(path, "utf8")) as Har;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * That a file holds what the page had received and sent a second before the kill, and nothing that never was. Answers how
 * long before the kill the server handed over the first message that the file lacks, in milliseconds.
 */
export function expectRecovered(har: Har, records: readonly ConnectionRecord[], killedAt: number): number {
  expect(har.log.entries).toHaveLength(records.length);
  let longest = 0;
  for (const record of records) {
    const messages = entryOf(har, record.path)._webSocketMessages;
    const received = record.frames.filter(({ direction }) => direction === "received");
    const sent = record.frames.filter(({ direction }) => direction === "sent");
    // The page answered the n-th message with its n-th: what the server had of these by then, the page had got before.
    const sure = sent.filter(({ at }) => at <= killedAt - GRACE_MS).length;
    expect(sure).toBeGreaterThan(5);
    const got = { sent: 0, received: 0 };
    for (const { type, opcode, data } of messages) {
      const direction = type === "send" ? "sent" : "received";
      const frame = (direction === "sent" ? sent : received)[got[direction]++];
      // The last answers may have been on their way to the server.
      if (frame === undefined && direction === "sent") continue;
      expect(frame?.opcode).toBe(opcode);
      expect(frame !== undefined && isSamePayload(frame, Buffer.from(data, opcode === 2 ? "base64" : "utf8"))).toBe(true);
      expect(got.sent).toBeLessThanOrEqual(got.received);
    }
    expect(got.received).toBeGreaterThanOrEqual(sure);
    expect(got.sent).toBeGreaterThanOrEqual(sure);
    longest = Math.max(longest, killedAt - (received[got.received]?.at ?? killedAt));
  }
  return longest;
}

/** Kills at these moments, one after another in one profile; each time the next start offers what was captured. */
async function killAndRecover(profile: Profile, kills: readonly Kill[]): Promise<void> {
  for (const kill of kills) {
    const { records, killedAt } = await captureAndKill(profile, kill);
    const session = await start(profile);
    try {
      const offer = await (await find(session.panel, "region", "Interrupted capture")).evaluate((element) => element.textContent ?? "");
      const view = await openOffered(session);
      expect(await statusText(view, "Capture")).toMatch(/^Not capturing: a capture of \d+ \w+ \d{4}, \d\d:\d\d$/);
      const [, frames] = /It has ([\d,]+) frames/.exec(offer) ?? [];
      await waitForStatus(view, "Matches", new RegExp(`^${frames} frames$`));
      const missing = expectRecovered(await exportFrom(session.browser, view), records, killedAt);
      console.info(`killed ${kill.after.toFixed(0)} ms into it, ${kill.place}: the last ${missing.toFixed(0)} ms are missing`);
      // What was opened is offered no more.
      await session.panel.waitForFunction(() => document.querySelector('[aria-label="Interrupted capture"]') === null, { polling: 50 });
    } finally {
      await session.close();
    }
  }
}
