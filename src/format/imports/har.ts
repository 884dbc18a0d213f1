import type { ImportFormat } from "../import-format.ts";
import { HarReading } from "../har/har-reading.ts";

/** HAR with messages, as any tool writes it; docs/files.md says what of each is read. */
export const har: ImportFormat = {
  id: "har",
  name: "HAR",
  // What of a file of JSON is no HAR shows when it is read.
  recognises: (head) => /^\uFEFF?\s*\{/.test(TEXT.decode(head.subarray(0, 64))),
  read: (input, sink) => new HarReading(input, sink).read(),
};

const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });
