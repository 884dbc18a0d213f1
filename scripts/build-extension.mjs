/** Builds the extension into dist/. */
import { fileURLToPath } from "node:url";
import { runCommand } from "./run-command.mjs";
import { ROOT } from "./set-up.mjs";

/** The folder that Chrome loads as an unpacked extension. */
export const EXTENSION_FOLDER = new URL("dist/", ROOT);

/**
 * Empties dist/ and builds it anew. Vite's output is shown only if the build fails.
 * @param {{ signal?: AbortSignal }} options
 */
export async function buildExtension({ signal } = {}) {
  const vite = fileURLToPath(new URL("node_modules/vite/bin/vite.js", ROOT));
  // What else Vite did in this process may have set it, and React would be the one for development.
  const env = { ...process.env, NODE_ENV: "production" };
  await runCommand(process.execPath, [vite, "build"], { cwd: ROOT, env, quiet: true, ...(signal === undefined ? {} : { signal }) });
}
