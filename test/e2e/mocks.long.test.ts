import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { snippetTarget } from "../../src/format/snippets/registry.ts";
import type { SnippetTarget } from "../../src/format/snippets/snippet.ts";
import { captureConversation, conversation } from "../format/snippets/a-conversation.ts";
import { aConnection, aScript } from "../format/snippets/a-script.ts";
import { en } from "../words/speakers.ts";

/** What is used of Playwright here. */
interface Page {
  goto(url: string): Promise<unknown>;
  evaluate(expression: string): Promise<unknown>;
}

interface Playwright {
  readonly chromium: { launch(options: { readonly executablePath: string; readonly chromiumSandbox: boolean }): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }> };
}

/** Loaded by name: its types would be read with each check of the project, for these three calls. */
const PLAYWRIGHT: string = "playwright-core";

const FEED = "ws://feed.test/it's (a) [feed]";

it("a mock for Playwright answers a page as the server of the capture did, whatever the query of the URL is", async () => {
  const { heard, messages } = await captureConversation();
  const target = snippetTarget("playwright") as SnippetTarget;
  const folder = mkdtempSync(join(tmpdir(), "playwright-"));
  const file = join(folder, "mock.mjs");
  writeFileSync(file, target.write(aScript({ connection: aConnection(`${FEED}?token=k7Yw3pQz9LmN2xRt`), messages, side: "server" }), en.tell));
  const { mockWebSocket } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { readonly mockWebSocket: (page: Page) => Promise<void> };
  const { chromium } = (await import(PLAYWRIGHT)) as Playwright;
  const browser = await chromium.launch({ executablePath: (await findBrowser()).path, chromiumSandbox: process.getuid?.() !== 0 });
  try {
    const page = await browser.newPage();
    await mockWebSocket(page);
    await page.goto("data:text/html,");
    expect(await page.evaluate(conversation("WebSocket", `${FEED}?token=another`))).toEqual(heard);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});
