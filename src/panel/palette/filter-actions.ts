import type { ActionGroup } from "./action.ts";
import { openFilterButton } from "../filter/open-filter-button.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { viewsOf } from "../state/views-store.ts";
import { VIEWS } from "../views/built-in-views.ts";

/** Those that come with the panel, and the user's own; and one more. */
export const viewActions: ActionGroup = ({ session, speaker: { words } }) => [
  ...VIEWS.map((view) => ({ id: view.name, name: words(view.name), hint: view.filter, run: () => viewsOf(session).show(view) })),
  ...viewsOf(session).store.getState().views.map((view) => ({ id: `view ${view.name}`, name: view.name, hint: view.filter, run: () => viewsOf(session).showKept(view) })),
  { id: "save view", name: words("palette.save-view"), run: () => saveView(session) },
];

function saveView(session: PanelSession): void {
  viewsOf(session).askName();
  openFilterButton("views");
}

/** Filters of the user's own: those that are saved are switched on and off, those used before go into the box. */
export const filterActions: ActionGroup = ({ session: { scope, filters }, speaker: { words } }) => {
  const { saved, used } = filters.store.getState();
  return [
    ...saved.map(({ name, text, isOn }) => ({
      id: `saved ${name}`,
      name: words(isOn ? "palette.filter-off" : "palette.filter-on", { name }),
      hint: text,
      run: () => filters.toggle(name),
    })),
    ...used.map((text) => ({ id: `used ${text}`, name: words("palette.filter-by", { filter: text }), run: () => scope.setFilter(text) })),
  ];
};
