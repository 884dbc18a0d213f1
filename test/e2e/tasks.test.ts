import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDemo, type Demo } from "../../demo/demo-server.mjs";
import { click, clickOn, find, setFilter, untilShown } from "../../scripts/panel-actions.mjs";
import { en } from "../words/speakers.ts";
import { IN_FULL } from "../some-of.ts";
import { clicksOf as clicksIn } from "./clicks.ts";
import { recordDemo } from "./screens.ts";
import { isReady, write } from "./send-drawer.ts";
import { borrowStage, until, type Stage } from "./stage.ts";

// docs/tasks.md says how many clicks each takes, in its table: here they are made and counted.

let demo: Demo;
let stage: Stage;
beforeAll(async () => {
  demo = await startDemo();
  stage = await borrowStage("about:blank");
  await recordDemo({ stage, words: en.words }, demo.url);
});
afterAll(async () => {
  await stage.end();
  await demo.close();
});

const clicksOf = (way: () => Promise<void>): Promise<number> => clicksIn(stage.panel, way);

const inspectorSays = async (...texts: readonly string[]): Promise<void> =>
  void (await stage.panel.waitForFunction((wanted) => wanted.every((text) => document.querySelector<HTMLElement>(".inspector")?.innerText.includes(text)), { polling: 50 }, texts));

