import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click, clickOn, find, openLastFrame } from "../../scripts/panel-actions.mjs";
import { openSocket, until, type Begin, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

/** Sends over the page's socket, whose server sends back what comes. */
const send = (text: string): Promise<void> => stage.page.evaluate((message) => (globalThis as unknown as { sockets: WebSocket[] }).sockets.at(-1)?.send(message), text);

const seen = (pick: () => boolean): Promise<unknown> => stage.panel.waitForFunction(pick, { polling: 50 });

export function describeLaterAnswers(begin: Begin): void {
  describe("a request that is looked at, and messages that are copied", () => {
    beforeAll(async () => {
      server = await startLoadServer();
      stage = await begin(server.url);
    });
    afterAll(async () => {
      await server.close();
    });

    it("a request that is looked at shows its answer once that comes, folded and scrolled as it was", async () => {
      await openSocket(stage.page, `${server.webSocketUrl}/echo?later`, 0);
      const entries = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`key${i}`, i]));
      await send(JSON.stringify({ jsonrpc: "2.0", id: 7, method: "sum", params: { folded: { deep: 1 }, entries } }));
      await stage.waitForStatus("Matches", /^2 frames$/);
      await openLastFrame(stage.panel);
      // What the server sent back is the same text, and has no answer either: it is looked at until the other is there.
      const head = (): Promise<string> => stage.panel.$eval('.inspector[aria-busy="false"] .inspector-head h2', (title) => title.textContent ?? "");
      const echo = await until(head, (text) => text !== "");
      await (await find(stage.panel, "grid", "Frames")).press("ArrowUp");
      await until(head, (text) => text !== echo);
      await seen(() => document.querySelector(".pair")?.textContent?.includes("Not answered yet") === true);
      await seen(() => document.querySelectorAll('[role="treeitem"]').length > 5);
      await stage.panel.evaluate(() => [...document.querySelectorAll<HTMLElement>('[role="treeitem"]')].find(({ innerText }) => innerText.startsWith("folded"))?.click());
      await seen(() => [...document.querySelectorAll<HTMLElement>('[role="treeitem"]')].some((line) => line.innerText.startsWith("folded") && line.ariaExpanded === "false"));
      const scrolled = await stage.panel.evaluate(() => {
        const tree = document.querySelector('[role="tree"]') as HTMLElement;
        tree.scrollTop = 60;
        return tree.scrollTop;
      });
      expect(scrolled).toBe(60);
      // What the server sends back answers the request.
      await send(JSON.stringify({ jsonrpc: "2.0", id: 7, result: 42 }));
      await seen(() => /Answered by #\d/.test(document.querySelector(".pair")?.textContent ?? ""));
      expect(await stage.panel.evaluate(() => (document.querySelector('[role="tree"]') as HTMLElement).scrollTop)).toBe(60);
      await stage.panel.evaluate(() => ((document.querySelector('[role="tree"]') as HTMLElement).scrollTop = 0));
      await seen(() => [...document.querySelectorAll<HTMLElement>('[role="treeitem"]')].some((line) => line.innerText.startsWith("folded") && line.ariaExpanded === "false"));
    });

    it("the menu says how several messages are copied once one of them has a line break", async () => {
      await click(stage.panel, "button", "Clear");
      await send("one\nof two lines");
      await stage.waitForStatus("Matches", /^2 frames$/);
      await (await find(stage.panel, "grid", "Frames")).focus();
      await stage.devtools.keyboard.press("Home");
      await stage.devtools.keyboard.down("Shift");
      await stage.devtools.keyboard.press("ArrowDown");
      await stage.devtools.keyboard.up("Shift");
      await stage.waitForStatus("Selection", /^2 rows selected/);
      await clickOn(stage.panel, '[role="row"].frame-active', { button: "right" });
      // A menu's item is named with its key.
      await clickOn(stage.panel, '[role="menuitem"] ::-p-text(Copy 2 messages as JSON lines)');
      await stage.waitForStatus("Clipboard", /^2 messages copied as JSON lines$/);
    });
  });
}
