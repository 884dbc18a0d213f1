import { isColumnPath, type ColumnPath } from "../../contract/column-paths.ts";
import type { JsonKind } from "../../contract/inspect.ts";
import type { FrameRow } from "../../contract/rows.ts";
import { assertNever } from "../../model/assert-never.ts";
import type { ConnectionId, FrameIndex } from "../../model/units.ts";
import { fieldCondition, pathCondition } from "../../query/edit.ts";
import { readPath } from "../../query/path.ts";
import type { Operand, PathStep, Query } from "../../query/query.ts";
import type { ColumnId } from "../state/column-layout.ts";

/** Conditions of the filter language about what the user points at. Pure. */

export const connectionCondition = (connection: ConnectionId): Query => fieldCondition("conn", String(connection));
export const nearCondition = (frame: FrameIndex): Query => bareField("near", `#${frame + 1}±20`);

/** What a cell says. `text`: what was pointed at in a message. */
export function cellCondition(row: FrameRow, column: ColumnId, text: string): Query {
  if (isColumnPath(column)) return cellOfPath(row, column);
  // A message's size is told, but filters ask for the frame's.
  if (row.message !== null && column === "size") return typeCondition(row);
  switch (column) {
    case "direction":
      return row.direction === null ? kindCondition(row) : fieldCondition("is", row.direction);
    case "size":
      return row.size === null ? kindCondition(row) : fieldCondition("size", String(row.size));
    case "latency":
      return latencyCondition(row);
    case "message":
      return text.trim() === "" ? typeCondition(row) : { kind: "text", text: unquoted(text.trim()) };
    case "connection":
      return row.connection === 0 ? typeCondition(row) : connectionCondition(row.connection);
    case "number":
    case "time":
    case "delta":
    case "type":
      return typeCondition(row);
    default:
      return assertNever(column);
  }
}

/** What it has at a path of the user's own; a row that has nothing there is what its type says. */
function cellOfPath(row: FrameRow, column: ColumnPath): Query {
  const cell = row.cells[column];
  const path = readPath(column);
  return cell === undefined || "problem" in path ? typeCondition(row) : valueCondition(path.value, cell.kind ?? "object", cell.json);
}

/**
 * A value in a message; `json` is null for a container, and for a value that was cut. These, and bytes, only have to be
 * there. A number keeps every digit.
 */
export function valueCondition(path: readonly PathStep[], kind: JsonKind, json: string | null): Query {
  return pathCondition(path, json === null ? undefined : operandOf(kind, json));
}

function operandOf(kind: JsonKind, json: string): Operand | undefined {
  switch (kind) {
    case "number":
    case "bigint":
      // NaN and the infinities stand in quotes, and no filter has a word for them.
      return json.startsWith('"') ? undefined : { kind: "number", text: json };
    case "string":
    case "time":
      return { kind: "string", text: JSON.parse(json) as string };
    case "boolean":
    case "null":
      return { kind: "literal", value: JSON.parse(json) as boolean | null };
    case "object":
    case "array":
    case "bytes":
      return undefined;
    default:
      return assertNever(kind);
  }
}

function latencyCondition(row: FrameRow): Query {
  if (row.pair === null) return typeCondition(row);
  const { latency } = row.pair;
  // Not above it: the row pointed at stays.
  return latency === null ? fieldCondition("is", "unanswered") : bareField("latency", `>=${Math.floor(latency * 10) / 10}ms`);
}

function typeCondition(row: FrameRow): Query {
  if (row.kind !== "message") return kindCondition(row);
  const isUndecoded = row.messageKind === null && (row.label === "text" || row.label === "binary");
  return fieldCondition(isUndecoded ? "is" : "type", row.label);
}

function kindCondition({ kind }: FrameRow): Query {
  if (kind === "message") return fieldCondition("is", "binary");
  return kind === "pause" || kind === "report" ? fieldCondition("type", kind === "pause" ? "paused" : kind) : fieldCondition("is", kind);
}

const bareField = (name: string, text: string): Query => ({ kind: "field", name, value: { kind: "bare", text } });

/** A JSON string's text; anything else as it is. */
function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" && value !== "" ? value : text;
  } catch {
    return text.length > 1 ? text.slice(1) : text;
  }
}
