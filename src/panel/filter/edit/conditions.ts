import type { FrameRow, JsonKind } from "../../../engine/contract.ts";
import { assertNever } from "../../../model/assert-never.ts";
import type { ConnectionId, FrameIndex } from "../../../model/units.ts";
import type { ColumnId } from "../../state/column-layout.ts";

/** Conditions of the filter language about what the user points at. Pure; each is one term, ready for a minus. */

/** In double quotes; a quote or a backslash inside has a backslash before it. */
export const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** A field's value: bare where nothing in it could mean something else. */
const valueOf = (text: string): string => (/^[A-Za-z][\w-]*(?::[\w-]+)*$/.test(text) ? text : quote(text));

export const textCondition = (text: string): string => quote(text);
export const connectionCondition = (connection: ConnectionId): string => `conn:${connection}`;
export const nearCondition = (frame: FrameIndex): string => `near:#${frame + 1}±20`;

/** What a cell says; null where it says nothing to filter by. `text`: what was pointed at in a message. */
export function cellCondition(row: FrameRow, column: ColumnId, text: string): string | null {
  switch (column) {
    case "direction":
      return row.direction === null ? kindCondition(row) : `is:${row.direction}`;
    case "size":
      return row.size === null ? kindCondition(row) : `size:${row.size}`;
    case "latency":
      return row.pair === null ? typeCondition(row) : row.pair.latency === null ? "is:unanswered" : `latency:>=${floor(row.pair.latency)}ms`;
    case "message":
      return text.trim() === "" ? typeCondition(row) : textCondition(unquoted(text.trim()));
    case "number":
    case "time":
    case "delta":
    case "type":
      return typeCondition(row);
    default:
      return assertNever(column);
  }
}

/** A value in a message; `value` is its JSON, or null for what merely is there. */
export function pathCondition(path: string, kind: JsonKind, value: string | null): string {
  if (value === null || kind === "object" || kind === "array") return path;
  return `${path} = ${kind === "string" ? quote(unquoted(value)) : value}`;
}

/** One step further down. `parent`: what the step leads out of. */
export function pathStep(parent: JsonKind, key: string): string {
  if (parent === "array") return `[${key}]`;
  return /^[A-Za-z_$][\w$-]*$/.test(key) ? `.${key}` : `.${quote(key)}`;
}

/** A path begins with a dot or with $. */
export const pathOf = (steps: readonly string[]): string => (steps[0]?.startsWith("[") === true ? `$${steps.join("")}` : steps.join(""));

function typeCondition(row: FrameRow): string {
  if (row.kind !== "message") return kindCondition(row);
  if (row.messageKind === null && (row.label === "text" || row.label === "binary")) return `is:${row.label}`;
  return `type:${valueOf(row.label)}`;
}

function kindCondition({ kind }: FrameRow): string {
  if (kind === "message") return "is:binary";
  return kind === "pause" ? "type:paused" : `is:${kind}`;
}

/** Not above it: the row pointed at stays. */
const floor = (milliseconds: number): number => Math.floor(milliseconds * 10) / 10;

/** A JSON string's text; anything else as it is. */
function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : text;
  } catch {
    return text.slice(1);
  }
}
