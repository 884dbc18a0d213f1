import { printQuery } from "../../query/print.ts";
import { cellCondition } from "./conditions.ts";
import type { MenuPart } from "./menu-part.ts";

/** A type that is not to be read for now: hidden whatever is filtered, until its chip is switched off. */
export const frameMute: MenuPart<"frame"> = ({ session: { filters }, speaker: { words }, target: { row } }) => {
  if (row.kind !== "message") return [];
  const condition = cellCondition(row, "type", "");
  const text = printQuery({ kind: "not", part: condition });
  if (filters.store.getState().saved.some((saved) => saved.text === text && saved.isOn)) return [];
  return [{ type: "item", text: words("menu.mute", { filter: printQuery(condition) }), run: () => filters.save(text, text) }];
};
