/** Writes what the benchmarks measured into docs/performance.md, each between two marks of its own. */
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { ROOT } from "./set-up.mjs";

/** @typedef {import("../test/bench/measure.ts").BenchRow} BenchRow */

const REPORT = new URL("docs/performance.md", ROOT);

/**
 * @param {"table" | "capture" | "sending" | "findings" | "decoders" | "bursts" | "attach"} mark The table stands between `<!-- mark -->` and `<!-- /mark -->`.
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

/** Each on a line; what is over its limit is marked. @param {readonly BenchRow[]} rows */
export function printRows(rows) {
  for (const row of rows) console.log(`${row.value <= row.limit ? "  " : "! "}${row.name}: ${figure(row.value, row.unit)} (at most ${figure(row.limit, row.unit)}; ${row.detail})`);
}

/** As a Markdown table. @param {readonly BenchRow[]} rows */
export function tableOf(rows) {
  const lines = rows.map(({ name, yardstick, value, limit, unit, detail }) => `| ${name} | ${yardstick} | **${figure(value, unit)}** | ${figure(limit, unit)} | ${detail} |`);
  return ["| what | yardstick | measured | at most | |", "| --- | --- | --- | --- | --- |", ...lines];
}

/**
 * @param {number} value
 * @param {BenchRow["unit"]} unit
 */
function figure(value, unit) {
  return unit === "x" ? `${value.toFixed(2)} x` : `${value.toFixed(0)} ${unit}`;
}
