import { commandKey } from "../controls/command-key.ts";
import type { PlainName } from "./action.ts";

/** Every key that the panel acts on, by where the keyboard is. */
export const SHORTCUTS: readonly { readonly name: PlainName; readonly keys: readonly (readonly [string, PlainName])[] }[] = [
  {
    name: "palette.keys-anywhere",
    keys: [
      [commandKey("Shift+K"), "palette.key-palette"],
      ["?", "palette.key-shortcuts"],
      ["/", "palette.key-filter"],
      [commandKey("F"), "palette.key-find"],
      ["F3", "palette.key-find-next"],
      ["F6", "palette.key-pane"],
    ],
  },
  {
    name: "palette.keys-table",
    keys: [
      ["↑ ↓", "palette.key-move"],
      ["Home End", "palette.key-ends"],
      ["→ ←", "palette.key-unfold"],
      ["Shift+↑ ↓", "palette.key-extend"],
      [commandKey("A"), "palette.key-all"],
      [commandKey("C"), "palette.key-copy"],
      ["Enter", "palette.key-open"],
      ["Esc", "palette.key-close"],
    ],
  },
  {
    name: "palette.keys-filter",
    keys: [
      ["Enter", "palette.key-to-table"],
      ["Tab", "palette.key-take"],
      ["↑ ↓", "palette.key-used"],
      ["Esc", "palette.key-empty"],
    ],
  },
];
