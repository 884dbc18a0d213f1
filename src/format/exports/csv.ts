import { textOfJson } from "../../model/json-text.ts";
import type { ExportFormat, ExportOptions, ExportSource, ExportTotals, Pieces } from "../export-format.ts";
import { messageRows } from "../message-rows.ts";
import { ColumnRows, PAYLOAD_COLUMNS, payloadColumn, ROW_COLUMNS, type RowColumn } from "../row-columns.ts";
import { PieceWriter } from "../writing/piece-writer.ts";
import { writeLargePayload } from "../writing/write-payload.ts";
import { writeText } from "../writing/write-text.ts";

/** RFC 4180, UTF-8, a message a line, the chosen columns or all; what a spreadsheet would take for a formula is defused. */
export const csv = {
  id: "csv",
  name: "CSV",
  hasSensitiveForm: false,
  tellsDecoded: true,
  tellsPaths: true,
  extension: "csv",
  mimeType: "text/csv",
  columns: [...ROW_COLUMNS.map(({ id }) => id), ...PAYLOAD_COLUMNS],
  write: writeCsv,
} as const satisfies ExportFormat;

function* writeCsv(source: ExportSource, { columns, paths }: ExportOptions): Pieces<ExportTotals> {
  const writer = new PieceWriter();
  const isWanted = (id: string): boolean => columns?.includes(id) ?? true;
  const chosen = ROW_COLUMNS.filter(({ id }) => isWanted(id));
  const payloads = PAYLOAD_COLUMNS.filter(isWanted);
  const own = (paths?.names ?? []).map(isWanted);
  const chosenOf = <One>(all: readonly One[]): One[] => all.filter((_, i) => own[i]);
  const rows = new ColumnRows(source.connections);
  let frames = 0;
  yield* writer.text(`${[...chosen.map(({ id }) => id), ...chosenOf(paths?.names ?? []).map((name) => textCell(name)), ...payloads].join(",")}\r\n`);
  for (const frame of messageRows(source.rows())) {
    if (frame.kind === "message" && (frame.part ?? 0) === 0) frames += 1;
    const row = rows.of(frame);
    const cells = [...chosen.map((column) => cellOf(column, column.of(row))), ...chosenOf(paths?.of(frame) ?? []).map((json) => (json === undefined ? "" : textCell(textOfJson(json))))];
    yield* writer.text(cells.join(","));
    const form = payloadColumn(frame);
    for (const [i, column] of payloads.entries()) {
      if (i > 0 || cells.length > 0) yield* writer.text(",");
      if (column !== form) continue;
      const payload = frame.payload();
      if (column === "base64") yield* writeLargePayload(payload, false, writer);
      else if (payload.length > 0) {
        yield* writer.text(isFormula(String.fromCharCode(payload[0] as number)) ? `"'` : '"');
        yield* writeText(payload, doubled, writer);
        yield* writer.text('"');
      }
    }
    yield* writer.text("\r\n");
  }
  yield writer.take();
  return { connections: rows.connections, frames };
}

function cellOf({ type }: RowColumn, value: string | number | boolean | undefined): string {
  if (value === undefined) return "";
  if (type === "time") return isoOf(value as number);
  return typeof value === "string" ? textCell(value) : String(value);
}

function textCell(value: string): string {
  // A number below zero is no formula.
  const safe = isFormula(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${doubled(safe)}"` : safe;
}

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** With microseconds, which a `Date` has not. */
const isoOf = (microseconds: number): string => `${new Date(Math.floor(microseconds / 1000)).toISOString().slice(0, -1)}${String(1000 + (microseconds % 1000)).slice(1)}Z`;

const doubled = (text: string): string => text.replaceAll('"', '""');

/** What spreadsheets take for a formula by its first character: https://owasp.org/www-community/attacks/CSV_Injection */
const isFormula = (text: string): boolean => /^[=+\-@\t\r\n|]/.test(text);
