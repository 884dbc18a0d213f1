import "../panel/a-navigator.ts";
import type { KeyInput } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click, setFilter } from "../../scripts/panel-actions.mjs";
import { SHORTCUTS } from "../../src/panel/palette/shortcut-list.ts";
import { openSocket, until, type Begin, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

/** What the page sends; a server answers each with the same. */
const SENT = ['{"kind":"one","a":{"b":[1,2,3]},"text":"px"}', "px plain px text", '{"x":1}\n{"x":2}', '{"kind":"two"}'];
const FIRST = 2;
const LAST = FIRST + 2 * SENT.length - 1;

/** `Control+KeyA`: the last is pressed while the others are held. */
async function keys(...combinations: string[]): Promise<void> {
  const { keyboard } = stage.devtools;
  for (const combination of combinations) {
    const all = combination.split("+") as KeyInput[];
    const held = all.slice(0, -1);
    for (const key of held) await keyboard.down(key);
    await keyboard.press(all.at(-1) as KeyInput);
    for (const key of held.toReversed()) await keyboard.up(key);
  }
}

const untilIs = async <T>(read: () => Promise<T>, wanted: T): Promise<void> => expect.poll(read).toEqual(wanted);
const focused = (name: string): Promise<void> => untilIs(() => stage.panel.evaluate(() => document.activeElement?.ariaLabel ?? ""), name);
const isThere = (selector: string, wanted = true): Promise<void> => untilIs(async () => (await stage.panel.$(selector)) !== null, wanted);
const rowCount = (): Promise<number> => stage.panel.$eval('[aria-label="Frames"][aria-rowcount]', (grid) => Number(grid.ariaRowCount));
const selected = (): Promise<number[]> => stage.panel.$$eval('[aria-label="Frames"] [role="row"][aria-selected="true"]', (rows) => rows.map((row) => Number(row.getAttribute("aria-rowindex"))).toSorted((a, b) => a - b));
const isAt = (...rows: number[]): Promise<void> => untilIs(selected, rows);
const textOf = (selector: string): Promise<string> => stage.panel.$eval(selector, (element) => (element as HTMLElement).innerText);
/** To something that changes: what it is then. */
const another = <T>(read: () => Promise<T>, before: T): Promise<T> => until(read, (now) => JSON.stringify(now) !== JSON.stringify(before));
const focus = (selector: string): Promise<void> => stage.panel.$eval(selector, (element) => (element as HTMLElement).focus());

async function atTable(...then: string[]): Promise<void> {
  await focus('[aria-label="Frames"][aria-rowcount]');
  await keys("Home");
  await isAt(FIRST);
  await keys(...then);
}
async function inInspector(row: number, tab: string, part: string): Promise<void> {
  await atTable(...Array.from({ length: row - FIRST }, () => "ArrowDown"), "Enter");
  await isAt(row);
  // Else the keyboard goes to what is about to be taken away.
  await until(() => textOf(".inspector-head h2"), (title) => title.startsWith(`#${row - FIRST + 1} `));
  await click(stage.panel, "tab", tab);
  await isThere(part);
  await focus(part);
}
const spokenOfText = (): Promise<string> => stage.panel.$eval('.text-view ~ [aria-live="polite"], .inspector-content [aria-live="polite"]', (told) => told.textContent);
const lines = (): Promise<number> => stage.panel.$$eval('.json-tree [role="treeitem"]', (all) => all.length);
const filterText = (): Promise<string> => textOf('[aria-label="Filter frames"]').then((text) => text.trim());
const heads = (): Promise<string[]> => stage.panel.$$eval('[role="columnheader"][data-column]', (all) => all.map((head) => (head as HTMLElement).dataset["column"] ?? ""));
const timeline = (): Promise<string> => stage.panel.$eval(".timeline > .spoken", (about) => about.textContent);

/** What each key of the list does, seen from outside: by where it works, and what the list says of it. */
const DONE: Readonly<Record<string, Readonly<Record<string, () => Promise<void>>>>> = {
  "palette.keys-anywhere": {
    "palette.key-palette": async () => (await atTable("Control+Shift+KeyK"), await focused("Commands"), await keys("Escape"), await isThere('[role="dialog"]', false)),
    "palette.key-shortcuts": async () => (await atTable("?"), await isThere(".shortcuts"), await keys("Escape"), await isThere('[role="dialog"]', false)),
    "palette.key-filter": async () => (await atTable("/"), await focused("Filter frames")),
    "palette.key-find": async () => (await atTable("Control+KeyF"), await focused("Find frames"), await keys("Escape")),
    "palette.key-find-next": async () => {
      await atTable("Control+KeyF");
      await focused("Find frames");
      await stage.devtools.keyboard.type("px");
      const found = (): Promise<string> => textOf(".find-said");
      // Of the rows in which it stands; while it is looked for, something else.
      const next = (before: string): Promise<string> => until(found, (now) => /^\d of 4$/.test(now) && now !== before);
      await keys("F3");
      const first = await next("");
      await keys("F3");
      const second = await next(first);
      await keys("Control+KeyG");
      await next(second);
      await keys("Shift+F3");
      await untilIs(found, second);
      await keys("Escape");
    },
    "palette.key-pane": async () => (await atTable("F6"), await untilIs(() => stage.panel.evaluate(() => document.activeElement?.ariaLabel === "Frames"), false), await keys("Shift+F6"), await focused("Frames")),
  },
  "palette.keys-table": {
    "palette.key-move": async () => (await atTable("ArrowDown"), await isAt(FIRST + 1), await keys("ArrowUp"), await isAt(FIRST)),
    "palette.key-page": async () => (await atTable("PageDown"), await until(selected, ([row = 0]) => row > FIRST + 1), await keys("PageUp"), await isAt(FIRST)),
    "palette.key-ends": async () => (await atTable("End"), await isAt(LAST), await keys("Home"), await isAt(FIRST)),
    "palette.key-unfold": async () => {
      const before = await rowCount();
      await atTable("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown");
      await isAt(FIRST + 4);
      await keys("ArrowRight");
      await untilIs(rowCount, before + 2);
      await keys("ArrowLeft");
      await untilIs(rowCount, before);
    },
    "palette.key-extend": async () => (await atTable("Shift+ArrowDown"), await isAt(FIRST, FIRST + 1), await keys("Shift+ArrowUp"), await isAt(FIRST)),
    "palette.key-pick": async () => (await atTable("Control+ArrowDown", "Control+ArrowDown", "Control+Space"), await isAt(FIRST, FIRST + 2), await keys("Control+Space"), await isAt(FIRST)),
    "palette.key-all": async () => (await atTable("Control+KeyA"), await untilIs(async () => (await selected()).length, LAST - FIRST + 1)),
    "palette.key-copy": async () => (await atTable("Control+KeyC"), void (await stage.waitForStatus("Clipboard", /copied/i))),
    "palette.key-resend": async () => (await atTable("r"), await isThere(".send"), await focused("Message to send"), await keys("Escape"), await isThere(".send", false)),
    "palette.key-menu": async () => (await atTable("Shift+F10"), await isThere('[role="menu"]'), await keys("Escape"), await isThere('[role="menu"]', false)),
    "palette.key-open": async () => (await atTable("Enter"), await isThere(".inspector")),
    "palette.key-close": async () => (await atTable("Enter"), await isThere(".inspector"), await focus('[aria-label="Frames"][aria-rowcount]'), await keys("Escape"), await isThere(".inspector", false)),
  },
  "palette.keys-filter": {
    "palette.key-to-table": async () => (await atTable("/"), await stage.devtools.keyboard.type("px"), await keys("Enter"), await focused("Frames")),
    "palette.key-empty": async () => (await atTable("/"), await untilIs(filterText, "px"), await keys("Escape"), await untilIs(async () => stage.status("Matches"), `${LAST - FIRST + 1} frames`)),
    "palette.key-used": async () => (await atTable("/", "ArrowUp"), await untilIs(filterText, "px"), await keys("ArrowDown"), await untilIs(async () => (await filterText()) === "px", false)),
    "palette.key-take": async () => (await atTable("/"), await stage.devtools.keyboard.type("opcod"), await isThere(".filter-completion [role=option]"), await keys("Tab"), await untilIs(async () => (await filterText()).startsWith("opcode:"), true), await setFilter(stage, "")),
  },
  "palette.keys-value": {
    "palette.key-expand": async () => {
      await inInspector(FIRST, "Message", ".json-tree");
      const before = await until(lines, (count) => count > 1);
      await keys("Home", "ArrowLeft");
      await untilIs(lines, 1);
      await keys("ArrowRight");
      await untilIs(lines, before);
    },
    "palette.key-expand-all": async () => (await inInspector(FIRST, "Message", ".json-tree"), await keys("Home", "Alt+ArrowLeft"), await untilIs(lines, 1), await keys("Alt+ArrowRight"), void (await until(lines, (count) => count > 6))),
    "palette.key-expand-below": async () => (await inInspector(FIRST, "Message", ".json-tree"), await keys("Home", "Alt+ArrowLeft"), await untilIs(lines, 1), await keys("*"), void (await until(lines, (count) => count > 6))),
    "palette.key-find-value": async () => {
      for (const key of ["/", "Control+KeyF"]) {
        await inInspector(FIRST, "Message", ".json-tree");
        await keys(key);
        await focused("Find keys and values");
        await keys("Escape");
      }
    },
  },
  "palette.keys-text": {
    "palette.key-select-text": async () => (await inInspector(FIRST + 2, "Raw", ".text-view"), await keys("Control+Home", "Shift+ArrowRight", "Shift+ArrowRight"), await untilIs(spokenOfText, "2 characters selected")),
    "palette.key-all-text": async () => (await inInspector(FIRST + 2, "Raw", ".text-view"), await keys("Control+KeyA"), await untilIs(spokenOfText, "16 characters selected")),
    "palette.key-copy-text": async () => (await inInspector(FIRST + 2, "Raw", ".text-view"), await keys("Control+KeyA", "Control+KeyC"), void (await stage.waitForStatus("Clipboard", /16 characters copied/))),
    "palette.key-find-text": async () => {
      for (const key of ["/", "Control+KeyF"]) {
        await inInspector(FIRST + 2, "Raw", ".text-view");
        await keys(key);
        await focused("Find in text");
      }
    },
    "palette.key-find-next": async () => {
      const place = (): Promise<string> => textOf('[aria-label="Found in text"]');
      await stage.devtools.keyboard.type("px");
      await untilIs(place, "1 of 2");
      await keys("F3");
      await untilIs(place, "2 of 2");
      await keys("Shift+F3");
      await untilIs(place, "1 of 2");
      await keys("Control+KeyG");
      await untilIs(place, "2 of 2");
    },
  },
  "palette.keys-head": {
    "palette.key-sort": async () => {
      const sorted = (): Promise<string | null> => stage.panel.$eval('[data-column="size"][role="columnheader"]', (head) => head.ariaSort);
      await focus('[data-column="size"][role="columnheader"]');
      await keys("Enter");
      await another(sorted, "none");
      for (let times = 0; times < 3 && (await sorted()) !== "none"; times++) await keys("Enter");
    },
    "palette.key-column": async () => {
      const before = await heads();
      await focus('[data-column="type"][role="columnheader"]');
      await keys("Alt+ArrowRight");
      await another(heads, before);
      await keys("Alt+ArrowLeft");
      await untilIs(heads, before);
    },
    "palette.key-width": async () => {
      const width = (): Promise<number> => stage.panel.$eval('[data-column="type"][role="columnheader"]', (head) => Math.round(head.getBoundingClientRect().width));
      const before = await width();
      await keys("Shift+ArrowRight");
      await another(width, before);
      await keys("Shift+ArrowLeft");
      await untilIs(width, before);
    },
  },
  "palette.keys-timeline": {
    "palette.key-moment": async () => {
      await focus('[aria-label="Timeline"]');
      await keys("ArrowRight");
      await untilIs(() => stage.panel.$$eval('.timeline [aria-live="polite"]', (all) => all.some(({ textContent }) => textContent !== "")), true);
      await keys("Shift+ArrowRight");
      await untilIs(async () => (await filterText()).startsWith("time:"), true);
      await setFilter(stage, "");
    },
    "palette.key-zoom": async () => {
      await focus('[aria-label="Timeline"]');
      const whole = await timeline();
      await keys("ArrowUp");
      await another(timeline, whole);
      await keys("ArrowDown", "ArrowDown");
      await untilIs(timeline, whole);
    },
    "palette.key-whole-time": async () => {
      const whole = await timeline();
      await keys("ArrowUp");
      await another(timeline, whole);
      await keys("Escape");
      await untilIs(timeline, whole);
    },
  },
  "palette.keys-write": {
    "palette.key-send": async () => {
      await atTable("r");
      await focused("Message to send");
      // The panel knows which of the page's sockets it is once that speaks.
      await until(async () => {
        await stage.page.evaluate(() => (globalThis as unknown as { sockets: WebSocket[] }).sockets.at(-1)?.send("here"));
        return await stage.panel.$eval('.send button[aria-label="Send message"]', (button) => button.ariaDisabled);
      }, (off) => off !== "true");
      await keys("Control+Enter");
      await until(() => textOf(".send-status"), (text) => text.startsWith("Sent"));
      await click(stage.panel, "button", "Close the drawer");
      await atTable("Shift+F10");
      await click(stage.panel, "menuitem", "Add note…");
      await focused("Note");
      await stage.devtools.keyboard.type("seen");
      await keys("Control+Enter");
      await isThere('[role="dialog"]', false);
      await isThere('[aria-label="Frames"] [title*="seen"]');
    },
  },
};

export function describeKeys(begin: Begin): void {
  describe("each key of the list of keys", () => {
    beforeAll(async () => {
      server = await startLoadServer();
      stage = await begin(server.url);
      await openSocket(stage.page, `${server.webSocketUrl}/echo`, 0);
      // Messages alone, from the first row on.
      await until(() => rowCount().catch(() => 1), (count) => count > 1);
      await click(stage.panel, "button", "Clear");
      await until(() => rowCount().catch(() => 1), (count) => count === 1);
      for (const text of SENT) {
        const before = (await rowCount().catch(() => 1));
        await stage.page.evaluate((message) => (globalThis as unknown as { sockets: WebSocket[] }).sockets.at(-1)?.send(message), text);
        await until(() => rowCount().catch(() => 1), (now) => now >= before + 2);
      }
      await stage.waitForStatus("Matches", /^8 frames$/);
    });
    afterAll(() => server.close());

    it("is held against what it does", () => {
      expect(Object.fromEntries(SHORTCUTS.map(({ name, keys: list }) => [name, list.map(([, about]) => about).toSorted()]))).toEqual(Object.fromEntries(Object.entries(DONE).map(([name, acts]) => [name, Object.keys(acts).toSorted()])));
    });

    it.each(Object.keys(DONE))("does what its line says: %s", async (name) => {
      for (const [about, act] of Object.entries(DONE[name] ?? {})) {
        await act().catch((problem: unknown) => {
          throw new Error(`${about}: ${String(problem)}`, { cause: problem });
        });
      }
    });
  });
}
