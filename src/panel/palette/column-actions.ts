import { isColumnPath } from "../../contract/column-paths.ts";
import { DELTA_BASES, TIME_TITLES } from "../frames/column-titles.ts";
import { DEFAULT_COLUMNS, isFixed, TIME_MODES, toggleColumn, type ColumnId } from "../state/column-layout.ts";
import { canAddPath } from "../state/path-columns.ts";
import { nextSort } from "../state/scope-store.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { ActionGroup } from "./action.ts";

/** Which columns there are, what the Time column counts from, and by which the rows are sorted. */
export const columnActions: ActionGroup = ({ session, speaker: { words } }) => {
  const { columns, scope, menu, palette } = session;
  const layout = columns.store.getState();
  const { sort } = scope.store.getState();
  return [
    ...(sort === null ? [] : [{ id: "capture order", name: words("palette.capture-order"), run: () => scope.setSort(null) }]),
    { id: "largest", name: words("palette.largest"), run: () => scope.setSort({ by: "size", descending: true }) },
    { id: "slowest", name: words("palette.slowest"), run: () => scope.setSort({ by: "latency", descending: true }) },
    // As a click on its head does at first.
    ...layout.order.filter((id) => id !== "size" && id !== "latency").map((by) => ({ id: `sort ${by}`, name: isColumnPath(by) ? words("menu.sort-path", { path: by }) : words(`menu.sort-${by}`), run: () => scope.setSort(nextSort(null, by)) })),
    ...layout.order.filter((id) => !isFixed(id)).map((id) => ({
      id: `column ${id}`,
      name: words(layout.hidden.includes(id) ? "palette.show-column" : "palette.hide-column", { column: titleOf(id, words) }),
      run: () => columns.change(toggleColumn(columns.store.getState(), id)),
    })),
    ...(canAddPath(layout) ? [{ id: "add column", name: words("menu.add-column"), run: () => menu.ask({ type: "path", from: palette.store.getState().from }) }] : []),
    { id: "columns", name: words("palette.columns"), run: () => columns.change(DEFAULT_COLUMNS) },
    ...TIME_MODES.filter((time) => time !== layout.time).map((time) => ({ id: `time ${time}`, name: `${words("menu.time")} › ${words(TIME_TITLES[time])}`, run: () => columns.change({ time }) })),
    ...DELTA_BASES.filter((deltaOf) => deltaOf !== layout.deltaOf).map((deltaOf) => ({ id: `delta ${deltaOf}`, name: `${words("columns.previous")} › ${words(`columns.previous-${deltaOf}`)}`, run: () => columns.change({ deltaOf }) })),
  ];
};

const titleOf = (id: ColumnId, words: Speaker["words"]): string => (isColumnPath(id) ? id : words(id === "number" || id === "delta" ? `columns.${id}` : `table.${id}`));
