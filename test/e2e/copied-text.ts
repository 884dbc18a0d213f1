import { click, clickOn, find } from "../../scripts/panel-actions.mjs";
import { until, type Stage } from "./stage.ts";

/** What the panel writes to the clipboard next. */
export async function copiedText({ panel }: Stage, act: () => Promise<void>): Promise<string> {
  await panel.evaluate(() => {
    const scope = globalThis as { copiedText?: string };
    delete scope.copiedText;
    navigator.clipboard.writeText = (text) => {
      scope.copiedText = text;
      return Promise.resolve();
    };
  });
  await act();
  return until(() => panel.evaluate(() => (globalThis as { copiedText?: string }).copiedText ?? ""), (text) => text !== "");
}

type OpenMenu = (panel: Stage["panel"]) => Promise<void>;

const ofFirstConnection: OpenMenu = (panel) => clickOn(panel, ".connections-two-lines", { button: "right" });
/** Of the connection chosen. */
export const ofExport: OpenMenu = (panel) => click(panel, "button", "Export");

/** Opens **Copy as …** in a menu. */
async function openCopyAs({ panel, devtools }: Stage, openMenu: OpenMenu): Promise<void> {
  await openMenu(panel);
  await (await find(panel, "menuitem", "Copy as …")).focus();
  await devtools.keyboard.press("ArrowRight");
}

/** Copies the first connection in the list, or that of another menu, as what a menu item of this name stands for; answers the script. */
export const copiedAs = (stage: Stage, name: string, seen: () => Promise<void> = async () => {}, openMenu = ofFirstConnection): Promise<string> =>
  copiedText(stage, async () => {
    await openCopyAs(stage, openMenu);
    await find(stage.panel, "menuitem", name);
    await seen();
    await click(stage.panel, "menuitem", name);
  });
