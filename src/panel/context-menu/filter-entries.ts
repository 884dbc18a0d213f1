import { addCondition } from "../filter/edit/add-condition.ts";
import type { PanelSession } from "../state/panel-session.ts";
import type { MenuEntry } from "./menu-entry.ts";

/** Only this, not this, and colour this. */
export function filterEntries(session: PanelSession, condition: string): readonly MenuEntry[] {
  const { scope, filters } = session;
  const edit = (isNegated: boolean): void => {
    const filter = addCondition(scope.store.getState().text, condition, isNegated);
    scope.setFilter(filter);
    filters.used(filter);
  };
  const isHighlighted = filters.store.getState().highlights.includes(condition);
  return [
    { type: "item", text: "Only this", hint: condition, run: () => edit(false) },
    { type: "item", text: "Not this", hint: `-${condition}`, run: () => edit(true) },
    isHighlighted
      ? { type: "item", text: "Highlight no longer", run: () => filters.removeHighlight(condition) }
      : { type: "item", text: "Highlight", isDisabled: !filters.canHighlight, run: () => filters.highlight(condition) },
  ];
}
