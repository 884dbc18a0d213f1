import type { ConnectionRow } from "../../engine/contract.ts";
import type { ConnectionId } from "../../model/units.ts";

/** One line of the list: the choice of all, a target's heading, a connection. */
export type ConnectionItem =
  | { readonly type: "all"; readonly key: string }
  | { readonly type: "target"; readonly key: string; readonly row: ConnectionRow }
  | { readonly type: "connection"; readonly key: string; readonly row: ConnectionRow };

export const isOver = ({ state }: ConnectionRow): boolean => state === "closed" || state === "failed";

/** Those that are not over, and the one chosen. */
export function withoutEnded(rows: readonly ConnectionRow[], chosen: ConnectionId | null): readonly ConnectionRow[] {
  return rows.filter((row) => !isOver(row) || row.id === chosen);
}

/** Connections under their targets, both in the order in which they came. */
export function listConnections(rows: readonly ConnectionRow[]): readonly ConnectionItem[] {
  const targets = new Map<string, ConnectionRow[]>();
  for (const row of rows) {
    const group = targets.get(row.targetKey);
    if (group === undefined) targets.set(row.targetKey, [row]);
    else group.push(row);
  }
  const items: ConnectionItem[] = [{ type: "all", key: "all" }];
  for (const [key, group] of targets) {
    const [first] = group;
    if (first !== undefined) items.push({ type: "target", key: `target ${key}`, row: first });
    for (const row of group) items.push({ type: "connection", key: `connection ${row.id}`, row });
  }
  return items;
}

/** The connection that an item stands for: null for all, undefined where it stands for none. */
export function connectionOf(item: ConnectionItem | undefined): ConnectionId | null | undefined {
  if (item === undefined || item.type === "target") return undefined;
  return item.type === "all" ? null : item.row.id;
}
