import type { ExportFormat, ExportFrame, ExportOptions, ExportSource, ExportTotals, PathColumns, Pieces } from "../export-format.ts";
import { isOrdinary, LONGEST_HEAD, LONGEST_LINE, MessageLines } from "../ndjson/message-line.ts";
import { captureRecord, connectionRecord } from "../ndjson/records.ts";
import { isPlainText, isUtf8 } from "../row-payload.ts";
import { writeBase64Text } from "../writing/base64-text.ts";
import { writeJsonText } from "../writing/json-text.ts";
import { PieceWriter } from "../writing/piece-writer.ts";
import { roomForText, writeLargePayload } from "../writing/write-payload.ts";

/** A JSON object a line, versioned, with the exact bytes of every message; docs/files.md has every field. */
export const ndjson = {
  id: "ndjson",
  name: "NDJSON",
  hasSensitiveForm: false,
  tellsDecoded: true,
  tellsPaths: true,
  extension: "ndjson",
  mimeType: "application/x-ndjson",
  write: writeNdjson,
} as const satisfies ExportFormat;

function* writeNdjson(source: ExportSource, options: ExportOptions): Pieces<ExportTotals> {
  const writer = new PieceWriter();
  const lines = new MessageLines();
  let connections = 0;
  let frames = 0;
  let rows = 0;
  yield* writer.text(`${JSON.stringify(captureRecord(source, options))}\n`);
  for (const connection of source.connections) {
    connections += 1;
    yield* writer.text(`${JSON.stringify(connectionRecord(connection, source.targets.get(connection.targetKey), source.clock, options))}\n`);
  }
  for (const frame of source.rows()) {
    rows += 1;
    if (frame.kind === "message") frames += 1;
    const payload = frame.payload();
    const values = options.paths === undefined ? "" : valuesOf(frame, options.paths);
    if (values === "" && writeSmallLine(frame, payload, lines, writer)) continue;
    if (writer.length > 0 && values === "") yield writer.take();
    if (values !== "" || !writeSmallLine(frame, payload, lines, writer)) yield* writeLargeLine(frame, payload, lines, writer, values);
  }
  yield* writer.text(`{"record":"end","connections":${connections},"messages":${frames},"rows":${rows}}\n`);
  yield writer.take();
  return { connections, frames };
}

/** Answers false, and writes nothing, where the line might not fit the room left, or is one of few. */
function writeSmallLine(frame: ExportFrame, payload: Uint8Array, lines: MessageLines, writer: PieceWriter): boolean {
  if (roomForText(payload.length) + LONGEST_LINE > writer.room) return false;
  const isText = isPlainText(frame);
  const form = isText ? "text" : "base64";
  const { decoded } = frame;
  const head = isOrdinary(frame, decoded) ? undefined : lines.head(frame, form);
  const end = `"${lines.facts(decoded)}${lines.tail(frame)}}\n`;
  if ((head?.length ?? LONGEST_HEAD) + end.length > LONGEST_LINE || frame.note !== "") return false;
  const { length, replaced } = writer;
  if (head === undefined) lines.writeHead(frame, decoded, form, writer);
  else writer.ascii(head);
  if (isText) writeJsonText(payload, 0, writer);
  else writeBase64Text(payload, 0, writer);
  if (writer.replaced > replaced) {
    writer.length = length;
    return false;
  }
  writer.ascii(end);
  return true;
}

/** What the message has at the user's own columns. */
function valuesOf(frame: ExportFrame, { names, of }: PathColumns): string {
  const values = of(frame).flatMap((json, i) => (json === undefined ? [] : [`${JSON.stringify(names[i])}:${json}`]));
  return values.length === 0 ? "" : `,"values":{${values.join(",")}}`;
}

/** Text that is no UTF-8 is exact as base64 alone. */
function* writeLargeLine(frame: ExportFrame, payload: Uint8Array, lines: MessageLines, writer: PieceWriter, values: string): Pieces<void> {
  const isText = isPlainText(frame) && isUtf8(payload);
  yield* writer.text(lines.head(frame, isText ? "text" : "base64"));
  yield* writeLargePayload(payload, isText, writer);
  yield* writer.text(`"${lines.facts(frame.decoded)}${lines.tail(frame)}${values}}\n`);
}
