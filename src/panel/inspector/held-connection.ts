import type { ConnectionRow } from "../../contract/connections.ts";
import type { ConnectionId } from "../../model/units.ts";

/** Which connection of the line chosen is read. */
export interface HeldConnection {
  readonly shown: ConnectionId | null;
  /** The one shown is to stay when another takes its place in the line; null: none is, or one does already. */
  readonly hold: ConnectionId | null;
  /** One that opened after the one shown is the line's last now. */
  readonly hasNewer: boolean;
}

/**
 * Of connections that each took the place of the one before, the last is shown, and stays where a newer one opens: what is
 * read does not change under the eye. `root`: the first of the line chosen; `member`: the one of it that stays, or was asked
 * for by itself; `last`: of the line that was known last.
 */
export function heldConnection(root: ConnectionId | null, member: ConnectionId | null, last: Pick<ConnectionRow, "id" | "root"> | undefined): HeldConnection {
  const newest = root !== null && last?.root === root ? last.id : null;
  return {
    shown: root === null ? null : (member ?? newest ?? root),
    hold: member === null ? newest : null,
    hasNewer: member !== null && newest !== null && newest !== member,
  };
}
