/**
 * `npm run bench`: measures each row of docs/performance.md, prints it and writes the table. `npm run bench -- --only exports`
 * measures and prints the rows of one file of test/bench, and writes nothing. Needs `node --expose-gc`.
 */
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { runScript } from "./lifetime.mjs";
import { ROOT, setUp } from "./set-up.mjs";

/** @typedef {import("../test/bench/measure.ts").BenchRow} BenchRow */

const ALL = ["ingest", "labels", "unclaimed", "connections", "query", "reading", "findings", "files", "exports", "command-line"];
/** Of which every call counts: what is loaded file by file looks each one up that another file has. */
const BUNDLED = new Set(["labels", "unclaimed", "findings", "exports"]);
const { values } = parseArgs({ options: { only: { type: "string" } } });
const { only } = values;
if (only !== undefined && !ALL.includes(only)) throw new Error(`--only takes one of ${ALL.join(", ")}.`);

await runScript(async ({ signal }) => {
  await setUp({ signal });
  const [{ buildExtension }, { findBrowser }, { benchInBrowser }, { benchReading }, { runnerImport }, { printRows, tableOf, writeTable }] = await Promise.all([
    import("./build-extension.mjs"),
    import("./find-browser.mjs"),
    import("../test/bench/browser-bench.mjs"),
    import("../test/bench/reading-in-browser.mjs"),
    import("vite"),
    import("./bench-report.mjs"),
  ]);
  /** @type {BenchRow[]} */
  const rows = [];
  /** @param {readonly BenchRow[]} more */
  const add = (more) => {
    printRows(more);
    rows.push(...more);
  };
  for (const file of only === undefined ? ALL : [only]) {
    const path = fileURLToPath(new URL(`test/bench/${file}.bench.ts`, ROOT));
    const { main } = BUNDLED.has(file) ? await bundled(path, file) : (await runnerImport(path, { root: fileURLToPath(ROOT), configFile: false })).module;
    add(await main());
  }
  if (only !== undefined) return;
  const { path, version } = await findBrowser({ signal });
  await buildExtension({ signal });
  add(await benchInBrowser(path));
  add(await benchReading(path));
  await writeTable("table", tableOf(rows), version);
});

/**
 * As the extension and the command line have it, in one file.
 * @param {string} path
 * @param {string} name
 */
async function bundled(path, name) {
  const { build } = await import("vite");
  const outDir = fileURLToPath(new URL("node_modules/.cache/bench/", ROOT));
  await build({ root: fileURLToPath(ROOT), configFile: false, logLevel: "warn", build: { ssr: path, outDir, minify: false, target: "node20", rolldownOptions: { output: { entryFileNames: `${name}.mjs` } } } });
  return await import(pathToFileURL(`${outDir}${name}.mjs`).href);
}
