import type { ElementHandle } from "puppeteer-core";
import { click, find, press } from "../../scripts/panel-actions.mjs";
import type { MessageRule } from "../../src/model/message-rule.ts";
import { until, type Stage } from "./stage.ts";

export const rule = (part: Partial<MessageRule> & Pick<MessageRule, "name" | "action">): MessageRule => ({ id: part.name, direction: "received", filter: "", most: null, ...part });

/** Puts rules into the list as a file would, and turns them on. */
export async function turnOn({ panel }: Stage, rules: readonly MessageRule[]): Promise<void> {
  if ((await panel.$(".rules")) === null) await click(panel, "button", "Rules");
  await find(panel, "button", "New rule");
  await panel.evaluate((text) => {
    const input = document.querySelector<HTMLInputElement>('.rules input[type="file"]');
    const files = new DataTransfer();
    files.items.add(new File([text], "rules.json"));
    if (input === null) return;
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, JSON.stringify({ kind: "framescope-rules", rules }));
  for (const { name } of rules) await click(panel, "switch", `Turn on ${name}`);
  await until(() => panel.$eval(".status-bar", (bar) => bar.textContent ?? ""), (text) => text.includes(`${rules.length} rule${rules.length === 1 ? "" : "s"} on`));
}

/** By the status bar's own button. */
export async function turnAllOff({ panel }: Stage): Promise<void> {
  await click(panel, "button", "Turn off");
  await untilOff(panel);
}

/** None is left in the list, and none on, wherever a test has ended. */
export async function removeRules({ panel }: Stage): Promise<void> {
  if ((await panel.$(".rules-form")) !== null) await click(panel, "button", "Cancel");
  const remove = (): Promise<ElementHandle | null> => panel.$('.rules button[aria-label^="Delete "]');
  while ((await remove()) !== null) await press("button that deletes a rule", remove);
  await untilOff(panel);
}

async function untilOff(panel: Stage["panel"]): Promise<void> {
  await until(() => panel.$('[aria-label="Message rules"]'), (found) => found === null);
}
