import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDevBrowser, type DevBrowser } from "../../scripts/dev-page.mjs";
import { Lifetime } from "../../scripts/lifetime.mjs";
import { copySource } from "../adding/follow-page.ts";

const lifetime = new Lifetime();
let folder: string;
let dev: DevBrowser;

beforeAll(async () => {
  // Files are changed here, so not the ones that are being worked on.
  folder = copySource("dev");
  dev = await startDevBrowser(lifetime, { headless: true, root: join(folder, "test/panel/harness"), port: 0 });
});
afterAll(async () => {
  await lifetime.end();
  await rm(folder, { recursive: true, force: true });
});

async function change(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, file);
  const text = await readFile(path, "utf8");
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
}

describe("npm run dev", () => {
  it("shows the demo's frames in a page", async () => {
    await dev.panel.waitForFunction(() => document.querySelectorAll('[role="grid"][aria-label="Frames"] [role="row"]').length > 5, { timeout: 60_000 });
  });

  it("takes up a style while the page goes on", async () => {
    await dev.panel.evaluate(() => Object.assign(window, { isSamePage: true }));
    await change("src/panel/top-bar/top-bar.css", "{", "{ outline-color: rgb(1, 2, 3);");
    await dev.panel.waitForFunction(() => [...document.querySelectorAll("*")].some((element) => getComputedStyle(element).outlineColor === "rgb(1, 2, 3)"), { polling: 100, timeout: 30_000 });
    expect(await dev.panel.evaluate(() => "isSamePage" in window)).toBe(true);
  });

  it("loads the page anew for what is under it, and goes on capturing", async () => {
    await change("src/words/en/bar.ts", '"bar.export": "Export"', '"bar.export": "Hand out"');
    await dev.panel.waitForFunction(() => document.querySelector('[aria-label="Hand out"]') !== null, { polling: 100, timeout: 30_000 });
    await dev.panel.waitForFunction(() => document.querySelectorAll('[role="grid"][aria-label="Frames"] [role="row"]').length > 5, { timeout: 60_000 });
  });
});
