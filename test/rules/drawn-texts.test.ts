import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { expect, it } from "vitest";

const PANEL = new URL("../../src/panel/", import.meta.url);
/** What draws text that `figures/jsx-runtime.ts` does not see. */
const PAST_IT = /innerHTML|from "react\/jsx-|\bcreateElement\b(?!\()|React\.createElement|\bcloneElement\b|@jsxImportSource/i;
/** What it is made of itself. */
const OWN = new Set(["figures/jsx-runtime.ts", "figures/jsx-dev-runtime.ts", "figures/hidden-characters.tsx"]);

it("all elements of the panel are made where hidden characters become marks", async () => {
  const files = (await readdir(PANEL, { recursive: true })).filter((name) => /\.tsx?$/.test(name) && !OWN.has(name));
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((name) => PAST_IT.test(readFileSync(new URL(name, PANEL), "utf8")))).toEqual([]);
  for (const config of ["../../vite.config.ts", "../panel/harness/vite.config.ts"]) expect(readFileSync(new URL(config, import.meta.url), "utf8")).toContain('react({ jsxImportSource: "#shown" })');
});

it.each(['import { createElement, memo } from "react";', "<b dangerouslySetInnerHTML={{ __html: text }} />", "/** @jsxImportSource react */"])("%s would be refused", (text) => {
  expect(text).toMatch(PAST_IT);
});
