import type { ConnectionId } from "../../model/units.ts";
import type { LiveActions } from "./live-actions.ts";

/** As a page is told that its feed died. */
const CLOSING = { code: 4000, reason: "framescope" };
/** A connection that is used says something meanwhile. */
const REACH_MS = 3000;

/**
 * Finds out which sockets some connections are, as long as they speak; answers what closes those that are found. The others
 * are left as they are.
 */
export async function prepareEnd(live: Pick<LiveActions, "reach" | "letGo" | "close">, connections: readonly ConnectionId[], later: (callback: () => void, milliseconds: number) => void): Promise<() => Promise<void>> {
  const reached = new Set<ConnectionId>();
  const all = Promise.all(
    connections.map((connection) =>
      live.reach(connection, false).then(
        () => void reached.add(connection),
        // It has ended, or cannot be told from others: it is not closed.
        () => undefined,
      ),
    ),
  );
  await Promise.race([all, new Promise<void>((resolve) => later(resolve, REACH_MS))]);
  for (const connection of connections) if (!reached.has(connection)) live.letGo(connection);
  return async () => {
    await Promise.all([...reached].map((connection) => live.close(connection, CLOSING).catch(() => undefined)));
    for (const connection of reached) live.letGo(connection);
  };
}
