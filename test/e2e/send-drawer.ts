import type { Frame } from "puppeteer-core";
import type { LoadServer } from "../../demo/load-server.mjs";
import { click, find } from "../../scripts/panel-actions.mjs";
import { recordOf, until, type Stage } from "./stage.ts";

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

/** In the page: puts a text into the field of a label, or the first that a selector finds; false: there is none yet. */
function put(selector: string, label: string | null, text: string): boolean {
  const all = [...document.querySelectorAll(selector)];
  const field = label === null ? all[0] : all.find((one) => one.textContent?.includes(label))?.querySelector("input, textarea");
  if (field === null || field === undefined) return false;
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, "value")?.set?.call(field, text);
  return field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Puts a text into a field at once, as who pastes it over what is there, as soon as the field is there. */
export const fillIn = (panel: Frame, selector: string, text: string): Promise<boolean> => until(() => panel.evaluate(put, selector, null, text), Boolean);

export const write = (panel: Frame, text: string): Promise<boolean> => fillIn(panel, ".send-text", text);

/** Whether a button can be pressed. */
export const canPress = (panel: Frame, selector: string): Promise<boolean> => panel.evaluate((button) => document.querySelector(button)?.matches(':not([aria-disabled="true"])') === true, selector);

export const isReady = (panel: Frame, name = "Send message"): Promise<boolean> => canPress(panel, `.send button[aria-label="${name}"]`);

export async function send(panel: Frame, text: string): Promise<void> {
  await write(panel, text);
  const said = (): Promise<string> => panel.evaluate(() => document.querySelector(".send-status")?.textContent ?? "");
  await until(async () => ((await isReady(panel)) ? "" : await said()), (why) => why === "");
  await click(panel, "button", "Send message");
}

/** Writes into a field of the form that opens a connection. */
export const fillInConnect = (panel: Frame, label: string, text: string): Promise<boolean> => until(() => panel.evaluate(put, ".send-connect label", label, text), Boolean);

/** A page with one socket, which says `beat` now and then; the drawer is open on it, and knows it. */
export async function talkOn(stage: Stage, server: LoadServer, path: string): Promise<void> {
  const { page, panel } = stage;
  await page.goto(server.url);
  await page.evaluate(`
    globalThis.socket = new WebSocket(${JSON.stringify(server.webSocketUrl + path)});
    socket.onmessage = ({ data }) => (globalThis.last = data);
    new Promise((resolve) => (socket.onopen = resolve)).then(() => {
      globalThis.beat = setInterval(() => socket.readyState === 1 && socket.send("beat"), 50);
      return null;
    })`);
  await openDrawer(panel);
  await choose(panel, path);
  await panel.select('.send select[aria-label="Format"]', "text");
  await write(panel, "a message");
  await until(() => isReady(panel), Boolean);
}

/** What the server was sent beside heartbeats. */
export const toldBeside = (server: LoadServer, path: string): (string | undefined)[] => recordOf(server, path).frames.flatMap(({ direction, payload }) => (direction === "sent" && payload?.toString() !== "beat" ? payload?.toString() : []));

/** What the drawer says under the message. */
export const saidInDrawer = ({ panel }: Stage): Promise<string> => panel.evaluate(() => document.querySelector(".send-status")?.textContent ?? "");
