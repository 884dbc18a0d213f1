/** Chrome or Chromium on this machine. Plain JavaScript: scripts ask it before anything is installed that reads TypeScript. */
import { execFile } from "node:child_process";
import { access, constants, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

/** The oldest version that was tried; the manifest asks for the same. docs/capture.md says what it has not. */
export const LEAST_VERSION = 150;
const VERSION_TIMEOUT_MS = 20_000;

/** @typedef {{ path: string, version: number }} FoundBrowser `version` is the major one. */

/**
 * The first browser of the usual names and places that is new enough; else, where there is one, an older.
 * @returns {Promise<{ found?: FoundBrowser, tooOld?: FoundBrowser }>}
 */
export async function inspectUsualPlaces() {
  /** @type {FoundBrowser | undefined} */
  let tooOld;
  for (const path of usualPlaces()) {
    if (!(await isExecutable(path))) continue;
    const version = await readMajorVersion(path);
    // A name without a version is a stub, such as Ubuntu's `chromium-browser` without its snap.
    if (version === undefined) continue;
    if (version >= LEAST_VERSION) return { found: { path, version } };
    tooOld ??= { path, version };
  }
  return tooOld === undefined ? {} : { tooOld };
}

/** @returns {string[]} */
function usualPlaces() {
  switch (process.platform) {
    case "darwin": {
      const applications = ["/Applications", join(homedir(), "Applications")];
      const names = ["Google Chrome", "Chromium", "Google Chrome for Testing"];
      return applications.flatMap((folder) => names.map((name) => join(folder, `${name}.app`, "Contents", "MacOS", name)));
    }
    case "win32": {
      const folders = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((name) => process.env[name] ?? []);
      const products = [join("Google", "Chrome"), "Chromium", join("Google", "Chrome for Testing")];
      return folders.flatMap((folder) => products.map((product) => join(folder, product, "Application", "chrome.exe")));
    }
    default: {
      const names = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "chrome"];
      const folders = [...new Set([...(process.env["PATH"] ?? "").split(delimiter), "/usr/local/bin", "/usr/bin", "/opt/google/chrome", "/snap/bin"])];
      return names.flatMap((name) => folders.filter((folder) => folder !== "").map((folder) => join(folder, name)));
    }
  }
}

/** @param {string} path */
export async function isExecutable(path) {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Undefined where it tells none.
 * @param {string} path
 * @returns {Promise<number | undefined>}
 */
export async function readMajorVersion(path) {
  try {
    // On Windows `--version` opens a window; the installation keeps folders named by its versions instead.
    const texts =
      process.platform === "win32"
        ? await readdir(dirname(path))
        : [(await promisify(execFile)(path, ["--version"], { timeout: VERSION_TIMEOUT_MS })).stdout];
    const majors = texts.flatMap((text) => /\b(\d+)(\.\d+){3}/.exec(text)?.[1] ?? []).map(Number);
    return majors.length === 0 ? undefined : Math.max(...majors);
  } catch {
    return undefined;
  }
}
