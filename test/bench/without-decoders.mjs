/** Another build of the extension, whose decode thread takes each message and asks no decoder. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";
import { ROOT } from "../../scripts/set-up.mjs";

const WITH = "serveThread(serveDecoding())";
const WITHOUT = "serveThread(serveDecoding([]))";

/** @returns {Promise<{ extension: URL, remove: () => Promise<void> }>} The folder, and what removes it. */
export async function buildWithoutDecoders() {
  const folder = await mkdtemp(join(tmpdir(), "framescope-no-decoders-"));
  let isWithout = false;
  /** @type {import("vite").Plugin} */
  const noDecoders = {
    name: "no-decoders",
    transform: {
      // Vite asks of the same file again for the address of the worker.
      filter: { id: /[\\/]src[\\/]worker[\\/]decode-worker\.ts/, code: WITH },
      handler(code) {
        isWithout = true;
        return { code: code.replace(WITH, WITHOUT), map: null };
      },
    },
  };
  // As `buildExtension` has it: what is compared is the decoders alone.
  process.env["NODE_ENV"] = "production";
  await build({ root: fileURLToPath(ROOT), logLevel: "error", build: { outDir: folder, emptyOutDir: true }, worker: { plugins: () => [noDecoders] } });
  if (!isWithout) throw new Error(`src/worker/decode-worker.ts does not say ${WITH} any more.`);
  return { extension: pathToFileURL(`${folder}/`), remove: () => rm(folder, { recursive: true, force: true }) };
}
