import { say } from "../../model/said.ts";
import { printPath } from "../../query/path.ts";
import type { Speaker } from "../../words/speaker.ts";
import type { MenuTarget } from "../state/menu-store.ts";
import type { PanelSession } from "../state/panel-session.ts";
import { valueCondition } from "./conditions.ts";
import { filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";

/** The menu of a node of a message's tree. */
export function valueEntries(session: PanelSession, speaker: Speaker, { path, kind, value }: Extract<MenuTarget, { readonly type: "value" }>): readonly MenuEntry[] {
  const { clipboard } = session;
  const entries: MenuEntry[] = [];
  const isRoot = path.length === 0;
  const text = printPath(path);
  if (!isRoot) entries.push(...filterEntries(session, speaker, valueCondition(path, kind, value)), { type: "separator", key: "copy" });
  if (value !== null) entries.push({ type: "item", text: speaker.words("menu.copy-value"), run: () => void clipboard.copy(say("copy.value"), value) });
  if (!isRoot) entries.push({ type: "item", text: speaker.words("menu.copy-path"), hint: text, run: () => void clipboard.copy(say("copy.path"), text) });
  return entries;
}
