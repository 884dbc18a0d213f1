/** Writes what the benchmarks measured into docs/performance.md, each between two marks of its own. */
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { ROOT } from "./set-up.mjs";

const REPORT = new URL("docs/performance.md", ROOT);

/**
 * @param {"table" | "capture" | "findings" | "bursts" | "attach"} mark The table stands between `<!-- mark -->` and `<!-- /mark -->`.
 * @param {readonly string[]} lines A Markdown table.
 * @param {number} version Chromium's.
 */
export async function writeTable(mark, lines, version) {
  const measured = `Chromium ${version}, Node ${process.versions.node}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.`;
  const before = await readFile(REPORT, "utf8");
  const place = new RegExp(`(<!-- ${mark} -->\\n)[^]*?(<!-- /${mark} -->)`);
  if (!place.test(before)) throw new Error(`${fileURLToPath(REPORT)} has no place for this table: it needs the lines <!-- ${mark} --> and <!-- /${mark} -->.`);
  await writeFile(REPORT, before.replace(place, `$1\n${[measured, "", ...lines].join("\n")}\n\n$2`));
  console.log(`\nWritten to ${fileURLToPath(REPORT)}.`);
}
