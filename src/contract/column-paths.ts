import type { JsonKind } from "./inspect.ts";

/** A path of the filter language (`.price`, `$[0]`) that the table has as a column. */
export type ColumnPath = `.${string}` | `$${string}`;

/** Whether a column's id is a path. */
export const isColumnPath = (id: string): id is ColumnPath => id.startsWith(".") || id.startsWith("$");

/** Columns of the user's own at most. */
export const MOST_COLUMN_PATHS = 10;
export const LONGEST_COLUMN_PATH = 200;

/** What a message has at a path: the first of it. */
export interface PathCell {
  /** Null: the message is too long to be read for a table's row. */
  readonly kind: JsonKind | null;
  /** A string without its quotes, else JSON; cut where it is long. */
  readonly text: string;
  /** As JSON; null for a container, and for what was cut. */
  readonly json: string | null;
}
