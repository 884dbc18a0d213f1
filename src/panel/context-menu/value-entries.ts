import { say } from "../../model/said.ts";
import { printPath } from "../../query/path.ts";
import { valueCondition } from "./conditions.ts";
import { filterEntries } from "./filter-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuPart } from "./menu-part.ts";

/** What a node of a message's tree holds, as a condition. */
export const valueFilter: MenuPart<"value"> = ({ session, speaker, target: { path, kind, value } }) =>
  path.length === 0 ? [] : filterEntries(session, speaker, valueCondition(path, kind, value));

export const valueCopy: MenuPart<"value"> = ({ session: { clipboard }, speaker: { words }, target: { path, value } }) => {
  const entries: MenuEntry[] = [];
  const text = printPath(path);
  if (value !== null) entries.push({ type: "item", text: words("menu.copy-value"), run: () => void clipboard.copy(say("copy.value"), value) });
  if (path.length > 0) entries.push({ type: "item", text: words("menu.copy-path"), hint: text, run: () => void clipboard.copy(say("copy.path"), text) });
  return entries;
};
