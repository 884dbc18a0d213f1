/** What a fresh clone needs before anything else runs. Uses nothing but Node itself. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { runCommand } from "./run-command.mjs";

/** The root of the project. */
export const ROOT = new URL("../", import.meta.url);
const LEAST_NODE = /** @type {const} */ ([20, 19]);

/** @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} Lockfile */

/**
 * Checks Node's version and installs the packages where node_modules does not hold what the lockfile names.
 * @param {{ signal?: AbortSignal }} options `signal` ends an installation under way.
 */
export async function setUp({ signal } = {}) {
  checkNodeVersion(process.versions.node);
  const locked = await readLockfile(new URL("package-lock.json", ROOT));
  if (locked === null) throw new Error("package-lock.json is missing or is no JSON: restore it with `git checkout package-lock.json`.");
  // npm writes this file as the last step of an installation.
  const installed = await readLockfile(new URL("node_modules/.package-lock.json", ROOT));
  if (installed !== null && holdsAll(installed, locked)) return;
  console.log("Installing the packages that package-lock.json names …");
  const [command, ...parameters] = npmCommand();
  await runCommand(command, [...parameters, "ci"], { cwd: ROOT, ...(signal === undefined ? {} : { signal }) });
}

/** @param {string} version */
function checkNodeVersion(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new Error(`Framescope needs Node ${leastMajor}.${leastMinor} or later, and this is Node ${version}. Get it from https://nodejs.org/.`);
}

/**
 * Whether every package that the lockfile requires stands in node_modules with its version. Optional ones may be
 * missing: most are for other systems.
 * @param {Lockfile} installed
 * @param {Lockfile} locked
 */
function holdsAll(installed, locked) {
  return Object.entries(locked.packages ?? {}).every(
    ([path, { version, optional = false }]) => path === "" || optional || installed.packages?.[path]?.version === version,
  );
}

/**
 * @param {URL} file
 * @returns {Promise<Lockfile | null>}
 */
async function readLockfile(file) {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return null;
  }
}

/**
 * npm's own script, run by this Node: the `npm` command is a batch file on Windows, which cannot be spawned.
 * @returns {[string, ...string[]]}
 */
function npmCommand() {
  const running = process.env["npm_execpath"];
  if (running !== undefined && /npm-cli\.[cm]?js$/.test(running)) return [process.execPath, running];
  if (process.platform !== "win32") return ["npm"];
  return [process.execPath, join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js")];
}
