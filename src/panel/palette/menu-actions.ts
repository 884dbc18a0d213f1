import { entriesOf } from "../context-menu/menu-parts.ts";
import type { ActionGroup } from "./action.ts";
import { actionsOf } from "./entry-actions.ts";

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
