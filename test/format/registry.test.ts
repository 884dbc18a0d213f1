import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { ExportFormat } from "../../src/format/export-format.ts";
import { IMPORT_FORMATS } from "../../src/format/import-registry.ts";
import { EXPORT_FORMATS, exportFormat } from "../../src/format/registry.ts";

const FOLDER = new URL("../../src/format/exports/", import.meta.url);

it("every file in exports/ is a format in the registry, and none is there twice", async () => {
  const found: unknown[] = [];
  for (const file of readdirSync(FOLDER)) {
    const module = (await import(new URL(file, FOLDER).href)) as Record<string, unknown>;
    found.push(...Object.values(module).filter(isFormat));
  }
  expect(found.length).toBe(readdirSync(FOLDER).length);
  expect(new Set(EXPORT_FORMATS)).toEqual(new Set(found));
  expect(new Set(EXPORT_FORMATS.map(({ id }) => id)).size).toBe(EXPORT_FORMATS.length);
});

it("every file in imports/ is a format in its registry, and none is there twice", async () => {
  const folder = new URL("../../src/format/imports/", import.meta.url);
  const found: unknown[] = [];
  for (const file of readdirSync(folder)) {
    const module = (await import(new URL(file, folder).href)) as Record<string, unknown>;
    found.push(...Object.values(module).filter((value) => typeof value === "object" && value !== null && "recognises" in value));
  }
  expect(found.length).toBe(readdirSync(folder).length);
  expect(new Set(IMPORT_FORMATS)).toEqual(new Set(found));
  expect(new Set(IMPORT_FORMATS.map(({ id }) => id)).size).toBe(IMPORT_FORMATS.length);
});

it("a format is found by its id", () => {
  expect(exportFormat("har")).toMatchObject({ id: "har", extension: "har", mimeType: "application/json" });
  expect(exportFormat("nothing")).toBeUndefined();
});

it("no other room knows a format by its id: menus and calls are given the list", () => {
  const src = new URL("../../src/", import.meta.url);
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file) && !/^(format|words)\//.test(file));
  expect(files.length).toBeGreaterThan(100);
  const id = new RegExp(`["'\`](?:${EXPORT_FORMATS.map((format) => format.id).join("|")})["'\`]`);
  expect(files.filter((file) => id.test(readFileSync(new URL(file, src), "utf8")))).toEqual([]);
});

function isFormat(value: unknown): value is ExportFormat {
  return typeof value === "object" && value !== null && "id" in value && ("write" in value || "load" in value);
}
