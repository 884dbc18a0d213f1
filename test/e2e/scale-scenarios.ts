import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ToEngine } from "../../src/contract/wire.ts";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { startEngineHost } from "../bench/engine-host.mjs";
import { until } from "./stage.ts";

/** Bytes of payload that stay in memory unless the user says otherwise (model/settings.ts). */
const BUDGET = 256 * 2 ** 20;
/** The host's messages begin again after so many, and with each call: so all counts are multiples of it. */
export const BATCH = 2048;
const PAYLOAD = 200;
const COMMAS = /,/g;

interface Host {
  readonly worker: { postMessage(message: ToEngine): void };
  take(frames: number): Promise<number>;
  decoded(): Promise<void>;
  /** Frames a second, until what it answers is called. */
  flow(rate: number): () => void;
  connect(): { next(isAsAsked: (changed: { frames: number; bytesInMemory: number; storage: { state: string } }) => boolean): Promise<{ bytesInMemory: number; storage: { state: string } }>; end(): void };
  openPanel(): Promise<unknown>;
}

interface HostPage {
  Host: new () => Host;
  host: Host;
}

/** A panel on a capture of very many frames, made by the real engine in the extension's own worker. */
interface Scale {
  readonly page: Page;
  readonly panel: Page;
  /** Adds frames, and waits until the panel has heard of them. */
  add(frames: number): Promise<void>;
  rows(): Promise<DrawnRow[]>;
  close(): Promise<void>;
}

interface DrawnRow {
  /** From 0; the first is the connection's opening. */
  readonly place: number;
  readonly number: number;
  readonly message: string;
}

export async function openAtScale(frames: number): Promise<Scale> {
  const { path } = await findBrowser();
  const { page, close } = await startEngineHost(path);
  await page.evaluate(async (count) => {
    const scope = globalThis as unknown as HostPage;
    scope.host = new scope.Host();
    await scope.host.take(count);
  }, frames);
  const opened = new Promise<Page | null>((resolve) => page.once("popup", resolve));
  await page.evaluate(() => (globalThis as unknown as HostPage).host.openPanel());
  const panel = await opened;
  if (panel === null) throw new Error("The panel's window did not open.");
  let count = frames;
  const add = async (more: number): Promise<void> => {
    count += more;
    await page.evaluate((number) => (globalThis as unknown as HostPage).host.take(number), more);
    await until(() => rowCountOf(panel), (rows) => rows === count + 1);
  };
  await add(0);
  return { page, panel, add, rows: () => rowsOf(panel), close };
}

async function rowCountOf(panel: Page): Promise<number> {
  return await panel.$eval('[role="grid"]', (grid) => Number(grid.getAttribute("aria-rowcount")) - 1);
}

/** The rows that are wholly on view. */
async function rowsOf(panel: Page): Promise<DrawnRow[]> {
  const texts = await panel.$eval('[role="grid"]', (grid) => {
    const { bottom } = grid.getBoundingClientRect();
    const { bottom: top } = (grid.querySelector(".frames-head") as Element).getBoundingClientRect();
    return Array.from(grid.querySelectorAll('[role="row"][aria-rowindex]'), (row) => ({ box: row.getBoundingClientRect(), row }))
      .filter(({ box, row }) => row.closest(".frames-head") === null && box.top >= top - 1 && box.bottom <= bottom + 1)
      .map(({ row }) => ({
        place: Number(row.getAttribute("aria-rowindex")) - 2,
        number: row.querySelector('[data-column="number"]')?.textContent ?? "",
        message: row.querySelector('[data-column="message"]')?.textContent ?? "",
      }));
  });
  return texts.map(({ place, number, message }) => ({ place, number: Number(number.replace(COMMAS, "")), message })).toSorted((a, b) => a.place - b.place);
}

