/** The pages of the documentation as those of a site: their names, what leads from one to the other, and how they are laid out. */
import { readdir, readFile } from "node:fs/promises";

/** @typedef {"en" | "zh-CN"} Language Of a page, by its name. */

/** What the navigation of a language lists first, in this order; its other pages of docs/ follow by name. @type {Readonly<Record<string, string>>} */
const FIRST = {
  "README.md": "Framescope",
  "docs/filter-language.md": "Filter",
  "docs/tasks.md": "Tasks",
  "docs/findings.md": "Findings",
  "docs/analysis.md": "Analyse",
  "docs/files.md": "Files",
  "docs/copy-as-code.md": "Copy as code",
  "docs/talking-back.md": "Talk back",
  "docs/protocols.md": "Protocols",
  "docs/capture.md": "What is captured",
  "docs/command-line.md": "Command line",
  "docs/privacy.md": "Privacy",
  "README.zh-CN.md": "Framescope",
  "docs/filter-language.zh-CN.md": "过滤",
  "docs/tasks.zh-CN.md": "任务",
  "docs/findings.zh-CN.md": "发现",
  "docs/analysis.zh-CN.md": "分析",
  "docs/files.zh-CN.md": "文件",
  "docs/copy-as-code.zh-CN.md": "复制为代码",
  "docs/talking-back.zh-CN.md": "发送与规则",
  "docs/own-decoders.zh-CN.md": "自己的解码器",
  "docs/command-line.zh-CN.md": "命令行",
  "docs/privacy.zh-CN.md": "隐私",
};

/** The first page of each language. @type {Readonly<Record<string, string>>} */
const FRONT = { "README.md": "index.html", "README.zh-CN.md": "index.zh-CN.html" };

/** @type {Readonly<Record<Language, string>>} */
const LANGUAGE_NAMES = { en: "English", "zh-CN": "简体中文" };
/** @type {Readonly<Record<Language, string>>} */
const NAVIGATION_NAMES = { en: "Pages", "zh-CN": "页面" };

/** Pages whose parts are tasks: each has a page of its own, which this one lists. @type {ReadonlySet<string>} */
const LISTS_OF_TASKS = new Set(["docs/tasks.md", "docs/tasks.zh-CN.md"]);

/** @typedef {{ path: string, file: string, title: string, text: string }} Page `path`: in the repository; `file`: on the site. */

