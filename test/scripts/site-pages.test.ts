import { readdirSync } from "node:fs";
import { marked } from "marked";
import { beforeAll, describe, expect, test } from "vitest";
import { languageOf, makeSite, readPages } from "../../scripts/site-pages.mjs";

const ROOT = new URL("../../", import.meta.url);
/** What the script puts beside the pages. */
const PICTURES = new Set(readdirSync(new URL("docs/screenshots/", ROOT)).map((name) => `screenshots/${name}`));

let pages: Awaited<ReturnType<typeof readPages>>;
let site: Awaited<ReturnType<typeof makeSite>>;

beforeAll(async () => {
  pages = await readPages(ROOT);
  site = await makeSite(pages, (markdown) => marked.parse(markdown, { gfm: true }));
});

const hrefsOf = (html: string): string[] => [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].map(([, href = ""]) => href);
const navOf = (html: string): string => /<nav[^]*?<\/nav>/.exec(html)?.[0] ?? "";

describe("the documentation as a site", () => {
  test("has a page of every page of docs/, in the navigation of all pages of its language, and of no other", () => {
    const docs = readdirSync(new URL("docs/", ROOT)).filter((name) => name.endsWith(".md"));
    for (const name of docs) expect([...site.keys()]).toContain(name.replace(/\.md$/, ".html"));
    for (const [file, html] of site) {
      const language = file.endsWith(".zh-CN.html") ? "zh-CN" : "en";
      const listed = hrefsOf(navOf(html).replace(/<a class="language".*?<\/a>/, ""));
      expect([file, ...listed.toSorted()]).toEqual([file, ...pages.filter(({ path }) => languageOf(path) === language).map((page) => page.file).toSorted()]);
      expect([file, /<html lang="(.*?)">/.exec(html)?.[1]]).toEqual([file, language]);
    }
  });

  test("leads from each page to the same in the other language, else to the first page of that", () => {
    const other = (file: string): readonly (string | undefined)[] => /<a class="language" href="(.*?)" lang="(.*?)"[^>]*>(.*?)</.exec(navOf(site.get(file) ?? ""))?.slice(1) ?? [];
    expect(other("index.html")).toEqual(["index.zh-CN.html", "zh-CN", "简体中文"]);
    expect(other("index.zh-CN.html")).toEqual(["index.html", "en", "English"]);
    expect(other("privacy.html")).toEqual(["privacy.zh-CN.html", "zh-CN", "简体中文"]);
    expect(other("task-3.html")).toEqual(["task-3.zh-CN.html", "zh-CN", "简体中文"]);
    expect(other("task-3.zh-CN.html")).toEqual(["task-3.html", "en", "English"]);
    expect(other("journal-format.html")).toEqual(["index.zh-CN.html", "zh-CN", "简体中文"]);
  });

  test("has no link that leads nowhere: to no page, to no place of a page, to no picture", () => {
    const broken: string[] = [];
    for (const [file, html] of site) {
      for (const href of hrefsOf(html)) {
        if (/^(?:https?|mailto):/.test(href)) continue;
        const [path = "", anchor] = href.replace(/^\.\//, "").split("#");
        const target = path === "" ? html : site.get(path);
        if (target === undefined || (anchor !== undefined && !target.includes(` id="${decodeURIComponent(anchor)}"`))) broken.push(`${file}: ${href}`);
      }
      for (const [, src = ""] of html.matchAll(/<img src="([^"]*)"/g)) if (!src.startsWith("http") && !PICTURES.has(src)) broken.push(`${file}: ${src}`);
    }
    expect(broken).toEqual([]);
  });
});
