import type { ImportFormat } from "../import-format.ts";
import { NetLogReading } from "../wire/net-log-reading.ts";

/** What Chrome writes with `--log-net-log`, or at chrome://net-export. */
export const netLog: ImportFormat = {
  id: "net-log",
  name: "Chrome NetLog",
  recognises: (head) => /^\uFEFF?\s*\{\s*"constants"\s*:/.test(TEXT.decode(head.subarray(0, 64))),
  read: (input, sink) => new NetLogReading(input, sink).read(),
};

const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });
