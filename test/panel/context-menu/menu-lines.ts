import { isOff, type MenuEntry } from "../../../src/panel/context-menu/menu-entry.ts";

type Item = Extract<MenuEntry, { readonly type: "item" }>;

/** The items of a menu by their texts, those of menus within it behind the name of that: `Compare with … › Previous`. */
export function itemsOf(entries: readonly MenuEntry[], within = ""): ReadonlyMap<string, Item> {
  return new Map(entries.flatMap((entry) => (entry.type === "item" ? [[within + entry.text, entry] as const] : entry.type === "submenu" ? [...itemsOf(entry.entries, `${within}${entry.text} › `)] : [])));
}

/** Does what an item does; one that is not there, or that nobody can choose, fails the test. */
export function choose(entries: readonly MenuEntry[], text: string): void {
  const item = itemsOf(entries).get(text);
  if (item === undefined || isOff(item)) throw new Error(`${text} cannot be chosen of ${[...itemsOf(entries).keys()].join(", ")}.`);
  item.run();
}
