import { isColumnPath, MOST_COLUMN_PATHS } from "../../contract/column-paths.ts";
import { pathCondition } from "../../query/edit.ts";
import { readPath } from "../../query/path.ts";
import type { Speaker } from "../../words/speaker.ts";
import { DELTA_BASES, TIME_TITLES } from "../frames/column-titles.ts";
import { DEFAULT_COLUMNS, isFixed, stepColumn, TIME_MODES, toggleColumn, type ColumnId } from "../state/column-layout.ts";
import { canAddPath, takePathAway } from "../state/path-columns.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuPart } from "./menu-part.ts";

/** What a click on the head does, and the order of the rows by name. */
export const headSort: MenuPart<"head"> = ({ session, speaker: { words }, target: { column } }) => (column === null ? [] : sortEntries(session.scope, words, column));

export const headMove: MenuPart<"head"> = ({ session: { columns }, speaker: { words }, target: { column } }) => {
  if (column === null) return [];
  const layout = columns.store.getState();
  const shown = layout.order.filter((id) => !layout.hidden.includes(id));
  const at = shown.indexOf(column);
  const move = (step: 1 | -1): void => columns.change(stepColumn(layout, shown, column, step));
  return [
    { type: "item", text: words("menu.move-left"), hint: "Alt+←", reason: at <= 0 ? words("menu.is-first") : null, run: () => move(-1) },
    { type: "item", text: words("menu.move-right"), hint: "Alt+→", reason: at === shown.length - 1 ? words("menu.is-last") : null, run: () => move(1) },
  ];
};

export const headTime: MenuPart<"head"> = ({ session: { columns }, speaker: { words }, target: { column } }) => {
  if (column !== null && column !== "time") return [];
  const { time: chosen } = columns.store.getState();
  const choices = TIME_MODES.map((time) => ({ text: words(TIME_TITLES[time]), isOn: chosen === time, run: () => columns.change({ time }) }));
  return [{ type: "title", text: words("menu.time") }, { type: "choices", key: "times", choices }];
};

/** Which row is the one before. */
export const headDelta: MenuPart<"head"> = ({ session: { columns }, speaker: { words }, target: { column } }) => {
  if (column !== null && column !== "delta" && column !== "time") return [];
  const { deltaOf: chosen } = columns.store.getState();
  const choices = DELTA_BASES.map((deltaOf) => ({ text: words(`columns.previous-${deltaOf}`), isOn: chosen === deltaOf, run: () => columns.change({ deltaOf }) }));
  return [{ type: "title", text: words("columns.previous") }, { type: "choices", key: "deltas", choices }];
};

export const headColumns: MenuPart<"head"> = ({ session: { columns }, speaker: { words } }) => {
  const { order, hidden } = columns.store.getState();
  const checks = order.map(
    (id): MenuEntry => ({
      type: "check",
      text: isColumnPath(id) ? id : words(id === "number" || id === "delta" ? `columns.${id}` : `table.${id}`),
      isOn: !hidden.includes(id),
      reason: isFixed(id) ? words("menu.always-shown") : null,
      run: () => columns.change(toggleColumn(columns.store.getState(), id)),
    }),
  );
  return [{ type: "title", text: words("menu.columns") }, ...checks];
};

/** Rows that have something at a path that is a column. */
export const headFilter: MenuPart<"head"> = ({ session, speaker, target: { column } }) => {
  if (column === null || !isColumnPath(column)) return [];
  const path = readPath(column);
  return "problem" in path ? [] : filterEntries(session, speaker, pathCondition(path.value, undefined));
};

/** Columns of the user's own. */
export const headPaths: MenuPart<"head"> = ({ session, speaker: { words }, target: { column }, from }) => [
  { type: "item", text: words("menu.add-column"), reason: canAddPath(session.columns.store.getState()) ? null : words("menu.most", { n: MOST_COLUMN_PATHS }), run: () => session.menu.ask({ type: "path", from }) },
  ...(column === null || !isColumnPath(column) ? [] : [{ type: "item", text: words("menu.remove-column", { path: column }), run: () => takePathAway(session, column) } as const]),
];

export const headReset: MenuPart<"head"> = ({ session: { columns }, speaker: { words } }) => [
  { type: "item", text: words("menu.reset-columns"), run: () => columns.change(DEFAULT_COLUMNS) },
];

function sortEntries(scope: PanelSession["scope"], words: Speaker["words"], by: ColumnId): readonly MenuEntry[] {
  const { sort } = scope.store.getState();
  return [
    { type: "title", text: isColumnPath(by) ? words("menu.sort-path", { path: by }) : words(`menu.sort-${by}`) },
    {
      type: "choices",
      key: "sorts",
      choices: [
        { text: words("menu.ascending"), isOn: sort?.by === by && !sort.descending, run: () => scope.setSort({ by, descending: false }) },
        { text: words("menu.descending"), isOn: sort?.by === by && sort.descending, run: () => scope.setSort({ by, descending: true }) },
        { text: words("menu.capture-order"), isOn: sort === null, run: () => scope.setSort(null) },
      ],
    },
  ];
}
