import type { Connection } from "../../model/connection.ts";
import type { EpochMilliseconds } from "../../model/units.ts";
import type { ExportFormat, ExportFrame, ExportOptions, ExportSource, ExportTotals, Pieces } from "../export-format.ts";
import { entryHead } from "../har/entry.ts";
import { isHarMessage, writeLargeMessage, writeSmallMessage } from "../har/messages.ts";
import { cleanText, describeContents } from "../har/sanitise.ts";
import { entryTail, entryTimes, knownTime } from "../har/times.ts";
import { PieceWriter } from "../writing/piece-writer.ts";
import { sentences } from "../../model/said.ts";

/**
 * HAR 1.2 with `_webSocketMessages`, as Chrome DevTools writes and imports it; docs/har-mapping.md has every field.
 * One entry for each connection, one line for each message. Entries come in the source's order.
 */
export const har = {
  id: "har",
  name: "HAR",
  hasSensitiveForm: true,
  extension: "har",
  mimeType: "application/json",
  write: writeHar,
} as const satisfies ExportFormat;

function* writeHar(source: ExportSource, options: ExportOptions): Pieces<ExportTotals> {
  const writer = new PieceWriter();
  const comment = options.tell(sentences([describeContents(options.sensitive), ...(options.notes ?? [])]));
  const creator = { name: "Framescope", version: options.version };
  yield* writer.text(
    `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"comment":${JSON.stringify(comment)},"pages":[],"entries":[`,
  );
  let connections = 0;
  let frames = 0;
  for (const connection of source.connections) {
    yield* writer.text(connections === 0 ? "\n" : ",\n");
    frames += yield* writeEntry(connection, source, options, writer);
    connections += 1;
  }
  yield* writer.text("\n]}}\n");
  yield writer.take();
  return { connections, frames };
}

/** Answers the number of messages written. */
function* writeEntry(connection: Connection, source: ExportSource, { sensitive, tell }: ExportOptions, writer: PieceWriter): Pieces<number> {
  const rows = source.frames(connection.id)[Symbol.iterator]();
  let frames = 0;
  let lastRow: EpochMilliseconds | null = null;
  try {
    // The first row is read before the head, which may have no other time to begin with.
    let row = rows.next();
    const times = entryTimes(connection, source.clock, row.done === true ? null : row.value.time);
    const head = JSON.stringify(entryHead(connection, source.targets.get(connection.targetKey), times, { sensitive, tell }));
    const isStream = connection.transport === "event-source";
    yield* writer.text(`${head.slice(0, -1)},"${isStream ? "_eventSourceMessages" : "_webSocketMessages"}":[`);
    let separator = "\n";
    const reports: { readonly time: number; readonly text: string }[] = [];
    for (; row.done !== true; row = rows.next()) {
      const frame = row.value;
      lastRow = knownTime(frame.time) ?? lastRow;
      if (frame.kind === "report" && reports.length < MOST_REPORTS) reports.push({ time: lastRow === null ? -1 : (knownTime(frame.time) ?? lastRow) / 1000, text: FROM_UTF8.decode(sensitive ? frame.payload() : cleanWords(frame.payload())) });
      // Chrome's list of a stream's events has no place for errors: `response._error` tells of one.
      if (!isHarMessage(frame) || (isStream && frame.kind === "error")) continue;
      const payload = frame.kind === "error" && !sensitive ? cleanWords(frame.payload()) : frame.payload();
      if (!writeSmallMessage(frame, payload, separator, writer)) yield* startNewPiece(frame, payload, separator, writer);
      separator = ",\n";
      if (frame.kind === "message") frames += 1;
    }
    yield* writer.text("]");
    if (reports.length > 0) yield* writer.text(`,"_reports":${JSON.stringify(reports)}`);
    yield* writer.text(`,${JSON.stringify(entryTail(times, lastRow, isStream ? "stream" : connection.closing, sensitive)).slice(1)}`);
  } finally {
    rows.return?.();
  }
  return frames;
}

/** Of one connection: a run of a transcript leaves one. */
const MOST_REPORTS = 1000;

/** What an error row says may quote the socket's URL. */
const cleanWords = (payload: Uint8Array): Uint8Array => TO_UTF8.encode(cleanText(FROM_UTF8.decode(payload)));
const TO_UTF8 = new TextEncoder();
const FROM_UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** For a message that does not fit the room left: into an empty piece, or over several. */
function* startNewPiece(frame: ExportFrame, payload: Uint8Array, separator: string, writer: PieceWriter): Pieces<void> {
  yield writer.take();
  if (!writeSmallMessage(frame, payload, separator, writer)) yield* writeLargeMessage(frame, payload, separator, writer);
}
