import type { ExportFormat, ExportWriter } from "./export-format.ts";
import { csv } from "./exports/csv.ts";
import { framescopeCapture } from "./exports/framescope-capture.ts";
import { har } from "./exports/har.ts";
import { markdown } from "./exports/markdown.ts";
import { ndjson } from "./exports/ndjson.ts";
import { parquet } from "./exports/parquet.ts";
import { payloads } from "./exports/payloads.ts";
import { pcapng } from "./exports/pcapng.ts";
import { transcript } from "./exports/transcript.ts";

/** Every export format, in the order of the menu: one file in `exports/` and one line here. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [har, ndjson, csv, parquet, markdown, transcript, pcapng, payloads, framescopeCapture];

/** Undefined for an id of no format. */
export const exportFormat = (id: string): ExportFormat | undefined => EXPORT_FORMATS.find((format) => format.id === id);

/** What writes it, with the libraries that it needs. */
export const writerOf = async (format: ExportFormat): Promise<ExportWriter> => ("load" in format ? await format.load() : format);
