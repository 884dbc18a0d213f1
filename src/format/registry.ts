import type { ExportFormat } from "./export-format.ts";
import { har } from "./exports/har.ts";

/** Every export format, in the order of the menu: one file in `exports/` and one line here. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [har];

/** Undefined for an id of no format. */
export const exportFormat = (id: string): ExportFormat | undefined => EXPORT_FORMATS.find((format) => format.id === id);