describe("the tasks of docs/tasks.md, in the real panel", () => {
  it("the audit of a handshake: one click; of all of them: one", async () => {
    const one = await clicksOf(async () => {
      await clickOn(stage.panel, '[role="option"] ::-p-text(/graphql)');
      await inspectorSays("Sec-WebSocket-Accept", "101 Switching Protocols");
    });
    expect(one).toBe(1);
    const all = await clicksOf(async () => {
      await clickOn(stage.panel, ".status-findings");
      await inspectorSays("Handshake:");
    });
    expect(all).toBe(1);
    await click(stage.panel, "button", "Close inspector");
    await clickOn(stage.panel, "#connection-all");
  });

  it("why a subscription stopped: one filter and a click", async () => {
    const clicks = await clicksOf(async () => {
      const { keyboard } = stage.devtools;
      await (await find(stage.panel, "grid", "Frames")).focus();
      await keyboard.press("Slash");
      await stage.panel.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Filter frames", { polling: 50 });
      await keyboard.type("type:subscribe");
      await untilShown(stage.panel);
      await stage.waitForStatus("Matches", /^[1-9]\d* of/);
      await keyboard.press("Enter");
      await stage.panel.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Frames", { polling: 50 });
      await keyboard.press("End");
      await keyboard.press("Enter");
      await inspectorSays("Answered by #");
      await click(stage.panel, "tab", "Connection");
      await inspectorSays("Longest silence", "First messages");
    });
    expect(clicks).toBe(1);
    await click(stage.panel, "tab", "Message");
    await click(stage.panel, "button", "Close inspector");
    await click(stage.panel, "button", "Clear input");
  });

  it("what uses the bandwidth: two clicks; the largest messages: one", async () => {
    const byType = await clicksOf(async () => {
      await clickOn(stage.panel, '[role="option"] ::-p-text(/socket.io)');
      await find(stage.panel, "region", "Inspector");
      await click(stage.panel, "tab", "Connection");
      await inspectorSays("Types by bytes");
    });
    expect(byType).toBe(2);
    // The rows of the connection are here: whoever sorts sees them.
    await stage.waitForStatus("Matches", / of /);
    await untilShown(stage.panel);
    const largest = await clicksOf(async () => {
      await clickOn(stage.panel, '[role="columnheader"][data-column="size"]');
      await stage.panel.waitForFunction(
        () => {
          const [first, second] = [...document.querySelectorAll<HTMLElement>('[role="gridcell"][data-column="size"]')].map(({ innerText }) => Number.parseFloat(innerText) * (innerText.includes("k") ? 1000 : 1));
          return document.querySelector('[data-column="size"][aria-sort="descending"]') !== null && document.querySelector('[role="row"][aria-rowindex="2"]') !== null && first !== undefined && second !== undefined && first >= second;
        },
        { polling: 50 },
      );
    });
    expect(largest).toBe(1);
  });

  it("why it reconnects: two clicks", async () => {
    const clicks = await clicksOf(async () => {
      await clickOn(stage.panel, '[role="option"] ::-p-text(/admin)');
      await find(stage.panel, "region", "Inspector");
      await click(stage.panel, "tab", "Connection");
      await inspectorSays("Connections to this URL pattern: 3", "403");
    });
    expect(clicks).toBe(2);
    // Each is a click away, the first too, and the line that they are listed in stays the one chosen.
    const shown = (): Promise<number> => stage.panel.$$eval(".connection-page tr[aria-current]", (rows) => rows.findIndex(({ ariaCurrent }) => ariaCurrent === "true"));
    // Until it is known which of them is the last, the first is looked at.
    await expect.poll(shown).toBe(2);
    for (const row of [1, 0]) {
      await clickOn(stage.panel, `.connection-page tr[aria-current]:nth-child(${row + 1}) button`);
      await expect.poll(shown).toBe(row);
    }
    expect(await stage.panel.$$eval('[role="option"][aria-selected="true"]', (all) => all.map(({ textContent }) => textContent))).toEqual([expect.stringContaining("/admin")]);
    await clickOn(stage.panel, "#connection-all");
  });

  it("a page's feed as a Python script: three clicks", async () => {
    const clicks = await clicksOf(async () => {
      await clickOn(stage.panel, '[role="option"] ::-p-text(/feed)', { button: "right" });
      await click(stage.panel, "menuitem", "Copy as …");
      await click(stage.panel, "menuitem", "Python websockets");
      await stage.waitForStatus("Clipboard", /^\S/);
    });
    expect(clicks).toBe(3);
  });

  it.runIf(IN_FULL)("a message changed and sent again: R and one click; a server tried from its own page: three, and one a message; an answer instead of the server's: four", async () => {
    const { panel, devtools } = stage;
    const draft = (): Promise<string> => panel.$eval(".send-text", (element) => (element as HTMLTextAreaElement).value).catch(() => "");
    const said = (): Promise<string> => panel.$eval(".send-status", (element) => element.textContent ?? "").catch(() => "");
    await click(panel, "button", "Record");
    await setFilter(stage, "is:sent type:order:place");
    await stage.waitForStatus("Matches", /^[1-9]\d* of /);
    const again = await clicksOf(async () => {
      await panel.focus(".frames-grid");
      await devtools.keyboard.press("End");
      await devtools.keyboard.press("KeyR");
      const before = await until(draft, (text) => text.includes('"qty"'));
      await write(panel, before.replace(/"qty": [\d.]+/, '"qty": 0.125'));
      await until(() => panel.$eval(".send-encoded", (element) => element.textContent ?? "").catch(() => ""), (text) => text.includes("0.125"));
      await until(() => isReady(panel), Boolean);
      await click(panel, "button", "Send message");
      await until(said, (text) => /Answered in .* by/.test(text));
    });
    expect(again).toBe(1);
    await setFilter(stage, "");
    const connected = await clicksOf(async () => {
      await clickOn(panel, '[role="option"] ::-p-text(/feed)', { button: "right" });
      await click(panel, "menuitem", "Connect again…");
      await until(() => panel.$eval(".send-connect input", (input) => input.value).catch(() => ""), (url) => url.endsWith("/feed"));
      await click(panel, "button", "Connect");
      await until(() => panel.$eval(".connections", (list) => list.textContent ?? ""), (text) => text.includes("You"));
    });
    expect(connected).toBe(3);
    const sent = await clicksOf(async () => {
      await write(panel, '{"op":"subscribe","id":7}');
      await until(() => isReady(panel), Boolean);
      await click(panel, "button", "Send message");
      await until(said, (text) => text.includes("Sent:"));
    });
    expect(sent).toBe(1);
    const answered = await clicksOf(async () => {
      await click(panel, "button", "Rules");
      await click(panel, "button", "New rule");
      await panel.waitForSelector(".rules-form");
      const [direction, action] = await panel.$$(".rules-form select");
      await direction?.select("sent");
      await action?.select("answer");
      await panel.evaluate(() => {
        const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(".rules-form .rules-code")];
        for (const [i, text] of [".op = subscribe", '{"ok":true}'].entries()) {
          const field = fields[i];
          if (field === undefined) continue;
          Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, "value")?.set?.call(field, text);
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }
      });
      await click(panel, "button", "Save");
      await click(panel, "switch", "Turn on Rule 1");
      await until(() => panel.$eval(".status-bar", (bar) => bar.textContent ?? ""), (text) => text.includes("1 rule on"));
    });
    expect(answered).toBe(4);
  });
});
