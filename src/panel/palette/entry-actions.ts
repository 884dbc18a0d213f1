import { assertNever } from "../../model/assert-never.ts";
import { isOff, type MenuEntry } from "../context-menu/menu-entry.ts";
import type { Action } from "./action.ts";

/** `path`: the menus around them. Of several that are one choice, those that are not made; what only says how another is done is left out. */
export function actionsOf(path: string, entries: readonly MenuEntry[], inside = ""): readonly Action[] {
  // Two lines of a menu may read alike.
  const action = (place: string, text: string, run: () => void, hint?: string): Action => ({ id: `${path} › ${place} ${text}`, name: `${inside}${text}`, ...(hint !== undefined && { hint }), run });
  return entries.flatMap((entry, i) => {
    switch (entry.type) {
      case "item":
        return isOff(entry) ? [] : [action(String(i), entry.text, entry.run, entry.hint)];
      case "choices":
        return entry.choices.flatMap(({ text, isOn, run }, choice) => (isOn ? [] : [action(`${i}.${choice}`, text, run)]));
      case "submenu":
        return actionsOf(`${path} › ${i} ${entry.text}`, entry.entries, `${inside}${entry.text} › `);
      case "separator":
      case "title":
      case "check":
        return [];
      default:
        return assertNever(entry);
    }
  });
}
