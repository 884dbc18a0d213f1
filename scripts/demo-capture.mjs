/** `npm run demo-capture`: records the capture that comes with the extension, from the demo's real servers, through the panel's own menu. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runScript } from "./lifetime.mjs";
import { ROOT, setUp } from "./set-up.mjs";

const FILE = new URL("src/panel/welcome/demo.framescope", ROOT);
/** Long enough for the demo's orders, answers, drops and reconnections to have passed. */
const RECORDED_MS = 10_000;

await runScript(async (lifetime) => {
  await setUp({ signal: lifetime.signal });
  const [{ startDemoBrowser }, { exportCapture, waitUntilCapturing }] = await Promise.all([import("./demo-browser.mjs"), import("./panel-actions.mjs")]);
  const demo = await startDemoBrowser(lifetime, { headless: true });
  await waitUntilCapturing(demo.panel);
  // From the first opening on.
  await demo.page.reload({ waitUntil: "domcontentloaded" });
  await wait(RECORDED_MS, undefined, { signal: lifetime.signal });
  const folder = await mkdtemp(join(tmpdir(), "framescope-demo-"));
  try {
    const { path } = await exportCapture(demo, "Framescope capture", folder);
    const bytes = await readFile(path);
    await writeFile(FILE, bytes);
    console.log(`${fileURLToPath(FILE)}: ${Math.ceil(bytes.length / 1000)} kB`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
