import { readFile, writeFile } from "node:fs/promises";
import type { Page } from "puppeteer-core";

const SIZE = { width: 1280, height: 600 };
/** A cell is so wide and high, in pixels: what a letter looks like is lost, what stands where is kept. */
const CELL = 20;
/** How much brighter a cell may be, or how much more there may be in it, of 15. */
const TOLERANCE = 3;
/** Cells that may be out of it, one in so many: text of another machine's fonts ends elsewhere. */
const ONE_IN = 24;

/**
 * Compares what a page looks like with how it looked before, cell by cell: theme, bars, marks, what is drawn and what is
 * missing. Answers nothing, or which cells differ. `SKETCHES=1` writes anew how it looks.
 */
export async function unlikeSketch(page: Page, name: string): Promise<readonly string[]> {
  const file = new URL(`sketches/${name}.txt`, import.meta.url);
  const now = await sketchOf(page);
  if (process.env["SKETCHES"] !== undefined) await writeFile(file, `${now.join("\n")}\n`);
  const before = (await readFile(file, "utf8")).trimEnd().split("\n");
  const faults = before.flatMap((line, y) => (line.match(/../g) ?? []).flatMap((cell, x) => {
    const other = now[y]?.slice(2 * x, 2 * x + 2) ?? "";
    const isLike = [0, 1].every((i) => Math.abs(Number.parseInt(cell[i] ?? "", 16) - Number.parseInt(other[i] ?? "", 16)) <= TOLERANCE);
    return isLike ? [] : [`cell ${x}, ${y} is ${other}, not ${cell}`];
  }));
  const cells = (before.length * (before[0]?.length ?? 0)) / 2;
  return faults.length * ONE_IN < cells ? [] : [`${faults.length} of ${cells} cells differ`, ...faults.slice(0, 20)];
}

/** A line for each row of cells, two digits for each: how bright it is, and how much its pixels differ, which says whether there is something in it. */
async function sketchOf(page: Page): Promise<readonly string[]> {
  await page.setViewport(SIZE);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return await page.evaluate(
    async (png, cell) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (one) => one.charCodeAt(0))]));
      const { width, height } = bitmap;
      const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
      context?.drawImage(bitmap, 0, 0);
      const data = context?.getImageData(0, 0, width, height).data ?? [];
      const sketched = (left: number, top: number): string => {
        let [sum, squares] = [0, 0];
        for (let y = top; y < top + cell; y++)
          for (let x = left; x < left + cell; x++) {
            const at = 4 * (y * width + x);
            const brightness = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3;
            sum += brightness;
            squares += brightness ** 2;
          }
        const mean = sum / cell ** 2;
        return [mean / 16, Math.sqrt(Math.max(0, squares / cell ** 2 - mean ** 2)) / 8].map((value) => Math.min(15, Math.floor(value)).toString(16)).join("");
      };
      return Array.from({ length: Math.floor(height / cell) }, (_, y) => Array.from({ length: Math.floor(width / cell) }, (__, x) => sketched(x * cell, y * cell)).join(""));
    },
    await page.screenshot({ encoding: "base64" }),
    CELL,
  );
}
