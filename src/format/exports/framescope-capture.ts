import { say } from "../../model/said.ts";
import type { ExportFormat } from "../export-format.ts";

/** The whole capture, compressed, with pins and notes, as the extension keeps it; docs/files.md says what is in it. */
export const framescopeCapture = {
  id: "framescope-capture",
  name: say("format.framescope"),
  hasSensitiveForm: false,
  holdsAnswers: true,
  extension: "framescope",
  mimeType: "application/zip",
  load: async () => ({ write: (await import("../framescope/write-capture.ts")).writeCapture }),
} as const satisfies ExportFormat;
