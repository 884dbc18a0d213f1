/**
 * `npm run bench`: measures each row of docs/performance.md, prints it and writes the table. `npm run bench -- --only exports`
 * measures and prints the rows of one file of test/bench (`timeline-in-browser` one of those that need the browser), and writes nothing. Needs `node --expose-gc`.
 */
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { runScript } from "./lifetime.mjs";
import { ROOT, setUp } from "./set-up.mjs";

/** @typedef {import("../test/bench/measure.ts").BenchRow} BenchRow */

const ALL = ["ingest", "labels", "unclaimed", "connections", "query", "reading", "findings", "files", "exports", "command-line"];
/** Those that need the browser. */
const IN_BROWSER = ["browser", "reading-in-browser", "timeline-in-browser"];
/** Of which every call counts: what is loaded file by file looks each one up that another file has. */
const BUNDLED = new Set(["labels", "unclaimed", "findings", "exports"]);
const { values } = parseArgs({ options: { only: { type: "string" } } });
const { only } = values;
if (only !== undefined && ![...ALL, ...IN_BROWSER].includes(only)) throw new Error(`--only takes one of ${[...ALL, ...IN_BROWSER].join(", ")}.`);
/** @param {readonly string[]} names */
const chosen = (names) => names.filter((name) => only === undefined || name === only);

await runScript(async ({ signal }) => {
  await setUp({ signal });
  const [{ buildExtension }, { findBrowser }, { benchInBrowser }, { benchReading }, { benchTimeline }, { runnerImport }, { printRows, tableOf, writeTable }] = await Promise.all([
    import("./build-extension.mjs"),
    import("./find-browser.mjs"),
    import("../test/bench/browser-bench.mjs"),
    import("../test/bench/reading-in-browser.mjs"),
    import("../test/bench/timeline-in-browser.mjs"),
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
  for (const file of chosen(ALL)) {
    const path = fileURLToPath(new URL(`test/bench/${file}.bench.ts`, ROOT));
    const { main } = BUNDLED.has(file) ? await bundled(path, file) : (await runnerImport(path, { root: fileURLToPath(ROOT), configFile: false })).module;
    add(await main());
  }
  const inBrowser = chosen(IN_BROWSER);
  if (inBrowser.length === 0) return;
  const { path, version } = await findBrowser({ signal });
  await buildExtension({ signal });
  const benches = { browser: benchInBrowser, "reading-in-browser": benchReading, "timeline-in-browser": benchTimeline };
  for (const name of inBrowser) add(await benches[/** @type {keyof typeof benches} */ (name)](path));
  if (only === undefined) await writeTable("table", tableOf(rows), version);
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
