/** Packages of the distribution, where installing them is one command: as root on Debian, Ubuntu or a kin of theirs. */
import { readFile } from "node:fs/promises";
import { runCommand } from "./run-command.mjs";

export async function canInstall() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release);
}

/**
 * @param {readonly string[]} names
 * @param {{ signal?: AbortSignal | undefined }} options `signal` ends an installation under way.
 */
export async function installPackages(names, { signal } = {}) {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" }, ...(signal === undefined ? {} : { signal }), quiet: true };
  await runCommand("apt-get", ["update"], options);
  await runCommand("apt-get", ["install", "-y", "--no-install-recommends", ...names], options);
}
