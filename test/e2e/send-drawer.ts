import type { Frame } from "puppeteer-core";
import { click, find } from "../../scripts/panel-actions.mjs";
import { until } from "./stage.ts";

/** Opens the menu of a connection; in one turn, since the list is drawn anew while frames come. */
export function askForMenu(name: string): boolean {
  const option = [...document.querySelectorAll('.connections [role="option"]')].find((one) => one.textContent?.includes(name));
  const { x = 0, y = 0 } = option?.getBoundingClientRect() ?? {};
  return option?.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX: x + 20, clientY: y + 5 })) !== undefined;
}

export async function openDrawer(panel: Frame): Promise<void> {
  if ((await panel.$(".send")) === null) await click(panel, "button", "Send");
  await find(panel, "textbox", "Message to send");
}

/** Chooses a connection of the drawer by a part of what it is called; the `at`th of those. */
export async function choose(panel: Frame, part: string, at = 0): Promise<void> {
  const options = await until(
    () => panel.$$eval(".send-connection option", (found, wanted) => found.filter((one) => one.textContent?.includes(wanted)).map((one) => one.value), part),
    (found) => found.length > at,
  );
  await panel.select(".send-connection", options[at] ?? "");
}

export async function write(panel: Frame, text: string): Promise<void> {
  await panel.$eval(".send-text", (element, value) => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set?.call(element, value);
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
}

export const isReady = (panel: Frame, name = "Send message"): Promise<boolean> => panel.$eval(`.send button[aria-label="${name}"]`, (button) => !button.disabled);

export async function send(panel: Frame, text: string): Promise<void> {
  await write(panel, text);
  const said = (): Promise<string> => panel.$eval(".send-status", (element) => element.textContent ?? "");
  await until(async () => ((await isReady(panel)) ? "" : await said()), (why) => why === "");
  await click(panel, "button", "Send message");
}

/** Writes into a field of the form that opens a connection. */
export async function fillInConnect(panel: Frame, label: string, text: string): Promise<void> {
  await panel.waitForSelector(".send-connect");
  await panel.evaluate(
    (name, value) => {
      const input = [...document.querySelectorAll(".send-connect label")].find((one) => one.textContent?.includes(name))?.querySelector("input, textarea");
      if (input === null || input === undefined) throw new Error(`no field ${name}`);
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input) as object, "value")?.set?.call(input, value);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    },
    label,
    text,
  );
}
