/**
 * `npm start`: from a fresh clone to the panel with frames flowing.
 *
 * With a display, stays until the browser is closed or Ctrl-C. Without one, or with `--headless`, records for
 * `--seconds N` (10 if left out), saves the capture and pictures of the panel under out/, and ends.
 *
 * Only Node's own modules are imported here: the packages may not be installed yet.
 */
import { parseArgs } from "node:util";
import { runScript } from "./lifetime.mjs";
import { setUp } from "./set-up.mjs";

await runScript(async (lifetime) => {
  const { headless, seconds } = readOptions();
  await setUp({ signal: lifetime.signal });
  const { startDemoBrowser } = await import("./demo-browser.mjs");
  const { stayOpen, recordDemo } = await import("./demo-run.mjs");
  const demo = await startDemoBrowser(lifetime, { headless });
  if (headless) await recordDemo(demo, { seconds, signal: lifetime.signal });
  else await stayOpen(demo, lifetime);
});

function readOptions() {
  const { values } = parseArgs({ options: { headless: { type: "boolean", default: false }, seconds: { type: "string", default: "10" } } });
  const hasDisplay = process.platform !== "linux" || Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
  if (!(Number(values.seconds) > 0)) throw new Error(`--seconds takes a number above 0, not "${values.seconds}".`);
  return { headless: values.headless || !hasDisplay, seconds: Number(values.seconds) };
}
