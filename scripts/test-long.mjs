/** `npm run test:long`: all tests in full, and those that `npm test` has no time for. */
import { findBrowser } from "./find-browser.mjs";
import { runScript } from "./lifetime.mjs";
import { ensureScriptRuntimes } from "./script-runtimes.mjs";
import { setUp } from "./set-up.mjs";

// What test/some-of.ts asks.
process.env["FRAMESCOPE_ALL_RUNS"] = "1";

await runScript(async ({ signal }) => {
  await setUp({ signal });
  await ensureScriptRuntimes({ signal });
  const { path } = await findBrowser({ signal });
  process.env["CHROME_PATH"] = path;
  const [{ buildExtension }, { checkWith, suite, verify }] = await Promise.all([import("./build-extension.mjs"), import("./verification.mjs")]);
  await verify(
    [
      checkWith("build", () => buildExtension({ signal })),
      suite("unit and property tests in full", "unit"),
      suite("speed and memory against their yardsticks", "speed"),
      suite("end-to-end tests in Chromium in full", "e2e"),
      suite("end-to-end tests in Chromium that measure", "e2e-alone"),
      suite("larger amounts, other programs, the soak", "long"),
    ],
    signal,
  );
});
