import { isPlainText } from "./row-payload.ts";
import type { Connection } from "../model/connection.ts";
import type { ConnectionId } from "../model/units.ts";
import type { ExportDecoded, ExportFrame } from "./export-format.ts";

/** A row and what several columns read of it. */
export interface ColumnRow {
  readonly frame: ExportFrame;
  readonly connection: Connection | undefined;
  readonly host: string | undefined;
  readonly decoded: ExportDecoded | undefined;
}

/** What a table's row tells of a row: text and numbers are as they are, undefined is empty. */
export interface RowColumn {
  readonly id: string;
  /** Of its values, for a format that has types. `time`: microseconds since 1970. */
  readonly type: "text" | "whole" | "number" | "time" | "truth";
  /** Each value is most often a little more than the one before. */
  readonly grows?: true;
  /** It has a value in every row. */
  readonly always?: true;
  of(row: ColumnRow): string | number | boolean | undefined;
}

/** Every column of a table, but for the payload, in their order. One name in every format. */
export const ROW_COLUMNS: readonly RowColumn[] = [
  { id: "row", type: "whole", always: true, grows: true, of: ({ frame }) => frame.row + 1 },
  { id: "time", type: "time", grows: true, of: ({ frame: { time } }) => (time === null ? undefined : Math.round(time * 1000)) },
  { id: "connection", type: "whole", of: ({ connection }) => connection?.id },
  { id: "url", type: "text", of: ({ connection }) => connection?.url },
  { id: "host", type: "text", of: ({ host }) => host },
  { id: "transport", type: "text", of: ({ connection }) => connection?.transport },
  { id: "record", type: "text", always: true, of: ({ frame }) => frame.kind },
  { id: "direction", type: "text", of: ({ frame }) => frame.direction },
  { id: "opcode", type: "whole", of: ({ frame: { kind, opcode } }) => (kind === "message" ? opcode : undefined) },
  { id: "size", type: "whole", of: ({ frame: { kind, size } }) => (kind === "message" ? size : undefined) },
  { id: "label", type: "text", of: ({ frame: { event }, decoded }) => (decoded?.label === "" ? event?.name : (decoded?.label ?? event?.name)) },
  { id: "kind", type: "text", of: ({ decoded }) => decoded?.kind ?? undefined },
  { id: "decoder", type: "text", of: ({ decoded }) => decoded?.decoder },
  { id: "topic", type: "text", of: ({ decoded }) => decoded?.topic },
  { id: "id", type: "text", of: ({ frame: { event }, decoded }) => decoded?.id ?? (event?.id === "" ? undefined : event?.id) },
  { id: "answers", type: "text", of: ({ decoded }) => decoded?.answers },
  { id: "partner", type: "whole", of: ({ decoded }) => (decoded?.partner === undefined ? undefined : decoded.partner + 1) },
  { id: "latency", type: "number", of: ({ decoded }) => (decoded?.latency === undefined ? undefined : Math.round(decoded.latency * 1000) / 1000) },
  { id: "messages", type: "whole", of: ({ frame: { kind }, decoded }) => (kind === "message" ? (decoded?.messages ?? 1) : undefined) },
  { id: "part", type: "whole", of: ({ frame: { part } }) => (part === undefined ? undefined : part + 1) },
  { id: "origin", type: "text", always: true, of: ({ frame }) => frame.origin },
  { id: "unreported", type: "truth", always: true, of: ({ frame }) => frame.unreported },
  { id: "pinned", type: "truth", always: true, of: ({ frame }) => frame.pinned },
  { id: "note", type: "text", of: ({ frame: { note } }) => (note === "" ? undefined : note) },
];

/** Reads rows for the columns. */
export class ColumnRows {
  readonly #connections: ReadonlyMap<ConnectionId, { readonly connection: Connection; readonly host: string | undefined }>;

  constructor(connections: Iterable<Connection>) {
    this.#connections = new Map(Array.from(connections, (connection) => [connection.id, { connection, host: URL.parse(connection.url)?.host ?? undefined }]));
  }

  get connections(): number {
    return this.#connections.size;
  }

  of(frame: ExportFrame): ColumnRow {
    const known = this.#connections.get(frame.connection);
    return { frame, connection: known?.connection, host: known?.host, decoded: frame.decoded };
  }
}

/** Of the payload: UTF-8 of text, and of what is no UTF-8 the bytes themselves. */
export const PAYLOAD_COLUMNS = ["text", "base64"] as const;

/** In which of them a row's payload stands. */
export const payloadColumn = (frame: ExportFrame): (typeof PAYLOAD_COLUMNS)[number] => (isPlainText(frame) ? "text" : "base64");
