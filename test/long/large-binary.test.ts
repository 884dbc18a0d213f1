import type { ElementHandle, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { click, clickOn, find } from "../../scripts/panel-actions.mjs";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { startEngineHost } from "../bench/engine-host.mjs";
import { until } from "../e2e/stage.ts";

/** 25,000,000 rows of 8 bytes, or half as many of 16: far more than Chrome makes an element high. */
const SIZE = 200_000_000;
const NEEDLE = "the needle";
const NEEDLE_AT = SIZE - 1_000_003;

interface HostPage {
  Host: new () => { put(payload: Uint8Array<ArrayBuffer>, isBinary: boolean): Promise<void>; openPanel(rows: number): Promise<unknown> };
}

let panel: Page;
let close: () => Promise<void>;
beforeAll(async () => {
  const { path } = await findBrowser();
  const host = await startEngineHost(path);
  close = host.close;
  const opened = new Promise<Page | null>((resolve) => host.page.once("popup", resolve));
  await host.page.evaluate(
    async (size, needle, at) => {
      const made = new (globalThis as unknown as HostPage).Host();
      const bytes = new Uint8Array(size);
      const words = new Uint32Array(bytes.buffer);
      for (let i = 0; i < words.length; i++) words[i] = Math.imul(i + 1, 0x9e3779b1);
      bytes.set(new TextEncoder().encode(needle), at);
      await made.put(bytes, true);
      void made.openPanel(2);
    },
    SIZE,
    NEEDLE,
    NEEDLE_AT,
  );
  const page = await opened;
  if (page === null) throw new Error("The panel's window did not open.");
  panel = page;
});
afterAll(() => close());

/** What a row of so many bytes must say. */
function rowAt(offset: number, width: number): string {
  const bytes = Uint8Array.from({ length: width }, (_, i) => (Math.imul(Math.floor((offset + i) / 4) + 1, 0x9e3779b1) >>> (8 * ((offset + i) % 4))) & 0xff);
  for (let i = 0; i < width; i++) {
    const place = offset + i - NEEDLE_AT;
    if (place >= 0 && place < NEEDLE.length) bytes[i] = NEEDLE.charCodeAt(place);
  }
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  return `${offset.toString(16).padStart((SIZE - 1).toString(16).length, "0")} ${hex.slice(0, width / 2).join(" ")}  ${hex.slice(width / 2).join(" ")}`;
}

const rows = (): Promise<string[]> =>
  panel.$$eval(".hex-line", (lines) => lines.map((line) => `${line.querySelector(".hex-offset")?.textContent ?? ""} ${line.querySelector('[data-part="hex"]')?.textContent ?? ""}`).filter((text) => text.length > 20));
const offsetsOf = (lines: readonly string[]): number[] => lines.map((line) => Number.parseInt(line, 16));

/** Waits until a place is on view, or near it, and holds every row there against what was put in its place. */
async function untilAt(offset: number, near = 16): Promise<void> {
  const lines = await until(rows, (found) => found.length > 1 && offsetsOf(found).some((at) => Math.abs(at - offset) < near));
  expect(lines).toEqual(lines.map((line) => rowAt(Number.parseInt(line, 16), line.split(/ +/).length - 1)));
}

it("200 MB of bytes are there row by row, to the last: by offset, by key, by what is found, by the scrollbar", async () => {
  await clickOn(panel.mainFrame(), '[role="grid"] .frame-message');
  await click(panel.mainFrame(), "tab", "Hex");
  await untilAt(0);
  const offset = await find(panel.mainFrame(), "textbox", "Go to offset");
  for (const at of [0x7fffff0, SIZE / 2, SIZE - 1]) {
    await offset.click({ clickCount: 3 });
    await offset.type(`0x${at.toString(16)}`);
    await offset.press("Enter");
    await untilAt(at);
  }
  const view = (await panel.waitForSelector(".hex-view")) as ElementHandle<HTMLElement>;
  await view.focus();
  await panel.keyboard.down("Control");
  await panel.keyboard.press("Home");
  await untilAt(0);
  await panel.keyboard.press("End");
  await panel.keyboard.up("Control");
  await untilAt(SIZE - 1);
  await panel.keyboard.press("PageUp");
  const sought = await find(panel.mainFrame(), "textbox", "Find bytes or text");
  await sought.type(NEEDLE);
  await sought.press("Enter");
  await untilAt(NEEDLE_AT);
  for (const share of [0.25, 0.9, 1, 0]) {
    await view.evaluate((element, part) => void (element.scrollTop = (element.scrollHeight - element.clientHeight) * part), share);
    // Between the ends it is a place as a scrollbar tells it.
    await untilAt(share * SIZE, share % 1 === 0 ? 64 : SIZE / 10);
  }
});
