/** What the scripts that are copied from a capture need to be run in tests, beside Node. */
import { spawnSync } from "node:child_process";
import { canInstall, installPackages } from "./debian-packages.mjs";

const MODULES = ["websocket", "websockets"];
const PACKAGES = ["python3-websocket", "python3-websockets", "jq"];

/**
 * Installs Python's WebSocket libraries, and jq for those of a shell, where that is one command. Elsewhere the tests that run
 * such scripts are skipped, and say so.
 * @param {{ signal?: AbortSignal }} options `signal` ends an installation under way.
 */
export async function ensureScriptRuntimes({ signal } = {}) {
  if ((hasModules() && hasJq()) || !(await canInstall())) return;
  console.log("Installing Python's WebSocket libraries and jq, for the tests that run copied scripts …");
  try {
    await installPackages(PACKAGES, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    console.warn(`They could not be installed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const hasModules = () => spawnSync("/usr/bin/python3", ["-c", `import ${MODULES.join(", ")}`], { stdio: "ignore" }).status === 0;
const hasJq = () => spawnSync("jq", ["--version"], { stdio: "ignore" }).status === 0;
