import { addCondition } from "../../query/edit.ts";
import { printQuery } from "../../query/print.ts";
import type { Query } from "../../query/query.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { MenuEntry } from "./menu-entry.ts";

/** Only this, not this, and colour this. */
export function filterEntries(session: PanelSession, condition: Query): readonly MenuEntry[] {
  const { filters } = session;
  const text = printQuery(condition);
  const isHighlighted = filters.store.getState().highlights.includes(text);
  return [
    { type: "item", text: "Only this", hint: text, run: () => editFilter(session, condition, false) },
    { type: "item", text: "Not this", hint: `-${text}`, run: () => editFilter(session, condition, true) },
    isHighlighted
      ? { type: "item", text: "Highlight no longer", run: () => filters.removeHighlight(text) }
      : { type: "item", text: "Highlight", isDisabled: !filters.canHighlight, run: () => filters.highlight(text) },
  ];
}

/** Adds a condition, or its opposite, to what the box holds. */
export function editFilter({ scope, filters }: PanelSession, condition: Query, isNegated: boolean): void {
  const filter = addCondition(scope.store.getState().text, condition, isNegated);
  scope.setFilter(filter);
  filters.used(filter);
}
