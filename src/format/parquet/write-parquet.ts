import { gzipSync } from "fflate";
import { ByteWriter, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import type { ExportOptions, ExportSource, ExportTotals, Pieces } from "../export-format.ts";
import { messageRows } from "../message-rows.ts";
import { ColumnRows, ROW_COLUMNS, type ColumnRow, type RowColumn } from "../row-columns.ts";
import { isPlainText, isUtf8 } from "../row-payload.ts";

/** Rows of a group, and bytes of their payloads: so much is in memory. */
const GROUP_ROWS = 1 << 16;
const GROUP_BYTES = 1 << 24;
/** Of payloads, which are most of the file: quick, and most of what a higher one gains. */
const LEVEL = 3;

/** Bytes of a payload, of text and of what is none. */
const PAYLOADS = ["text", "payload"] as const;

/** A file for each capture, a row a message; the columns are those of `ROW_COLUMNS`, then `text` for text and `payload` for bytes. */
export function* writeParquet(source: ExportSource, { columns, version, title }: ExportOptions): Pieces<ExportTotals> {
  const isWanted = (id: string): boolean => columns?.includes(id) ?? true;
  const chosen = ROW_COLUMNS.filter(({ id }) => isWanted(id));
  const payloads = PAYLOADS.filter(isWanted);
  const bytes = new ByteWriter(GROUP_BYTES);
  const schema: SchemaElement[] = [{ name: "root", num_children: chosen.length + payloads.length }, ...chosen.map(elementOf), ...payloads.map(payloadElement)];
  const file = new ParquetWriter({ writer: bytes, schema, compressors: { GZIP: (input) => gzipSync(input, { level: LEVEL }) }, createdBy: `Framescope ${version}`.trim(), kvMetadata: [{ key: "framescope.title", value: title }] });
  const rows = new ColumnRows(source.connections);
  const group = new RowGroup(chosen, payloads);
  let frames = 0;
  for (const frame of messageRows(source.rows())) {
    if (frame.kind === "message" && (frame.part ?? 0) === 0) frames += 1;
    group.add(rows.of(frame));
    if (!group.isFull) continue;
    group.writeTo(file);
    yield* take(bytes);
  }
  if (group.length > 0) group.writeTo(file);
  yield* take(bytes);
  void file.finish();
  yield* take(bytes);
  return { connections: rows.connections, frames };
}

/** What stands in the writer; the places that the file's end speaks of count on. */
function* take(bytes: ByteWriter): Pieces<void> {
  if (bytes.index > 0) yield bytes.getBytes().slice();
  bytes.index = 0;
}

function elementOf({ id, type }: RowColumn): SchemaElement {
  const optional = { name: id, repetition_type: "OPTIONAL" } as const;
  switch (type) {
    case "text":
      return { ...optional, type: "BYTE_ARRAY", converted_type: "UTF8" };
    case "whole":
      return { ...optional, type: "INT32" };
    case "number":
      return { ...optional, type: "DOUBLE" };
    case "time":
      return { ...optional, type: "INT64", converted_type: "TIMESTAMP_MICROS", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" } };
    case "truth":
      return { ...optional, type: "BOOLEAN" };
  }
}

const payloadElement = (name: (typeof PAYLOADS)[number]): SchemaElement => (name === "text" ? { name, type: "BYTE_ARRAY", repetition_type: "OPTIONAL", converted_type: "UTF8" } : { name, type: "BYTE_ARRAY", repetition_type: "OPTIONAL" });

/** Rows that wait to be written together, as columns. */
class RowGroup {
  readonly #columns: readonly RowColumn[];
  readonly #names: readonly (typeof PAYLOADS)[number][];
  #values: unknown[][];
  #payloads: (Uint8Array | undefined)[][];
  #bytes = 0;
  length = 0;

  constructor(columns: readonly RowColumn[], names: readonly (typeof PAYLOADS)[number][]) {
    this.#columns = columns;
    this.#names = names;
    this.#values = columns.map(() => []);
    this.#payloads = names.map(() => []);
  }

  get isFull(): boolean {
    return this.length >= GROUP_ROWS || this.#bytes >= GROUP_BYTES;
  }

  add(row: ColumnRow): void {
    const { frame } = row;
    this.length++;
    for (let i = 0; i < this.#columns.length; i++) {
      const column = this.#columns[i] as RowColumn;
      const value = column.of(row);
      (this.#values[i] as unknown[]).push(column.type === "time" && value !== undefined ? BigInt(value) : value);
    }
    if (this.#names.length === 0) return;
    const payload = frame.payload().slice();
    this.#bytes += payload.length;
    const own = isPlainText(frame) && isUtf8(payload) ? "text" : "payload";
    for (let i = 0; i < this.#names.length; i++) (this.#payloads[i] as unknown[]).push(this.#names[i] === own && !frame.unreported ? payload : undefined);
  }

  /** Writes what was added; the group is empty after. */
  writeTo(file: ParquetWriter): void {
    const columnData = [
      // What grows from row to row is small as differences.
      ...this.#columns.map(({ id, grows }, i) => ({ name: id, data: this.#values[i] as unknown[], ...(grows === true && { encoding: "DELTA_BINARY_PACKED" as const }) })),
      ...this.#names.map((name, i) => ({ name, data: this.#payloads[i] as unknown[], codec: "GZIP" as const, statistics: false })),
    ];
    void file.write({ columnData, rowGroupSize: this.length });
    this.#values = this.#columns.map(() => []);
    this.#payloads = this.#names.map(() => []);
    this.#bytes = 0;
    this.length = 0;
  }
}
