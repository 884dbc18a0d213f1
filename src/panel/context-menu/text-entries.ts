import { commandKey } from "../controls/command-key.ts";
import type { MenuPart } from "./menu-part.ts";

/** What is selected of a message's text. */
export const textCopy: MenuPart<"text"> = ({ speaker: { words }, target: { copy, selectAll } }) => [
  { type: "item", text: words("raw.copy"), hint: commandKey("C"), reason: copy === null ? words("menu.nothing-selected") : null, run: () => copy?.() },
  { type: "item", text: words("raw.select-all"), hint: commandKey("A"), run: selectAll },
];
