import { entriesOf } from "../context-menu/menu-parts.ts";
import type { MenuEntry } from "../context-menu/menu-entry.ts";
import type { Action, ActionGroup } from "./action.ts";

/** What the menu of the row selected holds. */
export const rowMenuActions: ActionGroup = ({ session, speaker }) => {
  const { place } = session.selection.store.getState();
  const row = place === null ? undefined : session.frames.at(place);
  if (row === undefined) return [];
  return actionsOf("row", entriesOf("frame", { session, speaker, target: { type: "frame", row, column: "message", text: "" }, from: session.palette.store.getState().from }));
};

/** What the menu of the connection chosen holds. */
export const connectionMenuActions: ActionGroup = ({ session, speaker }) => {
  const { row } = session.connections.store.getState().list.chosen ?? {};
  if (row === undefined) return [];
  return actionsOf("connection", entriesOf("connection", { session, speaker, target: { type: "connection", row }, from: session.palette.store.getState().from }));
};

/** `path`: the menus around them. Of several that are one choice, those that are not made; what only says how another is done is left out. */
function actionsOf(path: string, entries: readonly MenuEntry[], inside = ""): readonly Action[] {
  const action = (text: string, run: () => void, hint?: string): Action => ({ id: `${path} › ${text} ${hint ?? ""}`, name: `${inside}${text}`, ...(hint !== undefined && { hint }), run });
  return entries.flatMap((entry) => {
    switch (entry.type) {
      case "item":
        return entry.isDisabled === true ? [] : [action(entry.text, entry.run, entry.hint)];
      case "choices":
        return entry.choices.filter(({ isOn }) => !isOn).map(({ text, run }) => action(text, run));
      case "submenu":
        return actionsOf(`${path} › ${entry.text}`, entry.entries, `${inside}${entry.text} › `);
      default:
        return [];
    }
  });
}
