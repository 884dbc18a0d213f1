import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import type { ExportFormat } from "../../src/format/export-format.ts";
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

it("a format is found by its id", () => {
  expect(exportFormat("har")).toMatchObject({ id: "har", extension: "har", mimeType: "application/json" });
  expect(exportFormat("nothing")).toBeUndefined();
});

function isFormat(value: unknown): value is ExportFormat {
  return typeof value === "object" && value !== null && "id" in value && "write" in value;
}
