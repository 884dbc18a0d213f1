import type { ImportFormat } from "../import-format.ts";
import { NdjsonReading } from "../ndjson/ndjson-reading.ts";

/** Framescope's own NDJSON; docs/files.md has every field. */
export const ndjsonIn: ImportFormat = {
  id: "ndjson",
  name: "NDJSON",
  recognises: (head) => /^\uFEFF?\s*\{\s*"record"\s*:\s*"capture"/.test(TEXT.decode(head.subarray(0, 64))),
  read: (input, sink) => new NdjsonReading(input, sink).read(),
};

const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });
