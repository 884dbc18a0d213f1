import { MOST_HIGHLIGHTS } from "../../contract/rows.ts";
import { addCondition } from "../../query/edit.ts";
import { printQuery } from "../../query/print.ts";
import type { Query } from "../../query/query.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { MenuEntry } from "./menu-entry.ts";

/** Only what meets a condition, all but that, and that in a colour. */
export function filterEntries(session: PanelSession, { words }: Speaker, condition: Query): readonly MenuEntry[] {
  const { filters } = session;
  const text = printQuery(condition);
  const isHighlighted = filters.store.getState().highlights.includes(text);
  return [
    { type: "item", text: words("menu.show-only", { filter: text }), run: () => editFilter(session, condition, false) },
    { type: "item", text: words("menu.hide", { filter: text }), run: () => editFilter(session, condition, true) },
    isHighlighted
      ? { type: "item", text: words("menu.remove-highlight"), run: () => filters.removeHighlight(text) }
      : { type: "item", text: words("menu.highlight"), reason: filters.canHighlight ? null : words("menu.most", { n: MOST_HIGHLIGHTS }), run: () => filters.highlight(text) },
  ];
}

/** Adds a condition, or its opposite, to what the box holds. */
export function editFilter({ scope, filters }: PanelSession, condition: Query, isNegated: boolean): void {
  const filter = addCondition(scope.store.getState().text, condition, isNegated);
  scope.setFilter(filter);
  filters.used(filter);
}
