/** Whether Chinese can be drawn here: a machine without a display often has no font for it, and pictures show boxes. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { canInstall, installPackages } from "./debian-packages.mjs";

/**
 * Installs a font for Chinese where there is none and installing is one command. Other systems come with one.
 * @param {{ signal?: AbortSignal }} options `signal` ends an installation under way.
 */
export async function ensureChineseFont({ signal } = {}) {
  if (process.platform !== "linux" || (await hasChineseFont())) return;
  if (!(await canInstall())) {
    console.warn("No font for Chinese was found: pictures will show boxes in its place. On Debian: sudo apt-get install fonts-noto-cjk");
    return;
  }
  console.log("No font for Chinese was found: installing the distribution's fonts-noto-cjk …");
  await installPackages(["fonts-noto-cjk"], { signal });
}

async function hasChineseFont() {
  // fontconfig comes with Chromium; without it nothing is known, and nothing is drawn either.
  return await promisify(execFile)("fc-list", [":lang=zh-cn", "family"]).then(({ stdout }) => stdout.trim() !== "", () => false);
}
