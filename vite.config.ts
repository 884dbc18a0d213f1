import { crx } from "@crxjs/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import manifest from "./manifest.json" with { type: "json" };

export default defineConfig({
  plugins: [react(), crx({ manifest })],
  build: {
    target: "chrome125",
    // The panel is opened by its path from the devtools page, so no HTML names it: without this line it is not built.
    rollupOptions: { input: { panel: "src/pages/panel/index.html" } },
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: "es" },
});
