/** How much script the panel needs before it can paint, the words of one language among it. */
import { readdir, readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { EXTENSION_FOLDER } from "./build-extension.mjs";

const PANEL = new URL("src/pages/panel/index.html", EXTENSION_FOLDER);
/** Gzipped bytes of script. */
const BUDGET = 150_000;

/** Prints the scripts that the panel loads at once and throws where they pass the budget. */
export async function reportSize() {
  const loaded = await collectScripts();
  let total = 0;
  for (const [url, bytes] of loaded) {
    total += bytes;
    console.log(`  ${(bytes / 1000).toFixed(1).padStart(7)} kB  ${url.slice(EXTENSION_FOLDER.href.length)}`);
  }
  const catalogue = await largestCatalogue();
  console.log(`  ${(catalogue / 1000).toFixed(1).padStart(7)} kB  the words of one language`);
  total += catalogue;
  console.log(`  ${(total / 1000).toFixed(1).padStart(7)} kB  of ${BUDGET / 1000} kB, gzipped`);
  if (total > BUDGET) throw new Error(`The panel's first paint needs ${total} bytes of gzipped script, over the ${BUDGET} it may need.`);
}

/** The scripts that the page names, and those that they import statically. @returns {Promise<Map<string, number>>} */
async function collectScripts() {
  const page = await readFile(PANEL, "utf8");
  const waiting = [...page.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, path = ""]) => new URL(path.replace(/^\//, ""), EXTENSION_FOLDER));
  if (waiting.length === 0) throw new Error("The built panel names no script: the size report does not see what it measures.");
  /** @type {Map<string, number>} */
  const loaded = new Map();
  for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
    if (loaded.has(url.href)) continue;
    const script = await readFile(url, "utf8");
    loaded.set(url.href, gzipSync(script, { level: 9 }).length);
    // Built modules import by relative paths; `import(` is what loads later and does not count.
    for (const [, path = ""] of script.matchAll(/(?:from|import)\s*["'](\.[^"']+)["']/g)) waiting.push(new URL(path, url));
  }
  return loaded;
}

/** A language is loaded with `import(`, and before the first paint all the same. @returns {Promise<number>} */
async function largestCatalogue() {
  const assets = new URL("assets/", EXTENSION_FOLDER);
  const names = (await readdir(assets)).filter((name) => /^first-.*\.js$/.test(name));
  if (names.length === 0) throw new Error("The built panel has no catalogue: the size report does not see what it measures.");
  const sizes = await Promise.all(names.map(async (name) => gzipSync(await readFile(new URL(name, assets)), { level: 9 }).length));
  return Math.max(...sizes);
}
