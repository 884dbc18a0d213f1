import { muteOf } from "../state/mute.ts";
import { cellCondition } from "./conditions.ts";
import type { MenuPart } from "./menu-part.ts";

/** A type that is not to be read for now. */
export const frameMute: MenuPart<"frame"> = ({ session: { filters }, speaker: { words }, target: { row } }) => {
  if (row.kind !== "message") return [];
  const { filter, isOn, toggle } = muteOf(filters, cellCondition(row, "type", ""));
  return isOn ? [] : [{ type: "item", text: words("menu.mute", { filter }), run: toggle }];
};
