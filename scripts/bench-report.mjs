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

/** Each on a line; one with something over its limit is marked. @param {readonly BenchRow[]} rows */
export function printRows(rows) {
  for (const row of rows) console.log(`${isKept(row) ? "  " : "! "}${row.name}: ${figure(row.value, row.unit)} (at most ${figure(row.limit, row.unit)}; ${detailOf(row)})`);
}

/** Whether all that a row promises holds. @param {BenchRow} row */
const isKept = ({ value, limit, breach }) => value <= limit && breach === undefined;
/** @param {BenchRow} row */
const detailOf = ({ detail, breach }) => [detail, ...(breach === undefined ? [] : [`**over its limit: ${breach}**`])].filter((part) => part !== "").join("; ");

/**
 * What a row says of the tasks on the view's thread, of which none may take over 50 ms.
 * @param {readonly number[]} tasks In milliseconds, those over 50.
 * @param {string} [detail]
 */
export function withTasks(tasks, detail = "") {
  const none = [detail, "no task over 50 ms"].filter((part) => part !== "").join("; ");
  return tasks.length === 0 ? { detail: none } : { detail, breach: `${tasks.length} ${tasks.length === 1 ? "task" : "tasks"} over 50 ms, the longest ${Math.max(...tasks).toFixed(0)} ms` };
}

/** As a Markdown table. @param {readonly BenchRow[]} rows */
export function tableOf(rows) {
  const lines = rows.map((row) => `| ${row.name} | ${row.yardstick} | **${figure(row.value, row.unit)}** | ${figure(row.limit, row.unit)} | ${detailOf(row)} |`);
  return ["| what | yardstick | measured | at most | |", "| --- | --- | --- | --- | --- |", ...lines];
}

/**
 * @param {number} value
 * @param {BenchRow["unit"]} unit
 */
function figure(value, unit) {
  return unit === "x" ? `${value.toFixed(2)} x` : `${value.toFixed(0)} ${unit}`;
}
