import type { ExportFormat } from "../export-format.ts";

/** Packets that Wireshark takes apart; docs/files.md says what of them is made up. */
export const pcapng = {
  id: "pcapng",
  name: "pcapng",
  hasSensitiveForm: false,
  extension: "pcapng",
  mimeType: "application/x-pcapng",
  load: async () => ({ write: (await import("../pcapng/write-pcapng.ts")).writePcapng }),
} as const satisfies ExportFormat;
