/** Finds Chrome or Chromium on this machine, and installs Chromium where that is one command. */
import { inspectUsualPlaces, isExecutable, LEAST_VERSION, readMajorVersion } from "../src/node/chrome/find-chrome.mjs";
import { canInstall, installPackages } from "./debian-packages.mjs";

/** @typedef {import("../src/node/chrome/find-chrome.mjs").FoundBrowser} FoundBrowser */

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
