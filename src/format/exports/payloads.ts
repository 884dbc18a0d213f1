import { say } from "../../model/said.ts";
import type { ExportFormat } from "../export-format.ts";

/** The payload of each message as a file of its own, in a zip. */
export const payloads = {
  id: "payload-files",
  name: say("format.payloads"),
  hasSensitiveForm: false,
  tellsDecoded: true,
  extension: "zip",
  mimeType: "application/zip",
  load: async () => ({ write: (await import("../payload-files/write-payloads.ts")).writePayloads }),
} as const satisfies ExportFormat;
