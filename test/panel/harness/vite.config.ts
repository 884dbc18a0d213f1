import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The panel in an ordinary page, for looking at it: `npx vite --config test/panel/harness/vite.config.ts`. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  assetsInclude: ["**/*.framescope"],
  plugins: [react({ jsxImportSource: "#shown" })],
  server: { host: "127.0.0.1", port: 5199, fs: { allow: ["../../.."] } },
  // What the engine's workers import is not found from the pages: found late, it would be bundled anew under running workers.
  optimizeDeps: { entries: ["*.html", "../../../src/worker/*.ts"] },
  build: { target: "chrome125", outDir: "../../../out/harness", emptyOutDir: true },
});
