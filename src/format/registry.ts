import type { ExportFormat } from "./export-format.ts";
import { har } from "./exports/har.ts";

/** Every export format: one file in `exports/` and one line here. */
export const EXPORT_FORMATS = [har] as const satisfies readonly ExportFormat[];

export type ExportFormatId = (typeof EXPORT_FORMATS)[number]["id"];

export function exportFormat(id: ExportFormatId): ExportFormat {
  const found = EXPORT_FORMATS.find((format) => format.id === id);
  if (found === undefined) throw new Error(`No export format is called ${JSON.stringify(id)}.`);
  return found;
}
