import { crx } from "@crxjs/vite-plugin";
import react from "@vitejs/plugin-react";
import { build, defineConfig, type Plugin, type Rolldown } from "vite";
import manifest from "./manifest.json" with { type: "json" };

const TARGET = `chrome${manifest.minimum_chrome_version}`;

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

const AHEAD = "src/pages/ahead/ahead.ts";

/** A script that runs in a view's page while its own, which are large, are still on their way. Vite would make one of the two. */
const scriptAhead: Plugin = {
  name: "script-ahead",
  apply: "build",
  buildStart() {
    this.emitFile({ type: "chunk", id: AHEAD, name: "ahead" });
  },
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle, filename }) {
      if (!/[\\/]pages[\\/](?:panel|app)[\\/]/.test(filename)) return;
      const chunk = Object.values(bundle ?? {}).find((file) => file.type === "chunk" && file.name === "ahead");
      if (chunk === undefined) throw new Error(`${AHEAD} is not built.`);
      return [{ tag: "script", attrs: { type: "module", crossorigin: true, src: `/${chunk.fileName}` }, injectTo: "head-prepend" }];
    },
  },
};

/** Pages that have to be there before a panel is shown, and draw nothing. */
const BEHIND = ["background", "devtools", "own-place"];
const pagesOfModules = new Map<string, Set<string>>();

/** The folders under src/pages from which a module is reached without a dynamic import. */
function pagesOf(id: string, context: Rolldown.ChunkingContext): ReadonlySet<string> {
  const known = pagesOfModules.get(id);
  if (known !== undefined) return known;
  const pages = new Set(/[\\/]src[\\/]pages[\\/]([a-z-]+)[\\/][^\\/]*$/.exec(id)?.slice(1));
  // Before its importers: they may import each other.
  pagesOfModules.set(id, pages);
  for (const importer of context.getModuleInfo(id)?.importers ?? []) for (const page of pagesOf(importer, context)) pages.add(page);
  return pages;
}

const SRC_PANEL = /[\\/]src[\\/]panel[\\/]/;
const SCRIPTS = /[\\/](?:src|node_modules)[\\/].*\.(?:tsx?|[cm]?js)$/;

/**
 * What the panel and the app page need for their first rows comes in four files: a request costs more than what stands in
 * it. One of them has what the pages behind them have in common with them, one what the script ahead runs while the others
 * are still parsed (`DRAWING` is the fourth); what only one of the two pages has is its beginning, which must not run in the other.
 */
const FIRST_PAINT: Rolldown.CodeSplittingGroup = {
  test: SCRIPTS,
  tags: ["$initial"],
  name(id, context) {
    const pages = pagesOf(id, context);
    // What the script ahead has in common with what is loaded later alone: it would take all of that with it.
    if (!pages.has("panel") || !pages.has("app")) return pages.has("ahead") && !pages.has("panel") && SRC_PANEL.test(id) ? "views-ahead" : null;
    return BEHIND.some((page) => pages.has(page)) ? "common" : pages.has("ahead") ? "views-ahead" : "views-first";
  },
};

/** The libraries that draw: as large as all else, so Chrome parses the two at once, each on a core. */
const DRAWING: Rolldown.CodeSplittingGroup = { test: /[\\/]node_modules[\\/](?:react|react-dom|scheduler)[\\/]/, name: "views-react" };

/**
 * Most functions of these run before the first rows are shown. Chrome compiles them where it parses, beside the view's thread;
 * left to itself it does so a thousand times on that thread, each when it is first called.
 */
const CALLED_ON_LOAD = /^views-(?:ahead|react|first)$/;

/** Says so in their first lines, where alone Chrome reads it: Vite puts lines there last of all. */
const compiledOnLoad: Plugin = {
  name: "compiled-on-load",
  apply: "build",
  enforce: "post",
  generateBundle: {
    order: "post",
    handler(_options, bundle) {
      for (const file of Object.values(bundle)) if (file.type === "chunk" && CALLED_ON_LOAD.test(file.name)) file.code = `//# allFunctionsCalledOnLoad\n${file.code}`;
    },
  },
};

/** What the panel loads as soon as its first rows are shown. */
const LATE_PARTS = /[\\/]src[\\/]panel[\\/](?:top-bar[\\/]menus\.ts|timeline[\\/]timeline\.tsx|frames[\\/]frames-late\.ts)$/;
const isLateModule = new Map<string, boolean>();

/** Whether a module is reached from one of these without a dynamic import. */
function isLate(id: string, context: Rolldown.ChunkingContext): boolean {
  const known = isLateModule.get(id);
  if (known !== undefined) return known;
  isLateModule.set(id, LATE_PARTS.test(id));
  const late = LATE_PARTS.test(id) || (context.getModuleInfo(id)?.importers ?? []).some((importer) => isLate(importer, context));
  isLateModule.set(id, late);
  return late;
}

/** In one file too: each of two dozen requests would take a millisecond of the view's thread. What the pages behind need as well stands apart. */
const LATER: readonly Rolldown.CodeSplittingGroup[] = [
  { test: SCRIPTS, priority: 1, name: (id, context) => (isLate(id, context) && BEHIND.some((page) => pagesOf(id, context).has(page)) ? "common-later" : null) },
  { test: SCRIPTS, name: (id, context) => (isLate(id, context) && pagesOf(id, context).size === 0 ? "views-later" : null) },
];

/** What a thread begins with comes in one file; left to itself the bundler parts it by what else needs it, in sixty for the engine. */
const THREAD: Rolldown.CodeSplittingGroup = { tags: ["$initial"], name: "thread" };

/** So does what is loaded with the first message of most connections: each of eleven files would cost a millisecond. */
const JSON_SESSIONS: Rolldown.CodeSplittingGroup = { test: /[\\/]src[\\/]decode[\\/](?:json|records)[\\/]json-(?:lines-|records-)?session\.ts$/, name: "json-sessions" };

export default defineConfig({
  plugins: [react({ jsxImportSource: "#shown" }), crx({ manifest }), sandboxScripts, scriptAhead, compiledOnLoad],
  // The demo capture.
  assetsInclude: ["**/*.framescope"],
  build: {
    target: TARGET,
    // These are opened by their paths, so the manifest does not name them: without this line they are not built.
    rolldownOptions: {
      input: { panel: "src/pages/panel/index.html", app: "src/pages/app/index.html", ownPlace: "src/pages/own-place/index.html" },
      output: { codeSplitting: { groups: [{ ...DRAWING, priority: 3 }, { ...FIRST_PAINT, priority: 2 }, ...LATER] } },
    },
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: "es", rolldownOptions: { output: { codeSplitting: { groups: [THREAD, JSON_SESSIONS] } } } },
});
