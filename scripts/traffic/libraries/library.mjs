/**
 * Clients and servers that nothing but recordings needs are in a package of their own, so that nobody else installs them;
 * `npm run fixtures` does. What is imported here is looked for beside this file first.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../run-command.mjs";

const require = createRequire(import.meta.url);
const FOLDER = new URL("./", import.meta.url);

/** Installs them, where that was not done: as they are locked, but for native parts that not every registry has, at which `npm ci` stops. */
export async function installLibraries() {
  if (!existsSync(new URL("node_modules/.package-lock.json", FOLDER))) await runCommand("npm", ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: FOLDER, quiet: true });
}

/** @param {string} name @returns {Promise<any>} */
export const library = (name) => import(name);

/** @param {string} name */
export function versionOf(name) {
  const place = ["../../../", "./"].map((folder) => new URL(`${folder}node_modules/${name}/package.json`, FOLDER)).find((one) => existsSync(one));
  return /** @type {{ version: string }} */ (require(fileURLToPath(place ?? ""))).version;
}
