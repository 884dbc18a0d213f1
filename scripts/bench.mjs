/** `npm run bench`: measures each row of docs/performance.md, prints it and writes the table. Needs `node --expose-gc`. */
import { readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { runScript } from "./lifetime.mjs";
import { ROOT, setUp } from "./set-up.mjs";

/** @typedef {import("../test/bench/measure.ts").BenchRow} BenchRow */

const REPORT = new URL("docs/performance.md", ROOT);
const TABLE = /(<!-- table -->\n)[^]*?(<!-- \/table -->)/;

await runScript(async ({ signal }) => {
  await setUp({ signal });
  const [{ buildExtension }, { findBrowser }, { benchInBrowser }, { runnerImport }] = await Promise.all([
    import("./build-extension.mjs"),
    import("./find-browser.mjs"),
    import("../test/bench/browser-bench.mjs"),
    import("vite"),
  ]);
  const { path, version } = await findBrowser({ signal });
  await buildExtension({ signal });
  /** @type {BenchRow[]} */
  const rows = [];
  /** @param {readonly BenchRow[]} more */
  const add = (more) => {
    for (const row of more) console.log(`${row.value <= row.limit ? "  " : "! "}${row.name}: ${figure(row.value, row.unit)} (at most ${figure(row.limit, row.unit)}; ${row.detail})`);
    rows.push(...more);
  };
  for (const file of ["ingest", "query"]) {
    const { module } = await runnerImport(fileURLToPath(new URL(`test/bench/${file}.bench.ts`, ROOT)), { root: fileURLToPath(ROOT), configFile: false });
    add(await module.main());
  }
  add(await benchInBrowser(path));
  await writeReport(rows, version);
});

/**
 * @param {readonly BenchRow[]} rows
 * @param {number} version
 */
async function writeReport(rows, version) {
  const lines = [
    `Chromium ${version}, Node ${process.versions.node}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}.`,
    "",
    "| what | yardstick | measured | at most | |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map(({ name, yardstick, value, limit, unit, detail }) => `| ${name} | ${yardstick} | **${figure(value, unit)}** | ${figure(limit, unit)} | ${detail} |`),
  ];
  const before = await readFile(REPORT, "utf8");
  await writeFile(REPORT, before.replace(TABLE, `$1\n${lines.join("\n")}\n\n$2`));
  console.log(`\nWritten to ${fileURLToPath(REPORT)}.`);
}

/**
 * @param {number} value
 * @param {BenchRow["unit"]} unit
 */
function figure(value, unit) {
  return unit === "x" ? `${value.toFixed(2)} x` : `${value.toFixed(0)} ${unit}`;
}