/** Waits until the rows on view follow each other, end (or begin) as asked, and are each what was put in there. */
async function expectRows(scale: Scale, isThere: (rows: readonly DrawnRow[]) => boolean): Promise<DrawnRow[]> {
  const rows = await until(() => scale.rows(), (drawn) => drawn.length > 10 && isThere(drawn));
  rows.forEach(({ place, number, message }, i) => {
    expect(place).toBe((rows[0] as DrawnRow).place + i);
    expect(number).toBe(place + 1);
    if (place > 0) expect(message).toContain(`"seq":${(place - 1) % BATCH},`);
  });
  return rows;
}

const endsAt = (place: number) => (rows: readonly DrawnRow[]) => rows.at(-1)?.place === place;

/** What so many frames must bear, each on the same panel. */
export function describeScale(name: string, frames: number): void {
  describe(name, () => {
    let scale: Scale;
    beforeAll(async () => {
      scale = await openAtScale(frames);
    });
    afterAll(() => scale.close());

    it("are journaled, and memory holds no more of them than the budget", () => expectJournal(scale, frames));
    it("are scrolled to the last row by keys", () => scrollByKeys(scale, frames));
    it("are scrolled by dragging the scrollbar, and by the wheel in the middle", () => scrollByDragging(scale, frames));
    it("are selected at the end", () => selectAtTheEnd(scale, frames));
    it("are followed at the end until the user leaves it", async () => void (await followTheEnd(scale, frames)));
    it("are opened again from their journal", () => openAgain(scale));
  });
}

/** Journaled whole, with no more in memory than the budget. */
async function expectJournal({ page }: Scale, frames: number): Promise<void> {
  const { storage, bytesInMemory, written } = await page.evaluate(async (count) => {
    const view = (globalThis as unknown as HostPage).host.connect();
    const changed = await view.next((one) => one.frames === count);
    view.end();
    const root = await navigator.storage.getDirectory();
    const captures = await root.getDirectoryHandle("captures");
    let size = 0;
    for await (const folder of captures.values()) {
      const file = await (folder as FileSystemDirectoryHandle).getFileHandle("payloads");
      size += (await file.getFile()).size;
    }
    return { ...changed, written: size };
  }, frames);
  expect(storage.state).toBe("saving");
  expect(bytesInMemory).toBeLessThanOrEqual(BUDGET + 2 ** 20);
  expect(written).toBeGreaterThan(frames * PAYLOAD - 2 ** 21);
}

async function scrollByKeys(scale: Scale, frames: number): Promise<void> {
  const { panel } = scale;
  await panel.focus('[role="grid"]');
  await panel.keyboard.press("Home");
  await expectRows(scale, (rows) => rows[0]?.place === 0);
  await panel.keyboard.press("End");
  await expectRows(scale, endsAt(frames));
  // The first is still on view: the selection moves to it.
  await panel.keyboard.press("PageUp");
  await panel.keyboard.press("PageUp");
  await expectRows(scale, (rows) => (rows[0]?.place ?? 0) <= frames - rows.length - 10);
}

/** Drags the thumb of the grid's own scrollbar from where it is to a share of its way, with the mouse. */
async function drag(panel: Page, share: number): Promise<void> {
  const bar = await panel.$eval('[role="grid"]', (grid) => {
    const { right, top, height } = grid.getBoundingClientRect();
    const width = grid.getBoundingClientRect().width - grid.clientWidth;
    const at = grid.scrollTop / (grid.scrollHeight - grid.clientHeight);
    return { x: right - width / 2, top, height, width, at };
  });
  expect(bar.width).toBeGreaterThan(5);
  // Between the two buttons, a thumb of the least size.
  const yOf = (at: number): number => bar.top + bar.width * 1.5 + at * (bar.height - bar.width * 3);
  await panel.mouse.move(bar.x, yOf(bar.at));
  await panel.mouse.down();
  for (let step = 1; step <= 8; step++) await panel.mouse.move(bar.x, yOf(bar.at + ((share - bar.at) * step) / 8));
  await panel.mouse.up();
}

