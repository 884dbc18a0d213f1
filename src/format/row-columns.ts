import { isPlainText } from "./row-payload.ts";
import type { Connection } from "../model/connection.ts";
import type { ExportFrame } from "./export-format.ts";

/** What a table's row tells of a row: text and numbers are as they are, undefined is empty. */
export interface RowColumn {
  readonly id: string;
  /** Of its values, for a format that has types. `time`: microseconds since 1970. */
  readonly type: "text" | "whole" | "number" | "time" | "truth";
  /** Each value is most often a little more than the one before. */
  readonly grows?: true;
  of(frame: ExportFrame, connection: Connection | undefined): string | number | boolean | undefined;
}

const host = (connection: Connection | undefined): string | undefined => (connection === undefined ? undefined : (URL.parse(connection.url)?.host ?? undefined));

/** Every column of a table, but for the payload, in their order. One name in every format. */
export const ROW_COLUMNS: readonly RowColumn[] = [
  { id: "row", type: "whole", grows: true, of: ({ row }) => row + 1 },
  { id: "time", type: "time", grows: true, of: ({ time }) => (time === null ? undefined : Math.round(time * 1000)) },
  { id: "connection", type: "whole", of: (_, connection) => connection?.id },
  { id: "url", type: "text", of: (_, connection) => connection?.url },
  { id: "host", type: "text", of: (_, connection) => host(connection) },
  { id: "transport", type: "text", of: (_, connection) => connection?.transport },
  { id: "record", type: "text", of: ({ kind }) => kind },
  { id: "direction", type: "text", of: ({ direction }) => direction },
  { id: "opcode", type: "whole", of: ({ kind, opcode }) => (kind === "message" ? opcode : undefined) },
  { id: "size", type: "whole", of: ({ kind, size }) => (kind === "message" ? size : undefined) },
  { id: "label", type: "text", of: ({ decoded, event }) => (decoded?.label === "" ? event?.name : (decoded?.label ?? event?.name)) },
  { id: "kind", type: "text", of: ({ decoded }) => decoded?.kind ?? undefined },
  { id: "decoder", type: "text", of: ({ decoded }) => decoded?.decoder },
  { id: "topic", type: "text", of: ({ decoded }) => decoded?.topic },
  { id: "id", type: "text", of: ({ decoded, event }) => decoded?.id ?? (event?.id === "" ? undefined : event?.id) },
  { id: "answers", type: "text", of: ({ decoded }) => decoded?.answers },
  { id: "partner", type: "whole", of: ({ decoded }) => (decoded?.partner === undefined ? undefined : decoded.partner + 1) },
  { id: "latency", type: "number", of: ({ decoded }) => (decoded?.latency === undefined ? undefined : Math.round(decoded.latency * 1000) / 1000) },
  { id: "messages", type: "whole", of: ({ decoded, kind }) => (kind === "message" ? (decoded?.messages ?? 1) : undefined) },
  { id: "part", type: "whole", of: ({ part }) => (part === undefined ? undefined : part + 1) },
  { id: "origin", type: "text", of: ({ origin }) => origin },
  { id: "unreported", type: "truth", of: ({ unreported }) => unreported },
  { id: "pinned", type: "truth", of: ({ pinned }) => pinned },
  { id: "note", type: "text", of: ({ note }) => (note === "" ? undefined : note) },
];

/** Of the payload: UTF-8 of text, and of what is no UTF-8 the bytes themselves. */
export const PAYLOAD_COLUMNS = ["text", "base64"] as const;

/** In which of them a row's payload stands. */
export const payloadColumn = (frame: ExportFrame): (typeof PAYLOAD_COLUMNS)[number] => (isPlainText(frame) ? "text" : "base64");
