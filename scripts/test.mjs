/** `npm test`: the checks, then the end-to-end tests in a real browser. */
import { findBrowser } from "./find-browser.mjs";
import { runScript } from "./lifetime.mjs";
import { ensureScriptRuntimes } from "./script-runtimes.mjs";
import { setUp } from "./set-up.mjs";

await runScript(async ({ signal }) => {
  await setUp({ signal });
  await ensureScriptRuntimes({ signal });
  // Found, or installed, before anything long runs: a machine without a browser is told at once.
  const { path } = await findBrowser({ signal });
  process.env["CHROME_PATH"] = path;
  const [{ CHECKS }, { suite, verify }] = await Promise.all([import("./checks.mjs"), import("./verification.mjs")]);
  await verify([...CHECKS, suite("end-to-end tests in Chromium", "e2e"), suite("end-to-end tests in Chromium that measure", "e2e-alone")], signal);
});