async function scrollByDragging(scale: Scale, frames: number): Promise<void> {
  const { panel } = scale;
  await panel.focus('[role="grid"]');
  await panel.keyboard.press("Home");
  await expectRows(scale, (rows) => rows[0]?.place === 0);
  await drag(panel, 1.2);
  await expectRows(scale, endsAt(frames));
  // Chrome drops the last move of a drag where the button goes up within its frame: whoever drags then takes hold once more.
  const isInMiddle = (at: number): boolean => Math.abs(at - 0.5) < 0.05;
  await until(async () => {
    await drag(panel, 0.5);
    return await panel.$eval('[role="grid"]', (grid) => grid.scrollTop / (grid.scrollHeight - grid.clientHeight));
  }, isInMiddle);
  await expectRows(scale, (rows) => isInMiddle((rows[0]?.place ?? 0) / frames));
  // A row's height on the wheel moves by a row, in the middle too.
  const before = await settledFirst(scale);
  await panel.mouse.move(400, 300);
  await panel.mouse.wheel({ deltaY: 220 });
  await expectRows(scale, (rows) => rows[0]?.place === before + 10);
  await drag(panel, -0.2);
  await expectRows(scale, (rows) => rows[0]?.place === 0);
}

/** Frames go on coming: the thumb stays in the hand, and who scrolls to the end stays there. */
export async function scrollInAStream(scale: Scale): Promise<void> {
  const { page, panel } = scale;
  const rows = await rowCountOf(panel);
  await panel.$eval('[role="grid"]', (grid) => (grid.scrollTop = grid.scrollHeight / 2));
  await until(() => scale.rows(), ([first]) => Math.abs((first?.place ?? 0) / rows - 0.5) < 0.05);
  await page.evaluate(() => Object.assign(globalThis, { stop: (globalThis as unknown as HostPage).host.flow(100) }));
  await until(() => rowCountOf(panel), (count) => count > rows);
  await drag(panel, 0.1);
  await until(() => scale.rows(), ([first]) => Math.abs((first?.place ?? 0) / rows - 0.1) < 0.05);
  await panel.mouse.move(400, 300);
  await panel.mouse.wheel({ deltaY: rows * 30 });
  const isAtEnd = async (): Promise<boolean> => (await scale.rows()).at(-1)?.place === (await rowCountOf(panel)) - 1;
  await until(isAtEnd, Boolean);
  const reached = await rowCountOf(panel);
  await until(() => rowCountOf(panel), (count) => count > reached + 100);
  await page.evaluate(() => (globalThis as unknown as { stop: () => void }).stop());
  await until(isAtEnd, Boolean);
}

/** The first row on view, once it stays where it is. */
async function settledFirst(scale: Scale): Promise<number> {
  let last = -1;
  const [first] = await until(
    () => scale.rows(),
    (rows) => {
      const place = rows[0]?.place ?? -1;
      const isSame = place === last;
      last = place;
      return isSame;
    },
  );
  return first?.place ?? -1;
}

async function selectAtTheEnd(scale: Scale, frames: number): Promise<void> {
  const { panel } = scale;
  await panel.focus('[role="grid"]');
  await panel.keyboard.press("End");
  await expectRows(scale, endsAt(frames));
  await panel.keyboard.down("Shift");
  for (let i = 0; i < 4; i++) await panel.keyboard.press("ArrowUp");
  await panel.keyboard.up("Shift");
  const selected = await until(
    () => panel.$$eval('[role="grid"] [role="row"][aria-selected="true"]', (rows) => rows.map((row) => Number(row.getAttribute("aria-rowindex")) - 2)),
    (places) => places.length === 5,
  );
  expect(selected.toSorted((a, b) => a - b)).toEqual([4, 3, 2, 1, 0].map((back) => frames - back));
  const ofFive = `${((5 * PAYLOAD) / 1000).toFixed(1)} kB`;
  await until(() => panel.$eval('[role="status"][aria-label="Selection"]', (status) => status.textContent), (text) => text.startsWith(`5 rows selected · ${ofFive} · `));
}

