import type { Speaker } from "../../words/speaker.ts";
import { COLUMN_TITLES, SORT_KEY_OF, TIME_TITLES } from "../frames/column-names.ts";
import { DEFAULT_COLUMNS, isFixed, stepColumn, TIME_MODES, toggleColumn, type ColumnId } from "../state/column-layout.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { MenuEntry } from "./menu-entry.ts";

/** The menu of a column's head, or of all columns. */
export function headEntries({ columns, scope }: PanelSession, { words }: Speaker, column: ColumnId | null): readonly MenuEntry[] {
  const layout = columns.store.getState();
  const entries: MenuEntry[] = [];
  if (column !== null) {
    entries.push(...sortEntries(scope, words, column));
    const shown = layout.order.filter((id) => !layout.hidden.includes(id));
    const at = shown.indexOf(column);
    const move = (step: 1 | -1): void => columns.change(stepColumn(layout, shown, column, step));
    entries.push(
      { type: "item", text: words("menu.move-left"), hint: "Alt+←", isDisabled: at <= 0, run: () => move(-1) },
      { type: "item", text: words("menu.move-right"), hint: "Alt+→", isDisabled: at === shown.length - 1, run: () => move(1) },
      { type: "separator", key: "move" },
    );
  }
  if (column === null || column === "time") {
    entries.push({ type: "title", text: words("menu.time") });
    const choices = TIME_MODES.map((time) => ({ text: words(TIME_TITLES[time]), isOn: layout.time === time, run: () => columns.change({ time }) }));
    entries.push({ type: "choices", key: "times", choices }, { type: "separator", key: "time" });
  }
  entries.push({ type: "title", text: words("menu.columns") });
  for (const id of layout.order) {
    entries.push({
      type: "check",
      text: words(id === "number" || id === "delta" ? COLUMN_TITLES[id] : `table.${id}`),
      isOn: !layout.hidden.includes(id),
      isDisabled: isFixed(id),
      run: () => columns.change(toggleColumn(columns.store.getState(), id)),
    });
  }
  entries.push({ type: "separator", key: "columns" }, { type: "item", text: words("menu.reset-columns"), run: () => columns.change(DEFAULT_COLUMNS) });
  return entries;
}

function sortEntries(scope: PanelSession["scope"], words: Speaker["words"], column: ColumnId): readonly MenuEntry[] {
  const by = SORT_KEY_OF[column];
  if (by === undefined) return [];
  const { sort } = scope.store.getState();
  return [
    { type: "title", text: words(`menu.sort-${by}`) },
    {
      type: "choices",
      key: "sorts",
      choices: [
        { text: words("menu.ascending"), isOn: sort?.by === by && !sort.descending, run: () => scope.setSort({ by, descending: false }) },
        { text: words("menu.descending"), isOn: sort?.by === by && sort.descending, run: () => scope.setSort({ by, descending: true }) },
        { text: words("menu.capture-order"), isOn: sort === null, run: () => scope.setSort(null) },
      ],
    },
    { type: "separator", key: "sort" },
  ];
}
