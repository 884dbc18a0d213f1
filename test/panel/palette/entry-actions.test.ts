import { expect, it } from "vitest";
import type { MenuEntry } from "../../../src/panel/context-menu/menu-entry.ts";
import { actionsOf } from "../../../src/panel/palette/entry-actions.ts";

const run = (): void => {};

it("has what a menu does as commands, those within menus too: none that cannot be done, and of a choice what is not chosen", () => {
  const entries: readonly MenuEntry[] = [
    { type: "title", text: "Message" },
    { type: "item", text: "Copy", hint: "Ctrl+C", run },
    { type: "item", text: "Send again", reason: "100 at most", run },
    { type: "separator", key: "line" },
    { type: "submenu", text: "Decode as", entries: [{ type: "choices", key: "decoders", choices: [{ text: "JSON", isOn: true, run }, { text: "Mine", isOn: false, run }, { text: "Mine", isOn: false, run }] }] },
    { type: "check", text: "Wrap", isOn: true, run },
  ];
  const actions = actionsOf("row", entries);
  expect(actions.map(({ name, hint }) => [name, hint])).toEqual([["Copy", "Ctrl+C"], ["Decode as › Mine", undefined], ["Decode as › Mine", undefined]]);
  expect(new Set(actions.map(({ id }) => id)).size).toBe(3);
});
