/** Runs a program of the set-up or the build and shows what it prints. */
import { spawn } from "node:child_process";

/**
 * @param {string} command
 * @param {readonly string[]} parameters
 * @param {{ cwd?: URL, env?: NodeJS.ProcessEnv, quiet?: boolean, signal?: AbortSignal }} options `quiet`: its output
 *   is shown only if it fails. `signal` ends it.
 * @returns {Promise<void>} Rejects where it cannot be started or exits with another code than 0.
 */
export async function runCommand(command, parameters, { cwd, env = process.env, quiet = false, signal } = {}) {
  const name = [command, ...parameters].join(" ");
  const child = spawn(command, parameters, {
    env,
    ...(cwd === undefined ? {} : { cwd }),
    ...(signal === undefined ? {} : { signal }),
    stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text) => (output += text));
  await new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Error(`${name} did not run: ${error.message}`)));
    child.on("close", (code, ending) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(`${output}\n${name} ended with ${code === null ? `the signal ${ending}` : `exit code ${code}`}.`.trim()));
    });
  });
}
