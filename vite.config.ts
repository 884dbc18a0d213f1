import { crx } from "@crxjs/vite-plugin";
import react from "@vitejs/plugin-react";
import { build, defineConfig, type Plugin } from "vite";
import manifest from "./manifest.json" with { type: "json" };

/** Chrome 125 is the oldest that has what the code uses. */
const TARGET = "chrome125";

/** The scripts of the sandboxed page, each alone and no module: such a page has no origin to load one from. */
const sandboxScripts: Plugin = {
  name: "sandbox-scripts",
  apply: "build",
  async generateBundle() {
    for (const [fileName, input] of [["sandbox.js", "src/sandbox/page.ts"], ["sandbox-worker.js", "src/sandbox/worker.ts"]] as const) {
      const built = await build({ configFile: false, publicDir: false, logLevel: "error", build: { write: false, target: TARGET, modulePreload: { polyfill: false }, rolldownOptions: { input, output: { format: "iife" } } } });
      const [bundle] = [built].flat();
      const chunk = bundle !== undefined && "output" in bundle ? bundle.output[0] : undefined;
      if (chunk === undefined) throw new Error(`${input} is not built.`);
      this.emitFile({ type: "asset", fileName, source: chunk.code });
    }
  },
};

export default defineConfig({
  plugins: [react(), crx({ manifest }), sandboxScripts],
  // The demo capture.
  assetsInclude: ["**/*.framescope"],
  build: {
    target: TARGET,
    // These are opened by their paths, so the manifest does not name them: without this line they are not built.
    rollupOptions: { input: { panel: "src/pages/panel/index.html", app: "src/pages/app/index.html" } },
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: "es" },
});
