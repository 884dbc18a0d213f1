import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const DOCS = new URL("../../docs/", import.meta.url);
const END = ".zh-CN.md";
/** They are shorter in Chinese. */
const SHORTENED = new Set(["privacy", "tasks"]);
const PAGES = readdirSync(DOCS).flatMap((name) => (name.endsWith(END) && !SHORTENED.has(name.slice(0, -END.length)) ? [name.slice(0, -END.length)] : []));

const read = (name: string): string => readFileSync(new URL(name, DOCS), "utf8");
/** But for comments, which are translated. */
const blocksOf = (text: string): string[] => [...text.matchAll(/^```[^]*?^```$/gm)].map(([block]) => block.replaceAll(/^\s*\/\/.*$/gm, ""));
/** What is the same in any language: code among the text, and how many headings and rows of tables there are. */
function bonesOf(text: string): { readonly code: readonly string[]; readonly headings: number; readonly rows: number } {
  const prose = text.replaceAll(/^```[^]*?^```$/gm, "");
  return { code: [...new Set(prose.match(/`[^`\n]+`/g))].toSorted(), headings: prose.match(/^## /gm)?.length ?? 0, rows: prose.match(/^\|/gm)?.length ?? 0 };
}

test.each(PAGES)("%s says in Chinese what it says in English, and each leads to the other", (page) => {
  const [english, chinese] = [read(`${page}.md`), read(page + END)];
  expect(bonesOf(chinese)).toEqual(bonesOf(english));
  expect(blocksOf(chinese)).toEqual(blocksOf(english));
  expect(english.split("\n")[1]).toBe(`English · [简体中文](${page}${END})`);
  expect(chinese.split("\n")[1]).toBe(`[English](${page}.md) · 简体中文`);
});

test("a page in Chinese leads to others in Chinese where there are any", () => {
  for (const name of readdirSync(DOCS).filter((one) => one.endsWith(END))) {
    const own = `](${name.replace(END, ".md")})`;
    const links = [...read(name).matchAll(/\]\(([\w-]+)\.md(?:#[^)]*)?\)/g)].filter(([link]) => link !== own);
    expect([name, ...links.flatMap(([, to = ""]) => (existsSync(new URL(to + END, DOCS)) ? [to] : []))]).toEqual([name]);
  }
});
