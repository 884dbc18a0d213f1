/** Columns of the user's own, as a menu adds them and takes them away. */
import { isColumnPath, MOST_COLUMN_PATHS, type ColumnPath } from "../../contract/column-paths.ts";
import type { ColumnLayout } from "./column-layout.ts";
import type { PanelSession } from "./panel-session.ts";

/** Whether one more column of the user's own has room. */
export const canAddPath = ({ order }: ColumnLayout): boolean => order.filter(isColumnPath).length < MOST_COLUMN_PATHS;

/** Shows a path as a column, before the message, or where it stood. */
export function addPath(layout: ColumnLayout, path: ColumnPath): Partial<ColumnLayout> {
  if (layout.order.includes(path)) return { hidden: layout.hidden.filter((id) => id !== path) };
  return canAddPath(layout) ? { order: layout.order.toSpliced(layout.order.indexOf("message"), 0, path) } : {};
}

/** Takes it away, and what was sorted by it stands as it came. */
export function takePathAway({ columns, scope }: Pick<PanelSession, "columns" | "scope">, path: ColumnPath): void {
  columns.change(removePath(columns.store.getState(), path));
  if (scope.store.getState().sort?.by === path) scope.setSort(null);
}

export function removePath({ order, hidden, widths }: ColumnLayout, path: ColumnPath): Partial<ColumnLayout> {
  const { [path]: _, ...rest } = widths;
  return { order: order.filter((id) => id !== path), hidden: hidden.filter((id) => id !== path), widths: rest };
}
