import { gzipSync } from "node:zlib";
import type { CaptureLog } from "../../src/engine/capture-log.ts";
import { exportSource } from "../../src/engine/export-source.ts";
import type { ExportSource, ExportWriter, PackPart } from "../../src/format/export-format.ts";
import { findAllSecrets, redactedSource } from "../../src/format/redact/redacted-source.ts";
import { Redaction } from "../../src/format/redact/redaction.ts";
import { har } from "../../src/format/exports/har.ts";
import { ndjson } from "../../src/format/exports/ndjson.ts";
import { writeParquet } from "../../src/format/parquet/write-parquet.ts";
import { epochMilliseconds } from "../../src/model/units.ts";
import { feed, SIZE } from "./feed.ts";
import type { BenchRow } from "./measure.ts";

/** Exports of a capture of `frames` frames of 200 B, in Node: HAR and NDJSON once it was looked through, as the panel has it; Parquet as the command line. */
export function main(frames = 1_000_000): readonly BenchRow[] {
  const capture = feed(frames);
  globalThis.gc?.();
  const memory = process.memoryUsage().rss;
  const began = performance.now();
  for (const _ of findAllSecrets(exportSource(capture, undefined), new Redaction()));
  const looked = performance.now() - began;
  const asHar = run(capture, har);
  const stringify = stringifyEach(capture, (row, data) => ({ type: "receive", time: 1_795_176_000 + row / 1000, opcode: 1, data }));
  const records = stringifyEach(capture, (row, text) => ({ record: "message", n: row + 1, connection: 1, time: 1_795_176_000 + row / 1000, direction: "received", opcode: 1, size: SIZE, text }));
  const lines = run(capture, ndjson);
  const unlooked = (): ExportSource => ({ ...exportSource(capture, undefined), clean: undefined });
  const inOnePass = run(capture, ndjson, unlooked);
  const parquet = run(capture, { write: writeParquet }, unlooked, (bytes) => gzipSync(bytes, { level: 3 }));
  const count = frames.toLocaleString("en-US");
  const against = (took: number, other: number): string => `${took.toFixed(0)} ms against ${other.toFixed(0)} ms`;
  return [
    { name: `HAR out, ${count} frames of 200 B, secrets masked (Node)`, yardstick: "`JSON.stringify` of each message", value: asHar.took / stringify, limit: 2, unit: "x", detail: `${against(asHar.took, stringify)}; ${((asHar.rss - memory) / 2 ** 20).toFixed(0)} MiB above the log` },
    { name: `NDJSON out, ${count} frames of 200 B, secrets masked (Node)`, yardstick: "`JSON.stringify` of each record", value: lines.took / records, limit: 1.5, unit: "x", detail: `${against(lines.took, records)}; ${inOnePass.took.toFixed(0)} ms where it looks as it writes` },
    { name: `Parquet out, ${count} frames of 200 B, looked through as it is written (Node)`, yardstick: "NDJSON out, likewise", value: parquet.took / inOnePass.took, limit: 3, unit: "x", detail: against(parquet.took, inOnePass.took) },
    { name: "the Parquet file's size", yardstick: "the NDJSON gzipped", value: parquet.bytes / lines.zipped, limit: 1, unit: "x", detail: `${(parquet.bytes / 1e6).toFixed(1)} MB against ${(lines.zipped / 1e6).toFixed(1)} MB` },
    { name: `looking for secrets, ${count} frames of 200 B (Node)`, yardstick: "`JSON.stringify` of each message", value: looked / stringify, limit: 2, unit: "x", detail: against(looked, stringify) },
  ];
}

/** The time of the second of two exports, what it took most in memory, and its bytes. */
function run(capture: CaptureLog, writer: ExportWriter, source: () => ExportSource = () => exportSource(capture, undefined), gzip?: PackPart): { readonly took: number; readonly rss: number; readonly bytes: number; readonly zipped: number } {
  let took = 0;
  let rss = 0;
  let bytes = 0;
  let zipped = 0;
  let pieces = 0;
  for (const isFirst of [true, false]) {
    let zipping = 0;
    bytes = 0;
    const began = performance.now();
    for (const piece of writer.write(redactedSource(source(), new Redaction()), { sensitive: false, tell: () => "", version: "", title: "", now: epochMilliseconds(0), gzip })) {
      bytes += piece.length;
      // To ask costs as much as a piece.
      if (!isFirst && ++pieces % 100 === 0) rss = Math.max(rss, process.memoryUsage.rss());
      if (!isFirst || writer !== ndjson) continue;
      const before = performance.now();
      zipped += gzipSync(piece).length;
      zipping += performance.now() - before;
    }
    took = performance.now() - began - zipping;
  }
  return { took, rss, bytes, zipped };
}

function stringifyEach(capture: CaptureLog, recordOf: (row: number, data: string) => object): number {
  const decoder = new TextDecoder();
  let took = 0;
  for (let round = 0; round < 2; round++) {
    const began = performance.now();
    let length = 0;
    for (const frame of exportSource(capture, undefined).rows()) length += JSON.stringify(recordOf(frame.row, decoder.decode(frame.payload()))).length;
    took = performance.now() - began;
    if (length === 0) throw new Error("Nothing was written.");
  }
  return took;
}
