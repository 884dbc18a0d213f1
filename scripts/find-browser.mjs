/** Finds Chrome or Chromium on this machine, and installs Chromium where that is one command. */
import { execFile } from "node:child_process";
import { access, constants, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { canInstall, installPackages } from "./debian-packages.mjs";

/** The first version with `URL.parse`; the manifest asks for the same. */
const LEAST_VERSION = 126;
const VERSION_TIMEOUT_MS = 20_000;

/** @typedef {{ path: string, version: number }} FoundBrowser `version` is the major one. */

/**
 * `CHROME_PATH` if it is set, else the first browser of the usual names and places that is new enough. As root on
 * Debian or Ubuntu, a missing one is installed with apt-get.
 * @param {{ signal?: AbortSignal }} options `signal` ends an installation under way.
 * @returns {Promise<FoundBrowser>} Rejects with a sentence that says what to install.
 */
export async function findBrowser({ signal } = {}) {
  const chosen = process.env["CHROME_PATH"];
  if (chosen !== undefined && chosen !== "") return await inspectChosen(chosen);

  const { found, tooOld } = await inspectUsualPlaces();
  if (found !== undefined) return found;
  if (tooOld !== undefined) throw new Error(tooOldText(tooOld));
  if (!(await canInstall())) throw new Error(`No Chrome or Chromium was found. ${installText()}`);

  console.log("No Chrome or Chromium was found: installing the distribution's chromium …");
  await installPackages(["chromium"], { signal });
  const installed = await inspectUsualPlaces();
  if (installed.found !== undefined) return installed.found;
  throw new Error(`apt-get installed chromium, but it does not run here. ${installText()}`);
}

/** @param {string} path */
async function inspectChosen(path) {
  if (!(await isExecutable(path))) throw new Error(`CHROME_PATH names ${path}, which is no program. Set it to the executable of Chrome or Chromium.`);
  const version = await readMajorVersion(path);
  if (version === undefined) throw new Error(`CHROME_PATH names ${path}, which does not tell a version. Set it to the executable of Chrome or Chromium.`);
  if (version < LEAST_VERSION) throw new Error(tooOldText({ path, version }));
  return { path, version };
}

/** @returns {Promise<{ found?: FoundBrowser, tooOld?: FoundBrowser }>} */
async function inspectUsualPlaces() {
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
async function isExecutable(path) {
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
async function readMajorVersion(path) {
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

function installText() {
  const other = "or set CHROME_PATH to the executable of Chrome or Chromium.";
  const chrome = `Google Chrome ${LEAST_VERSION} or later from https://www.google.com/chrome/`;
  switch (process.platform) {
    case "darwin":
      return `Install one with \`brew install --cask google-chrome\`, or ${chrome}, ${other}`;
    case "win32":
      return `Install one with \`winget install Google.Chrome\`, or ${chrome}, ${other}`;
    default:
      return `Install one: on Debian with \`sudo apt-get install chromium\`, on Fedora with \`sudo dnf install chromium\`, elsewhere ${chrome}, ${other}`;
  }
}

/** @param {FoundBrowser} browser */
function tooOldText({ path, version }) {
  return `${path} is version ${version}, and Framescope needs ${LEAST_VERSION} or later. Update it, or set CHROME_PATH to a newer Chrome or Chromium.`;
}
