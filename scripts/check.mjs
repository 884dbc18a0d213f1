/** `npm run check`: everything that needs no browser. */
import { runScript } from "./lifetime.mjs";
import { ensureScriptRuntimes } from "./script-runtimes.mjs";
import { setUp } from "./set-up.mjs";

await runScript(async ({ signal }) => {
  await setUp({ signal });
  await ensureScriptRuntimes({ signal });
  const [{ CHECKS }, { verify }] = await Promise.all([import("./checks.mjs"), import("./verification.mjs")]);
  await verify(CHECKS, signal);
});