/** The numbered tasks of a page as pages, and itself with links in their places. @param {Page} page @returns {Page[]} */
function withTasks(page) {
  if (!LISTS_OF_TASKS.has(page.path)) return [page];
  const [beginning = "", ...parts] = page.text.split(/^(?=## )/m);
  const isTask = (/** @type {string} */ part) => part.includes("\n1. ");
  const tasks = parts.filter(isTask).map((part, i) => {
    const title = part.slice("## ".length, part.indexOf("\n"));
    return { path: page.path, file: page.file.replace("tasks", `task-${i + 1}`), title, text: `[${page.title}](${page.path.split("/").at(-1)})\n\n${part.replace("## ", "# ")}` };
  });
  const list = tasks.map(({ title, file }) => `- <a href="./${file}">${escape(title)}</a>`).join("\n");
  return [{ ...page, text: [beginning, list, ...parts.filter((part) => !isTask(part))].join("\n\n") }, ...tasks];
}

/** @param {URL} root Of the repository. @returns {Promise<Page[]>} */
export async function readPages(root) {
  const names = (await readdir(new URL("docs/", root))).filter((name) => name.endsWith(".md")).toSorted();
  const paths = [...new Set([...Object.keys(FIRST), ...names.map((name) => `docs/${name}`)])];
  return await Promise.all(
    paths.map(async (path) => {
      const text = await readFile(new URL(path, root), "utf8");
      const file = FRONT[path] ?? `${path.slice("docs/".length, -".md".length)}.html`;
      return { path, file, title: FIRST[path] ?? (/^# (.+)$/m.exec(text)?.[1] ?? path), text };
    }),
  );
}

/**
 * Each file of the site as it is to be written, by its name.
 * @param {readonly Page[]} pages
 * @param {(markdown: string) => string | Promise<string>} parse
 * @returns {Promise<Map<string, string>>}
 */
export async function makeSite(pages, parse) {
  const files = new Map(pages.map(({ path, file }) => [path, file]));
  const all = pages.flatMap(withTasks);
  // Beside the page that lists them.
  for (const { path, file } of all) if (LISTS_OF_TASKS.has(path)) files.set(`docs/${file}`, file);
  const made = all.map(async (page) => /** @type {const} */ ([page.file, layOut(page, linked(await parse(page.text), page, files), { pages, all })]));
  return new Map(await Promise.all(made));
}

/** @param {string} path @returns {Language} */
export const languageOf = (path) => (path.endsWith(".zh-CN.md") ? "zh-CN" : "en");

/**
 * The page in the other language; of one that there is in its own alone, the other's first.
 * @param {Page} page
 * @param {readonly Page[]} all
 */
function inOtherLanguage({ path, file }, all) {
  const [end, other] = languageOf(path) === "en" ? [".html", ".zh-CN.html"] : [".zh-CN.html", ".html"];
  const wanted = file.slice(0, -end.length) + other;
  return all.find((page) => page.file === wanted) ?? all.find((page) => page.file === `index${other}`);
}

/**
 * Links to pages of the site stay on it; what else the repository has is named, and leads nowhere.
 * @param {string} html
 * @param {Page} page
 * @param {ReadonlyMap<string, string>} files
 */
function linked(html, { path }, files) {
  return html
    .replace(/<a href="([^"]*)"([^>]*)>(.*?)<\/a>/gs, (whole, href, rest, text) => {
      if (/^(?:[a-z]+:|#)/i.test(href)) return whole;
      const { pathname, hash } = new URL(href, `file:///${path}`);
      const file = files.get(decodeURIComponent(pathname.slice(1)));
      return file === undefined ? text : `<a href="${file}${hash}"${rest}>${text}</a>`;
    })
    .replace(/<img src="([^"]*)"/g, (whole, src) => (/^[a-z]+:/i.test(src) ? whole : `<img src="${new URL(src, `file:///${path}`).pathname.slice(1).replace(/^docs\//, "")}"`))
    .replace(/<(h[2-4])>(.*?)<\/\1>/gs, (_, level, text) => `<${level} id="${anchorOf(text)}">${text}</${level}>`);
}

/** As GitHub names the anchor of a heading. @param {string} heading Of HTML. */
const anchorOf = (heading) =>
  heading
    .replace(/<[^>]+>|&[a-z#0-9]+;/g, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

/**
 * @param {Page} page
 * @param {string} body
 * @param {{ pages: readonly Page[], all: readonly Page[] }} site `pages`: those that the navigation lists.
 */
function layOut(page, body, { pages, all }) {
  const { path, title } = page;
  const language = languageOf(path);
  const links = pages.filter((one) => languageOf(one.path) === language).map((one) => `<a href="${one.file}"${one.path === path ? ' aria-current="page"' : ""}>${escape(one.title)}</a>`);
  const other = inOtherLanguage(page, all);
  if (other !== undefined) links.push(`<a class="language" href="${other.file}" lang="${languageOf(other.path)}" hreflang="${languageOf(other.path)}">${LANGUAGE_NAMES[languageOf(other.path)]}</a>`);
  const named = title === "Framescope" ? title : `${title} · Framescope`;
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(named)}</title>
<link rel="icon" href="icon.png">
<style>${STYLE}</style>
<nav aria-label="${NAVIGATION_NAMES[language]}">${links.join("\n")}</nav>
<main>
${body}</main>
</html>
`;
}

/** @param {string} text */
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const STYLE = `
:root { color-scheme: light dark; --text: light-dark(#1f2328, #e4e6ea); --dim: light-dark(#5d6571, #a2a8b2); --line: light-dark(#e1e4ea, #3a3e44); --soft: light-dark(#f7f8fa, #26282c); --accent: light-dark(#0b57d0, #8ab4f8); }
* { box-sizing: border-box; }
body { display: grid; grid-template-columns: 220px minmax(0, 860px); margin: 0; background: light-dark(#fff, #1f2023); color: var(--text); font: 15px/1.6 system-ui, sans-serif; }
nav { position: sticky; top: 0; display: flex; flex-direction: column; height: 100vh; overflow: auto; padding: 24px 16px; border-inline-end: 1px solid var(--line); background: var(--soft); }
nav a { padding: 3px 8px; border-radius: 5px; color: var(--text); text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav .language { margin-top: auto; padding-top: 12px; color: var(--dim); }
nav a[aria-current] { background: var(--line); font-weight: 600; }
main { padding: 24px 32px 80px; }
a { color: var(--accent); }
img { max-width: 100%; border: 1px solid var(--line); border-radius: 6px; }
code, pre { font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
code { padding: 1px 4px; border-radius: 4px; background: var(--soft); }
pre { overflow: auto; padding: 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--soft); }
pre code { padding: 0; }
table { display: block; overflow: auto; border-collapse: collapse; }
th, td { padding: 5px 10px; border: 1px solid var(--line); text-align: start; vertical-align: top; }
@media (max-width: 760px) { body { display: block; } nav { position: static; flex-flow: row wrap; height: auto; } main { padding: 16px; } }
`;
