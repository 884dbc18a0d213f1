import type { ConnectionRow } from "../../engine/contract.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { connectionCondition } from "./conditions.ts";
import { filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";

/** The menu of a connection in the list. */
export function connectionEntries(session: PanelSession, { id, url }: ConnectionRow): readonly MenuEntry[] {
  return [
    ...filterEntries(session, connectionCondition(id)),
    { type: "separator", key: "copy" },
    { type: "item", text: "Copy as URL", isDisabled: url === "", run: () => void session.clipboard.copy("the URL", url) },
  ];
}
