import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { CONTRACT_VERSION } from "../../src/contract/wire.ts";
import { EXTENSION_FOLDER } from "../../scripts/build-extension.mjs";
import { LEAST_VERSION } from "../../src/node/chrome/find-chrome.mjs";

interface Manifest {
  readonly version: string;
  readonly minimum_chrome_version: string;
  readonly permissions: readonly string[];
  readonly host_permissions?: unknown;
  readonly optional_permissions?: unknown;
  readonly optional_host_permissions?: unknown;
  readonly content_scripts?: unknown;
  readonly web_accessible_resources?: unknown;
  readonly externally_connectable?: unknown;
  readonly content_security_policy: { readonly extension_pages: string; readonly sandbox: string };
  readonly sandbox: { readonly pages: readonly string[] };
}

const manifest = JSON.parse(await readFile(new URL("manifest.json", EXTENSION_FOLDER), "utf8")) as Manifest;

describe("the built manifest", () => {
  it("asks for three permissions and no page's content", () => {
    expect([...manifest.permissions].toSorted()).toEqual(["debugger", "storage", "unlimitedStorage"]);
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(["host_permissions"]));
    for (const key of ["host_permissions", "optional_permissions", "optional_host_permissions", "content_scripts", "web_accessible_resources", "externally_connectable"]) {
      expect(manifest).not.toHaveProperty(key);
    }
  });

  it("is of the release that its threads agree on, and asks for the oldest Chrome that it was tried with", () => {
    expect(manifest.version).toBe(CONTRACT_VERSION);
    expect(Number(manifest.minimum_chrome_version)).toBe(LEAST_VERSION);
  });

  it("lets no page of the extension speak to the network or run what did not come with it", () => {
    const policy = new Map(
      manifest.content_security_policy.extension_pages.split(";").map((directive) => {
        const [name = "", ...values] = directive.trim().split(/\s+/);
        return [name, values.join(" ")];
      }),
    );
    expect(policy.get("default-src")).toBe("'none'");
    expect(policy.get("connect-src")).toBe("'none'");
    expect(policy.get("script-src")).toBe("'self'");
    expect(policy.get("worker-src")).toBe("'self'");
    // A picture or a sound of the page is shown out of memory; none is fetched, and nothing but these is embedded.
    expect(policy.get("img-src")).toBe("'self' data: blob:");
    expect(policy.get("media-src")).toBe("blob:");
    expect(policy.get("frame-src")).toBe("'self'");
    expect(policy.has("object-src")).toBe(false);
    expect(manifest.content_security_policy.extension_pages).not.toMatch(/https?:|wss?:|unsafe-eval|\*(?!$)(?=\s)/);
  });

  it("gives the page of own decoders no origin and no network", () => {
    const { sandbox } = manifest.content_security_policy;
    expect(manifest.sandbox.pages).toEqual(["src/pages/own-decoders/index.html"]);
    expect(sandbox).toMatch(/^sandbox allow-scripts; default-src 'none';/);
    expect(sandbox).not.toMatch(/https?:|wss?:|allow-same-origin|connect-src|\*(?=\s|;|$)/);
  });

  it("has a view's small script before its large one, so that storage and words are there when that is", async () => {
    for (const page of ["panel", "app"]) {
      const html = await readFile(new URL(`src/pages/${page}/index.html`, EXTENSION_FOLDER), "utf8");
      expect([...html.matchAll(/<script[^>]* src="\/assets\/([a-z]+)-/g)].map(([, name]) => name)).toEqual(["ahead", page]);
    }
  });

  it("has all that a thread needs to begin in its own file, beside the bundler's runtime: a file more is a request more before the first frame", async () => {
    const assets = new URL("assets/", EXTENSION_FOLDER);
    const threads = (await readdir(assets)).filter((name) => /^(?:[a-z]+-)?worker-[\w-]+\.js$/.test(name));
    expect(threads.map((name) => name.replace(/worker-.*/, "worker")).toSorted()).toEqual(["decode-worker", "look-worker", "scan-worker", "worker"]);
    for (const thread of threads) {
      const script = await readFile(new URL(thread, assets), "utf8");
      // What stands behind `import(` is loaded when it is needed.
      const imported = [...script.matchAll(/(?:from|import)\s*"\.\/([\w.-]+)"/g)].map(([, name]) => name);
      expect(imported.filter((name) => name?.startsWith("rolldown-runtime-") !== true)).toEqual([]);
    }
  });

  it("holds React for production, whatever built it: the one for development takes twice as long to draw", async () => {
    const assets = new URL("assets/", EXTENSION_FOLDER);
    const scripts = await Promise.all((await readdir(assets)).filter((name) => name.startsWith("views-")).map((name) => readFile(new URL(name, assets), "utf8")));
    const isIn = (text: string): boolean => scripts.some((script) => script.includes(text));
    expect([isIn("https://react.dev/errors/"), isIn("jsxDEV")]).toEqual([true, false]);
  });

  it("ships no script from elsewhere: no page names an address of the network", async () => {
    const pages = (await readdir(EXTENSION_FOLDER, { recursive: true })).filter((name) => name.endsWith(".html"));
    expect(pages.length).toBeGreaterThanOrEqual(2);
    for (const page of pages) expect(await readFile(new URL(page, EXTENSION_FOLDER), "utf8")).not.toMatch(/https?:\/\//);
  });
});
