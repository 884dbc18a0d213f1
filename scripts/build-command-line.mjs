/**
 * The command line as JavaScript that Node starts at once: src/node with all that it needs, bundled. `bin/framescope.cjs`
 * asks for it; run by itself it writes what a package holds.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../", import.meta.url);
/** In a package, where there is no source. */
const PACKAGED = new URL("out/command-line/", ROOT);
/** One folder for each state of the source: who runs one that is old already goes on with it. */
const BUILDS = new URL("out/command-line-builds/", ROOT);
const MOST_BUILDS = 3;
/** So long until a process that builds, and is gone meanwhile, is waited for no longer. */
const MOST_WAIT_MS = 60_000;
const WAIT_MS = 50;
/** What becomes a file of its own name: threads are started by theirs. */
const ENTRIES = ["main", "scan-thread-main", "decode-thread-main", "look-thread-main"];
/** With all that these need. What most messages are is read by the last three. */
const QUICK = /src\/node\/(?:main|commands\/show|quick-found)\.ts$|src\/words\/en\/catalogue\.ts$|src\/decode\/(?:json\/json|records\/json-(?:lines|records))-session\.ts$/;
const OTHER_PROGRAMS = "require('node:child_process')";

/** Where `main.cjs` of the source as it is now stands; built first, where nobody has. */
export async function builtCommandLine() {
  const name = stampOfSource();
  const folder = new URL(`${name}/`, BUILDS);
  if (!existsSync(folder)) await buildOnce(name, folder);
  return new URL("main.cjs", folder);
}

/**
 * One process builds, others that want the same wait for it.
 * @param {string} name
 * @param {URL} folder
 */
async function buildOnce(name, folder) {
  await mkdir(BUILDS, { recursive: true });
  const lock = new URL(`${name}.building/`, BUILDS);
  const isFirst = await mkdir(lock).then(() => true, () => false);
  if (!isFirst) for (let waited = 0; !existsSync(folder) && existsSync(lock) && waited < MOST_WAIT_MS; waited += WAIT_MS) await setTimeout(WAIT_MS);
  if (existsSync(folder)) return;
  const own = new URL(`${name}.${process.pid}/`, BUILDS);
  try {
    await buildCommandLine(own);
    // Another process may have been quicker.
    await rename(own, folder).catch(() => rm(own, { recursive: true, force: true }));
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
  const old = (await readdir(BUILDS)).filter((one) => /^\d+-\d+$/.test(one)).toSorted();
  for (const one of old.slice(0, -MOST_BUILDS)) await rm(new URL(one, BUILDS), { recursive: true, force: true });
}

/** @param {URL} folder */
const buildCommandLine = (folder) => buildForNode(ENTRIES.map((entry) => `src/node/${entry}.ts`), folder);

/**
 * TypeScript as JavaScript that Node starts at once, each file with all that it needs.
 * @param {readonly string[]} entries From the root; each becomes a file of its own name.
 * @param {URL} folder
 */
export async function buildForNode(entries, folder) {
  const { build } = await import("vite");
  await build({
    root: fileURLToPath(ROOT),
    configFile: false,
    logLevel: "error",
    publicDir: false,
    plugins: [LATER, WORDS],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: fileURLToPath(folder),
      emptyOutDir: true,
      target: "node20",
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(entries.map((entry) => [basename(entry, ".ts"), fileURLToPath(new URL(entry, ROOT))])),
        output: {
          // Node is quicker to load these: it looks for nothing, and waits for no file.
          format: "cjs",
          // All in one folder: places are told from a file's own.
          entryFileNames: "[name].cjs",
          chunkFileNames: "[name]-[hash].cjs",
          minify: { compress: false, mangle: false },
          // To find a file and open it costs more than to read it: what a quick look at a capture needs stands in one.
          codeSplitting: { groups: [{ name: "quick", test: QUICK }] },
        },
      },
    },
  });
}

/**
 * Commander can start other programs, which no command has it do. What Node has for that takes it a while to load: it is asked
 * for once it is used.
 * @type {import("vite").Plugin}
 */
const LATER = {
  name: "other-programs-later",
  transform: (code, id) => {
    if (!id.endsWith("/commander/lib/command.js")) return undefined;
    if (!code.includes(OTHER_PROGRAMS)) throw new Error(`${id} asks for no ${OTHER_PROGRAMS} any more.`);
    return { code: code.replace(OTHER_PROGRAMS, `{ get spawn() { return ${OTHER_PROGRAMS}.spawn; } }`), map: null };
  },
};

/**
 * A language is some thousand texts: as a text that is parsed, Node has them sooner than as a program.
 * @type {import("vite").Plugin}
 */
const WORDS = {
  name: "words-as-text",
  load: async (id) => {
    if (!/\/src\/words\/\w+\/catalogue\.ts$/.test(id)) return undefined;
    const { tsImport } = await import("tsx/esm/api");
    /** @type {{ readonly catalogue: Readonly<Record<string, string>> }} */
    const { catalogue } = await tsImport(id, import.meta.url);
    return `export const catalogue = JSON.parse(${JSON.stringify(JSON.stringify(catalogue))});`;
  },
};

/** Another one as soon as a file of the source is changed, added or removed. */
function stampOfSource() {
  let [newest, count] = [0, 0];
  const look = (/** @type {string} */ path) => {
    newest = Math.max(newest, statSync(path).mtimeMs);
    count++;
  };
  for (const path of ["package-lock.json", "scripts/build-command-line.mjs"]) look(fileURLToPath(new URL(path, ROOT)));
  for (const entry of readdirSync(new URL("src/", ROOT), { recursive: true, withFileTypes: true })) if (entry.isFile()) look(join(entry.parentPath, entry.name));
  return `${Math.round(newest)}-${count}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildCommandLine(PACKAGED);
