import { printPath } from "../../query/path.ts";
import type { MenuTarget } from "../state/menu-store.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { valueCondition } from "./conditions.ts";
import { filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";

/** The menu of a node of a message's tree. */
export function valueEntries(session: PanelSession, { path, kind, value }: Extract<MenuTarget, { readonly type: "value" }>): readonly MenuEntry[] {
  const { clipboard } = session;
  const entries: MenuEntry[] = [];
  const isRoot = path.length === 0;
  const text = printPath(path);
  if (!isRoot) entries.push(...filterEntries(session, valueCondition(path, kind, value)), { type: "separator", key: "copy" });
  if (value !== null) entries.push({ type: "item", text: "Copy as JSON", run: () => void clipboard.copy("the value", value) });
  if (!isRoot) entries.push({ type: "item", text: "Copy as path", hint: text, run: () => void clipboard.copy("the path", text) });
  return entries;
}
