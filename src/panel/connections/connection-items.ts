import type { ConnectionItem, ConnectionList } from "../../contract/connections.ts";
import type { ConnectionId } from "../../model/units.ts";

/** A target's heading has one line, a connection two. */
export const linesOf = ({ type }: ConnectionItem): number => (type === "target" ? 1 : 2);

/** What is drawn of the list: what stands on the lines `from` up to `to`, and the connection chosen wherever it stands. */
export function drawnItems({ items, chosen }: Pick<ConnectionList, "items" | "chosen">, from: number, to: number): readonly ConnectionItem[] {
  const onView = items.filter((item) => item.line < to && item.line + linesOf(item) > from);
  // What the list says is its active descendant has to be there.
  const isMissing = chosen !== null && !onView.some((item) => item.type === "connection" && item.row.root === chosen.row.root);
  return isMissing ? [...onView, chosen] : onView;
}

/** The line of the connection chosen, by the first of it: of those that came one after the other, any may be the one. */
export function lineChosen({ items, chosen }: Pick<ConnectionList, "items" | "chosen">, connection: ConnectionId | null): ConnectionId | null {
  if (connection === null || items.some((item) => item.type === "connection" && item.row.root === connection)) return connection;
  return chosen?.row.root ?? connection;
}