/** The end is followed while frames come, until the user scrolls away from it. Answers how many frames there are then. */
async function followTheEnd(scale: Scale, frames: number): Promise<number> {
  const { panel } = scale;
  await panel.focus('[role="grid"]');
  await panel.keyboard.press("End");
  await expectRows(scale, endsAt(frames));
  await scale.add(3 * BATCH);
  await expectRows(scale, endsAt(frames + 3 * BATCH));
  await panel.mouse.move(400, 300);
  await panel.mouse.wheel({ deltaY: -2200 });
  const rows = await expectRows(scale, (drawn) => (drawn.at(-1)?.place ?? 0) < frames + 3 * BATCH - 50);
  const before = await settledFirst(scale);
  expect(Math.abs(before - (rows[0]?.place ?? 0))).toBeLessThan(120);
  await scale.add(3 * BATCH);
  const after = await expectRows(scale, (drawn) => drawn.length > 0);
  expect(after[0]?.place).toBe(before);
  return frames + 6 * BATCH;
}

/** What a page shows of a capture that it opens, so many milliseconds after it began to load. */
interface Read {
  readonly at: number;
  readonly rows: number;
  readonly status: string;
}

/** The engine ends in order, and the app page opens what it kept: its first rows at once, the last ones soon. */
async function openAgain({ page, panel, ...scale }: Scale): Promise<void> {
  const count = await rowCountOf(panel);
  const id = await page.evaluate(async () => {
    (globalThis as unknown as HostPage).host.worker.postMessage({ type: "end" });
    const captures = await (await navigator.storage.getDirectory()).getDirectoryHandle("captures");
    const ids: string[] = [];
    for await (const name of captures.keys()) ids.push(name);
    return ids[0] ?? "";
  });
  await until(() => page.evaluate(async () => (await navigator.locks.query()).held?.length ?? 0), (held) => held === 0);
  const kept = await page.browser().newPage();
  await kept.setViewport({ width: 1280, height: 600 });
  // Each state that it shows: to ask for it again and again misses those that are short.
  await kept.evaluateOnNewDocument(() => {
    const reads: Read[] = [];
    Object.assign(globalThis, { reads });
    new MutationObserver(() => {
      const rows = Number(document.querySelector('[role="grid"]')?.getAttribute("aria-rowcount") ?? 1) - 1;
      const status = document.querySelector(".storage-read") === null ? (document.querySelector(".status-storage")?.textContent ?? "") : "read";
      const last = reads.at(-1);
      if (rows !== last?.rows || status !== last.status) reads.push({ at: performance.now(), rows, status });
    }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await kept.goto(new URL(`/src/pages/app/index.html?capture=${id}`, page.url()).href);
  const reads = await until(
    () => kept.evaluate(() => (globalThis as unknown as { reads: Read[] }).reads),
    (all) => all.at(-1)?.status === "read" && all.at(-1)?.rows === count,
    60_000,
  );
  const first = reads.find(({ rows }) => rows > 0);
  console.info(`opened ${count.toLocaleString("en-US")} kept rows: the first after ${first?.at.toFixed(0)} ms, all after ${reads.at(-1)?.at.toFixed(0)} ms`);
  // They show while the journal is still being read; what says so is drawn after them, which may be once it is read.
  expect(reads.filter(({ rows }) => rows > 0 && rows < count).length).toBeGreaterThan(0);
  expect(reads.filter(({ status }) => !/^(Opening: \d+%|read|)$/.test(status))).toEqual([]);
  await kept.bringToFront();
  await kept.focus('[role="grid"]');
  await kept.keyboard.press("End");
  await expectRows({ ...scale, page, panel: kept, rows: () => rowsOf(kept) }, endsAt(count - 1));
  await kept.close();
}
