import { say } from "../../model/said.ts";
import type { ExportFormat, ExportOptions, ExportSource, ExportTotals, Pieces } from "../export-format.ts";
import { arrowOf, clockTime, NAMES_CONNECTION } from "../transcript/lines.ts";
import { PieceWriter } from "../writing/piece-writer.ts";
import { writeLargePayload } from "../writing/write-payload.ts";
import { isPlainText } from "../row-payload.ts";
import { writeText } from "../writing/write-text.ts";

/** A row a line, as a person reads it: time, direction, text; binary as base64. */
export const transcript = {
  id: "transcript",
  name: say("format.transcript"),
  hasSensitiveForm: false,
  extension: "txt",
  mimeType: "text/plain",
  write: writeTranscript,
} as const satisfies ExportFormat;

function* writeTranscript(source: ExportSource, { tell, notes = [] }: ExportOptions): Pieces<ExportTotals> {
  const writer = new PieceWriter();
  const connections = [...source.connections];
  const isNamed = connections.length >= NAMES_CONNECTION;
  let frames = 0;
  for (const note of notes) yield* writer.text(`# ${tell(note)}\n`);
  for (const { id, url } of connections) yield* writer.text(`# ${isNamed ? `[${id}] ` : ""}${oneLine(url)}\n`);
  for (const frame of source.rows()) {
    if (frame.kind === "message") frames += 1;
    yield* writer.text(`${[clockTime(frame), arrowOf(frame), ...(isNamed && frame.connection !== 0 ? [`[${frame.connection}]`] : [])].join(" ")} `);
    const payload = frame.payload();
    if (frame.unreported) yield* writer.text(tell(say("format.unreported")));
    else if (isPlainText(frame)) yield* writeText(payload, oneLine, writer);
    else {
      yield* writer.text("base64:");
      yield* writeLargePayload(payload, false, writer);
    }
    yield* writer.text("\n");
  }
  yield writer.take();
  return { connections: connections.length, frames };
}

/** What would end the line, or what a terminal obeys, is written as JSON writes it. */
// oxlint-disable-next-line no-control-regex -- these are what it is for
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (char) => (char === "\n" ? "\\n" : char === "\r" ? "\\r" : char === "\t" ? "\\t" : `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`));
