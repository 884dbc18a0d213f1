import { crx } from "@crxjs/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import manifest from "./manifest.json" with { type: "json" };

export default defineConfig({
  plugins: [react(), crx({ manifest })],
  // The demo capture.
  assetsInclude: ["**/*.framescope"],
  build: {
    target: "chrome125",
    // These are opened by their paths, so the manifest does not name them: without this line they are not built.
    rollupOptions: { input: { panel: "src/pages/panel/index.html", app: "src/pages/app/index.html" } },
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: "es" },
});
