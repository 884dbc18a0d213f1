import { ByteWriter, ParquetWriter, type SchemaElement } from "hyparquet-writer";
import { textOfJson } from "../../model/json-text.ts";
import type { ExportOptions, ExportSource, ExportTotals, Pieces } from "../export-format.ts";
import { messageRows } from "../message-rows.ts";
import { ColumnRows, ROW_COLUMNS, type ColumnRow, type RowColumn } from "../row-columns.ts";
import { isPlainText, isUtf8 } from "../row-payload.ts";
import { gzip as gzipHere } from "./gzip.ts";

/** Rows of a group, and bytes of their payloads: so much is in memory. */
const GROUP_ROWS = 1 << 16;
const GROUP_BYTES = 1 << 24;

/** Bytes of a payload, of text and of what is none. */
const PAYLOADS = ["text", "payload"] as const;

/** A file for each capture, a row a message; the columns are those of `ROW_COLUMNS`, then the user's own, then `text` for text and `payload` for bytes. */
export function* writeParquet(source: ExportSource, { columns, paths, version, title, gzip = gzipHere }: ExportOptions): Pieces<ExportTotals> {
  const isWanted = (id: string): boolean => columns?.includes(id) ?? true;
  // One message may have a number at a path where another has a text.
  const own = (paths?.names ?? []).map((id, i): RowColumn => ({ id, type: "text", of: ({ frame }) => textAt(paths?.of(frame)[i]) }));
  const chosen = [...ROW_COLUMNS, ...own].filter(({ id }) => isWanted(id));
  const payloads = PAYLOADS.filter(isWanted);
  const bytes = new ByteWriter(GROUP_BYTES);
  const schema: SchemaElement[] = [{ name: "root", num_children: chosen.length + payloads.length }, ...chosen.map(elementOf), ...payloads.map(payloadElement)];
  const file = new ParquetWriter({ writer: bytes, schema, compressors: { GZIP: gzip }, createdBy: `Framescope ${version}`.trim(), kvMetadata: [{ key: "framescope.title", value: title }] });
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

const textAt = (json: string | undefined): string | undefined => (json === undefined ? undefined : textOfJson(json));

/** What stands in the writer; the places that the file's end speaks of count on. */
function* take(bytes: ByteWriter): Pieces<void> {
  if (bytes.index > 0) yield bytes.getBytes().slice();
  bytes.index = 0;
}

function elementOf({ id, type, always }: RowColumn): SchemaElement {
  const column = { name: id, repetition_type: always === true ? "REQUIRED" : "OPTIONAL" } as const;
  switch (type) {
    case "text":
      return { ...column, type: "BYTE_ARRAY", converted_type: "UTF8" };
    case "whole":
      return { ...column, type: "INT32" };
    case "number":
      return { ...column, type: "DOUBLE" };
    case "time":
      return { ...column, type: "INT64", converted_type: "TIMESTAMP_MICROS", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" } };
    case "truth":
      return { ...column, type: "BOOLEAN" };
  }
}

const payloadElement = (name: (typeof PAYLOADS)[number]): SchemaElement => (name === "text" ? { name, type: "BYTE_ARRAY", repetition_type: "OPTIONAL", converted_type: "UTF8" } : { name, type: "BYTE_ARRAY", repetition_type: "OPTIONAL" });

/** Rows that wait to be written together, as columns. */
class RowGroup {
  readonly #columns: readonly RowColumn[];
  readonly #names: readonly (typeof PAYLOADS)[number][];
  /** As long as a group may be: they are filled anew for each. */
  readonly #values: readonly unknown[][];
  /** Which columns have a value in any row. */
  #hasValues: boolean[];
  readonly #payloads: readonly (Uint8Array | undefined)[][];
  /** The bytes of the payloads: one buffer for all, for each of its own costs more than what is done with it. */
  readonly #buffer = new Uint8Array(GROUP_BYTES);
  #bytes = 0;
  length = 0;

  constructor(columns: readonly RowColumn[], names: readonly (typeof PAYLOADS)[number][]) {
    this.#columns = columns;
    this.#names = names;
    this.#values = columns.map(() => emptyColumn());
    this.#hasValues = columns.map(() => false);
    this.#payloads = names.map(() => emptyColumn());
  }

  get isFull(): boolean {
    return this.length >= GROUP_ROWS || this.#bytes >= GROUP_BYTES;
  }

  add(row: ColumnRow): void {
    const { frame } = row;
    const at = this.length++;
    for (let i = 0; i < this.#columns.length; i++) {
      const column = this.#columns[i] as RowColumn;
      const value = column.of(row);
      if (value !== undefined) this.#hasValues[i] = true;
      (this.#values[i] as unknown[])[at] = column.type === "time" && value !== undefined ? BigInt(value) : value;
    }
    if (this.#names.length === 0) return;
    const payload = this.#keep(frame.payload());
    const own = frame.unreported ? undefined : isPlainText(frame) && isUtf8(payload) ? "text" : "payload";
    for (let i = 0; i < this.#names.length; i++) (this.#payloads[i] as unknown[])[at] = this.#names[i] === own ? payload : undefined;
  }

  /** A copy that stays until the group is written. */
  #keep(payload: Uint8Array): Uint8Array {
    const from = this.#bytes;
    this.#bytes += payload.length;
    if (this.#bytes > this.#buffer.length) return payload.slice();
    this.#buffer.set(payload, from);
    return this.#buffer.subarray(from, this.#bytes);
  }

  /** Writes what was added; the group is empty after. */
  writeTo(file: ParquetWriter): void {
    const columnData = [
      ...this.#columns.map(({ id, type, grows }, i) => ({
        name: id,
        data: (this.#values[i] as unknown[]).slice(0, this.length),
        // What grows from row to row is small as differences.
        ...(grows === true && { encoding: "DELTA_BINARY_PACKED" as const }),
        // By their bounds an engine passes over groups; those of texts tell little and cost as much as all else.
        statistics: (type === "whole" || type === "number" || type === "time") && this.#hasValues[i] === true,
      })),
      ...this.#names.map((name, i) => ({ name, data: (this.#payloads[i] as unknown[]).slice(0, this.length), codec: "GZIP" as const, statistics: false })),
    ];
    void file.write({ columnData, rowGroupSize: this.length });
    this.#hasValues = this.#columns.map(() => false);
    this.#bytes = 0;
    this.length = 0;
  }
}

const emptyColumn = <Value>(): (Value | undefined)[] => Array.from<Value | undefined>({ length: GROUP_ROWS }).fill(undefined);
