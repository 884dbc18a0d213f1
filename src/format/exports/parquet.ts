import type { ExportFormat } from "../export-format.ts";

/** Apache Parquet, a row a row, typed columns: what DuckDB and other engines read; docs/analysis.md has queries. */
export const parquet = {
  id: "parquet",
  name: "Parquet",
  hasSensitiveForm: false,
  tellsDecoded: true,
  tellsPaths: true,
  isPartitioned: true,
  extension: "parquet",
  mimeType: "application/vnd.apache.parquet",
  load: async () => ({ write: (await import("../parquet/write-parquet.ts")).writeParquet }),
} as const satisfies ExportFormat;
