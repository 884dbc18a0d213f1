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
      [`F3 ${commandKey("G")}`, "palette.key-find-next"],
      ["F6", "palette.key-pane"],
    ],
  },
  {
    name: "palette.keys-table",
    keys: [
      ["↑ ↓", "palette.key-move"],
      ["PgUp PgDn", "palette.key-page"],
      ["Home End", "palette.key-ends"],
      ["→ ←", "palette.key-unfold"],
      ["Shift+↑ ↓", "palette.key-extend"],
      [commandKey("Space"), "palette.key-pick"],
      [commandKey("A"), "palette.key-all"],
      [commandKey("C"), "palette.key-copy"],
      ["R", "palette.key-resend"],
      ["Shift+F10", "palette.key-menu"],
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
  {
    name: "palette.keys-value",
    keys: [
      ["→ ←", "palette.key-expand"],
      ["Alt+→ ←", "palette.key-expand-all"],
      ["*", "palette.key-expand-below"],
      [`/ ${commandKey("F")}`, "palette.key-find-value"],
    ],
  },
  {
    name: "palette.keys-text",
    keys: [
      ["Shift+← → ↑ ↓", "palette.key-select-text"],
      [commandKey("A"), "palette.key-all-text"],
      [commandKey("C"), "palette.key-copy-text"],
      [`/ ${commandKey("F")}`, "palette.key-find-text"],
      [`F3 ${commandKey("G")}`, "palette.key-find-next"],
    ],
  },
  {
    name: "palette.keys-head",
    keys: [
      ["Enter", "palette.key-sort"],
      ["Alt+← →", "palette.key-column"],
      ["Shift+← →", "palette.key-width"],
    ],
  },
  {
    name: "palette.keys-timeline",
    keys: [
      ["← →", "palette.key-moment"],
      ["↑ ↓", "palette.key-zoom"],
      ["Esc", "palette.key-whole-time"],
    ],
  },
  {
    name: "palette.keys-write",
    keys: [[commandKey("Enter"), "palette.key-send"]],
  },
];
