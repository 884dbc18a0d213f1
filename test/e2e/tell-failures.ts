/** What stood in the browsers when a test failed: as text behind the failure's own words, and as pictures. */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "puppeteer-core";
import { afterEach } from "vitest";
import { runningBrowsers } from "../../scripts/launch-browser.mjs";

const PICTURES = new URL("../../out/failures/", import.meta.url);
/** A page that hangs may be why the test failed. */
const MOST_WAIT_MS = 5000;

afterEach(async ({ task }) => {
  const [error] = task.result?.errors ?? [];
  if (task.result?.state !== "fail" || error === undefined) return;
  const pages = (await Promise.all([...runningBrowsers].map((browser) => inTime(browser.pages())))).flatMap((found) => found ?? []);
  await mkdir(PICTURES, { recursive: true });
  const name = `${task.file.name.replace(/^.*\//, "").replace(".test.ts", "")} ${task.name}`.replace(/[^\w]+/g, "-").slice(0, 80);
  const told = await Promise.all(pages.map((page, i) => tell(page, `${name}-${i}.png`)));
  error.message += `\n\nWhat stood in the browser (pictures in out/failures):\n${told.join("\n")}`;
});

async function tell(page: Page, picture: string): Promise<string> {
  const lines = await Promise.all(page.frames().filter((frame) => frame.url().startsWith("chrome-extension://")).map(async (frame) => (await inTime(frame.evaluate(readPanel))) ?? `  ${frame.url()} does not answer`));
  if (lines.some((line) => line !== "")) await inTime(page.screenshot({ path: fileURLToPath(new URL(picture, PICTURES)) }));
  return [`- ${page.url().slice(0, 120)}`, ...lines.filter((line) => line !== "")].join("\n");
}

/** What a person sees of a panel: what it says of itself, and where the keyboard is. */
function readPanel(): string {
  const textOf = (element: Element): string => (element as HTMLElement).innerText.replace(/\s+/g, " ").trim();
  const parts = [...document.querySelectorAll('[role="status"], [role="alert"], [role="dialog"], [role="menu"], [role="tooltip"], .filter-completion, [aria-label="Filter frames"], [aria-label="Connections"], .send')].map(
    (element) => [element.getAttribute("aria-label") ?? element.getAttribute("role") ?? element.className, textOf(element)] as const,
  );
  const focus = document.activeElement;
  return [
    ...parts.filter(([, text]) => text !== "").map(([name, text]) => `  ${name}: ${text.slice(0, 600)}`),
    ...(parts.length === 0 ? [] : [`  the focus is on: ${focus?.getAttribute("aria-label") ?? focus?.tagName ?? "nothing"}, which ${document.hasFocus() ? "has" : "has not"} the keyboard`]),
  ].join("\n");
}

const inTime = <Value>(wait: Promise<Value>): Promise<Value | undefined> =>
  Promise.race([wait.catch(() => undefined), new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), MOST_WAIT_MS))]);
