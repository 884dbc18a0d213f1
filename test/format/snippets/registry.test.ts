import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { SNIPPET_TARGETS, snippetTarget } from "../../../src/format/snippets/registry.ts";
import type { SnippetTarget } from "../../../src/format/snippets/snippet.ts";

const FOLDER = new URL("../../../src/format/snippets/targets/", import.meta.url);

it("every file in targets/ is a target in the registry, and none is there twice", async () => {
  const found: unknown[] = [];
  for (const file of readdirSync(FOLDER)) {
    const module = (await import(new URL(file, FOLDER).href)) as Record<string, unknown>;
    found.push(...Object.values(module).filter(isTarget));
  }
  expect(found.length).toBe(readdirSync(FOLDER).length);
  expect(new Set(SNIPPET_TARGETS)).toEqual(new Set(found));
  expect(new Set(SNIPPET_TARGETS.map(({ id }) => id)).size).toBe(SNIPPET_TARGETS.length);
});

it("a target is found by its id", () => {
  expect(snippetTarget("go")).toMatchObject({ id: "go", extension: "go" });
  expect(snippetTarget("nothing")).toBeUndefined();
});

it("each has a row in docs/copy-as-code.md", () => {
  const rows = [...readFileSync(new URL("../../../docs/copy-as-code.md", import.meta.url), "utf8").matchAll(/^\| (.+?) \| `(\S+)` \|/gm)].map(([, name, id]) => [name, id]);
  expect(rows).toEqual(SNIPPET_TARGETS.map(({ name, id }) => [name, id]));
});

it("no other room knows a target by its id: menus and calls are given the list", () => {
  const src = new URL("../../../src/", import.meta.url);
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file) && /^(contract|engine|node|pages|panel|worker)\//.test(file));
  expect(files.length).toBeGreaterThan(100);
  const id = new RegExp(`["'\`](?:${SNIPPET_TARGETS.map((target) => target.id).join("|")})["'\`]`);
  expect(files.filter((file) => id.test(readFileSync(new URL(file, src), "utf8")))).toEqual([]);
});

function isTarget(value: unknown): value is SnippetTarget {
  return typeof value === "object" && value !== null && "id" in value && "write" in value;
}
