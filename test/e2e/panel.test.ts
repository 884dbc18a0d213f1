import type { CDPSession } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startDemo, type Demo } from "../../demo/demo-server.mjs";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click, clickOn, find, setFilter as putFilter } from "../../scripts/panel-actions.mjs";
import { IN_FULL } from "../some-of.ts";
import { axeFaults } from "./axe-faults.ts";
import { borrowStage, openSocket, until, type Stage } from "./stage.ts";

let demo: Demo;
let server: LoadServer;
let stage: Stage;

beforeAll(async () => {
  demo = await startDemo({ record: "payloads" });
  server = await startLoadServer();
  stage = await borrowStage(demo.url);
});
afterAll(async () => {
  await stage.end();
  await demo.close();
  await server.close();
});

const setFilter = (text: string): Promise<void> => putFilter(stage, text);

/** What `pick` finds in the panel's document, once it finds something. */
async function seen<T>(pick: () => T | null | undefined | false): Promise<T> {
  const found = await stage.panel.waitForFunction(pick, { polling: 50 });
  return (await found.jsonValue()) as T;
}

const selectedRow = (): Promise<number> =>
  seen(() => Number(document.querySelector('[role="grid"] [role="row"][aria-selected="true"]')?.getAttribute("aria-rowindex")));

describe("the panel on the demo's real traffic", () => {
  it("lists every connection of the page, its frame and its worker, by target and state", async () => {
    const listed = (): Promise<string> => stage.panel.$eval('[role="listbox"][aria-label="Connections"]', (list) => (list as HTMLElement).innerText);
    for (const text of ["/socket.io/", "/feed", "/graphql", "/book", "/chat", "/admin", "/relay", "403", "Page · 127.0.0.1", "Dedicated worker · book-worker.mjs", "Frame · localhost"]) await expect.poll(listed).toContain(text);
  });

  it("counts what its filter lets through as a plain loop over the servers' record does", async () => {
    await seen(() => Number(document.querySelector('[aria-label="Matches"]')?.textContent?.split(" ")[0]?.replace(/,/g, "")) > 60);
    // The log stands still while it is counted.
    const har = await stage.pause();
    const messages = har.log.entries.flatMap(({ request, _webSocketMessages }) => _webSocketMessages.map((message) => ({ ...message, url: request.url })));
    const recorded = new Set(demo.record.connections.flatMap(({ frames }) => frames.map(({ payload }) => payload?.toString("base64"))));
    const textOf = ({ opcode, data }: { opcode: number; data: string }): string => Buffer.from(data, opcode === 2 ? "base64" : "utf8").toString();
    const real = messages.filter(({ type }) => type !== "error");
    for (const { opcode, data } of real) expect(recorded).toContain(Buffer.from(data, opcode === 2 ? "base64" : "utf8").toString("base64"));
    const total = real.length.toLocaleString("en-US");
    for (const [filter, holds] of [
      ["btc-usd", (text: string, url: string) => /btc-usd/i.test(text) || /btc-usd/i.test(url)],
      ["/BTC|ETH/", (text: string, url: string) => /BTC|ETH/.test(text) || /BTC|ETH/.test(url)],
      ["/feed", (text: string, url: string) => text.includes("/feed") || url.includes("/feed")],
      ["no frame holds this", () => false],
    ] as const) {
      const count = real.filter((message) => holds(textOf(message), message.url)).length;
      await setFilter(filter);
      await stage.waitForStatus("Matches", new RegExp(`^${count.toLocaleString("en-US")} of ${total}$`));
    }
    await setFilter("");
    await stage.waitForStatus("Matches", new RegExp(`^${total} frames$`));
    for (const [toggle, left] of [["Sent", "receive"], ["Received", "send"]] as const) {
      await click(stage.panel, "button", toggle);
      const count = real.filter(({ type }) => type === left).length;
      await stage.waitForStatus("Matches", new RegExp(`^${count.toLocaleString("en-US")} of ${total}$`));
      await click(stage.panel, "button", toggle);
    }
    await click(stage.panel, "button", "Record");
    await stage.waitForStatus("Capture", /^Capturing/);
  });

  it("says under the box what is wrong with a pattern, keeps the last filter that stood, and offers what may be meant", async () => {
    await setFilter("no frame holds this");
    await stage.waitForStatus("Matches", /^0 of/);
    await setFilter("/quote/");
    await stage.waitForStatus("Matches", /^[1-9]/);
    // What is left stands.
    await (await find(stage.panel, "grid", "Frames")).focus();
    await setFilter("/quo(te/");
    expect(await seen(() => document.querySelector<HTMLElement>('[role="alert"]')?.innerText)).toMatch(/Unterminated group/);
    expect(await stage.status("Matches")).not.toMatch(/^0 of/);
    expect(await seen(() => document.querySelector<HTMLElement>(".frames-instead")?.innerText)).toBe("Showing: /quote/");
    await setFilter("px>64000");
    await stage.waitForStatus("Matches", /^0 of/);
    await clickOn(stage.panel, ".frames-empty .correction");
    await stage.waitForStatus("Matches", /^[1-9]/);
    await setFilter("");
  });

  it.runIf(IN_FULL)("tells who hears it how many frames are found, and no oftener than every few seconds", async () => {
    await setFilter("type:tick");
    const heard = await stage.panel.evaluate(async () => {
      const told: { readonly at: number; readonly text: string }[] = [];
      const region = document.querySelector(".spoken-region");
      if (region === null) throw new Error("Nothing speaks.");
      await new Promise<void>((resolve) => {
        new MutationObserver(() => {
          told.push({ at: performance.now(), text: region.textContent ?? "" });
          if (told.length === 2) resolve();
        }).observe(region, { childList: true, characterData: true, subtree: true });
      });
      return told;
    });
    for (const { text } of heard) expect(text).toMatch(/^[1-9][\d,]* frames$/);
    // At most every 3 s; of those, what is told may take its time to be drawn.
    const [first, second] = heard.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(1000);
    await setFilter("");
  });

  it("opens a frame: tree, raw text, bytes and handshake", async () => {
    await setFilter("type:tick");
    await seen(() => document.querySelectorAll('[role="grid"] [role="row"]').length > 3);
    const grid = await find(stage.panel, "grid", "Frames");
    await grid.focus();
    await grid.press("Home");
    await grid.press("Enter");
    const inspector = await find(stage.panel, "region", "Inspector");
    await seen(() => document.querySelectorAll('[aria-label="Inspector"] [role="treeitem"]').length > 3 && /type\s*:\s*"tick"/.test(document.querySelector<HTMLElement>('[aria-label="Inspector"]')?.innerText ?? ""));
    await click(stage.panel, "tab", "Raw");
    await seen(() => document.querySelector<HTMLElement>('[aria-label="Inspector"]')?.innerText.includes('{"type":"tick"'));
    await click(stage.panel, "button", "Pretty print");
    const fold = await find(stage.panel, "button", "Lines below line 1");
    const lines = (): Promise<string[]> => stage.panel.$$eval(".text-view .text-line", (all) => all.map(({ textContent }) => textContent ?? ""));
    expect((await until(lines, (all) => all.length > 3)).at(-1)).toMatch(/^\d+\}$/);
    await fold.press("ArrowLeft");
    expect(await until(lines, (all) => all.length === 2 && /^\d+\}$/.test(all[1] ?? ""))).toEqual([expect.stringMatching(/^1\{… \d+ lines$/), expect.stringMatching(/^\d+\}$/)]);
    const box = await find(stage.panel, "textbox", "Find in text");
    await box.type("tick");
    await until(lines, (all) => all.length > 3);
    await seen(() => document.querySelector(".text-found")?.textContent === "tick");
    expect(await axeFaults(stage.panel, ".inspector")).toEqual([]);
    await click(stage.panel, "button", "Pretty print");
    await click(stage.panel, "tab", "Hex");
    await seen(() => /7b\s+22\s+74\s+79\s+70\s+65/.test(document.querySelector<HTMLElement>('[aria-label="Inspector"]')?.innerText ?? ""));
    await click(stage.panel, "tab", "Handshake");
    await seen(() => /Sec-WebSocket-Accept/i.test(document.querySelector<HTMLElement>('[aria-label="Inspector"]')?.innerText ?? ""));
    await click(stage.panel, "tab", "Message");
    expect(inspector).not.toBeNull();
    await setFilter("");
  });

  it("moves the selection with the keyboard, and the keyboard goes to find, the filter and the commands", async () => {
    await stage.pause();
    const grid = await find(stage.panel, "grid", "Frames");
    await grid.focus();
    const press = async (key: "Home" | "End" | "ArrowDown" | "ArrowUp" | "PageDown" | "PageUp"): Promise<number> => {
      await grid.press(key);
      return await selectedRow();
    };
    await press("Home");
    await seen(() => document.querySelector('[role="row"][aria-rowindex="2"][aria-selected="true"]') !== null);
    await press("ArrowDown");
    await seen(() => document.querySelector('[role="row"][aria-rowindex="3"][aria-selected="true"]') !== null);
    await press("ArrowUp");
    await seen(() => document.querySelector('[role="row"][aria-rowindex="2"][aria-selected="true"]') !== null);
    await press("PageDown");
    expect(await seen(() => { const row = Number(document.querySelector('[role="row"][aria-selected="true"]')?.getAttribute("aria-rowindex")); return row > 10 && row; })).toBeGreaterThan(10);
    await until(async () => (await press("End")) - Number(await grid.evaluate((element) => element.getAttribute("aria-rowcount"))), (short) => short === 0);
    await stage.devtools.keyboard.down("Control");
    await stage.devtools.keyboard.press("KeyF");
    await stage.devtools.keyboard.up("Control");
    await seen(() => document.activeElement?.getAttribute("aria-label") === "Find frames");
    await stage.devtools.keyboard.press("Escape");
    await seen(() => document.activeElement?.getAttribute("aria-label") === "Frames");
    await stage.devtools.keyboard.press("Slash");
    await seen(() => document.activeElement?.getAttribute("aria-label") === "Filter frames");
    // All keys, from the list of all commands; what is left has the focus again.
    await grid.focus();
    await stage.devtools.keyboard.down("Control");
    await stage.devtools.keyboard.down("Shift");
    await stage.devtools.keyboard.press("KeyK");
    await stage.devtools.keyboard.up("Shift");
    await stage.devtools.keyboard.up("Control");
    await seen(() => document.activeElement?.getAttribute("aria-label") === "Commands");
    await stage.devtools.keyboard.type("errors");
    await seen(() => document.querySelector<HTMLElement>(".palette-item[data-selected=true]")?.innerText.startsWith("Errors and endings"));
    expect(await axeFaults(stage.panel)).toEqual([]);
    await stage.devtools.keyboard.press("Enter");
    await seen(() => document.querySelector('[role="dialog"]') === null && document.activeElement?.getAttribute("aria-label") === "Frames");
    await stage.waitForStatus("Matches", /^0 of /);
    await setFilter("");
    await click(stage.panel, "button", "Record");
    await stage.waitForStatus("Capture", /^Capturing/);
  });

  it("stops following when the user scrolls away, says how many rows are below, and comes back", async () => {
    const grid = await find(stage.panel, "grid", "Frames");
    await grid.focus();
    await grid.press("Home");
    await seen(() => document.querySelector('[role="row"][aria-rowindex="2"]') !== null);
    // All of them, also while more come.
    await seen(() => {
      const told = Number(document.querySelector<HTMLElement>(".frames-pill")?.innerText.replace(/\D/g, ""));
      const table = document.querySelector('[role="grid"]');
      const end = table?.getBoundingClientRect().bottom ?? 0;
      const rows = [...document.querySelectorAll('.frames-rows > [role="row"]')].filter((row) => row.getBoundingClientRect().top < end);
      return told > 0 && told === Number(table?.getAttribute("aria-rowcount")) - Math.max(...rows.map((row) => Number(row.getAttribute("aria-rowindex"))));
    });
    await seen(() => document.querySelector('[role="row"][aria-rowindex="2"]') !== null);
    await clickOn(stage.panel, ".frames-pill");
    await seen(() => {
      const count = Number(document.querySelector('[role="grid"]')?.getAttribute("aria-rowcount"));
      const rows = [...document.querySelectorAll('[role="grid"] [role="row"]')].map((row) => Number(row.getAttribute("aria-rowindex")));
      return Math.max(...rows) >= count - 3;
    });
  });

  it("has no accessibility fault that axe can find, in light and dark", async () => {
    expect(await axeFaults(stage.panel)).toEqual([]);
  });

  it("shows wherever Tab goes where the keyboard is, in light and dark, and why a control is off", async () => {
    const grid = await find(stage.panel, "grid", "Frames");
    await grid.focus();
    await grid.press("Home");
    await grid.press("Enter");
    const before = await stage.panel.evaluate(() => document.documentElement.dataset["theme"]);
    for (const theme of ["light", "dark"]) {
      // The keyboard is in the panel with it, too: behind the last part it goes on into DevTools.
      await click(stage.panel, "tab", "Raw");
      await find(stage.panel, "button", "Find next in text");
      await stage.panel.evaluate((one) => {
        document.documentElement.dataset["theme"] = one;
        document.querySelector<HTMLElement>('.top-bar button[aria-label="Record"]')?.focus();
      }, theme);
      await seen(() => document.hasFocus() && document.activeElement?.ariaLabel === "Record");
      const passed: string[] = [];
      for (let step = 0; step < 120 && !passed.includes("the end"); step++) {
        await stage.panel.evaluate(() => void Object.assign(globalThis, { before: document.activeElement }));
        await stage.devtools.keyboard.press("Tab");
        await seen(() => document.activeElement !== (globalThis as { before?: Element }).before || !document.hasFocus());
        passed.push(
          await stage.panel.evaluate(() => {
            const element = document.activeElement;
            if (!(element instanceof HTMLElement) || element === document.body || !document.hasFocus() || element.ariaLabel === "Record") return "the end";
            const name = `${element.tagName} ${element.ariaLabel ?? element.textContent?.slice(0, 30)}`;
            const why = element.querySelector(".reason");
            if (why !== null && !(why.matches(":popover-open") && why.checkVisibility())) return `${name}, off: not told`;
            // Its own look, that of a box that it stands in, or of what is chosen within it.
            const lookOf = (): string => {
              const parts = [...element.querySelectorAll('[aria-selected="true"], .frame-active')];
              for (let one: Element | null = element; one !== null; one = one.parentElement) parts.push(one);
              return parts.map((one) => { const { outline, borderColor, boxShadow, backgroundColor } = getComputedStyle(one); return `${outline} ${borderColor} ${boxShadow} ${backgroundColor}`; }).join("; ");
            };
            const look = lookOf();
            element.blur();
            const isSeen = lookOf() !== look;
            element.focus();
            return isSeen ? `${name}${why === null ? "" : `, off: ${why.textContent}`}` : `not seen: ${name}`;
          }),
        );
      }
      expect(passed.filter((one) => one.startsWith("not seen") || one.endsWith("not told"))).toEqual([]);
      expect(passed.length).toBeGreaterThan(25);
      expect(passed).toContain("BUTTON Find next in text, off: Type what to find first.");
    }
    await stage.panel.evaluate((theme) => Object.assign(document.documentElement.dataset, { theme }), before);
    await stage.devtools.keyboard.press("Escape");
  });

  it("goes on where a part of it breaks, says so in that place, and draws it again", async () => {
    // In the place of the list's component one that throws, as a bug would.
    await stage.panel.evaluate(() => {
      interface Fiber {
        type: unknown;
        readonly return: Fiber | null;
        readonly alternate: Fiber | null;
      }
      const list = document.querySelector(".connections-list") as unknown as Record<string, Fiber>;
      let fiber: Fiber | null | undefined = list[Object.keys(list).find((key) => key.startsWith("__reactFiber")) ?? ""];
      while (fiber && typeof fiber.type !== "function") fiber = fiber.return;
      for (const one of [fiber, fiber?.alternate]) {
        if (one) one.type = () => {
          throw new TypeError("made by a test");
        };
      }
    });
    await seen(() => document.querySelector<HTMLElement>('.notice[role="alert"]')?.innerText.startsWith("This part of the panel cannot be shown: an internal error"));
    const before = await stage.status("Matches");
    await stage.panel.waitForFunction((old) => document.querySelector('[role="status"][aria-label="Matches"]')?.textContent !== old, { polling: 50 }, before);
    // The capture goes on behind what there was.
    const framesOf = (text: string): number => Number(/^[\d,]+/.exec(text)?.[0].replaceAll(",", ""));
    expect(framesOf(await stage.status("Matches"))).toBeGreaterThan(framesOf(before));
    await clickOn(stage.panel, ".notice-buttons button:last-child");
    await seen(() => document.querySelector('[role="status"][aria-label="Clipboard"]')?.textContent === "Error report copied");
    await click(stage.panel, "button", "Try again");
    await find(stage.panel, "listbox", "Connections");
    await until(() => stage.panel.$(".notice"), (notice) => notice === null);
  });

  it("tells what is selected in the system's own colours too, and moves nothing where motion is not wanted", async () => {
    // Of the panel's own process: what DevTools' page is told does not reach it.
    const { client } = stage.panel as unknown as { readonly client: CDPSession };
    await client.send("Emulation.setEmulatedMedia", { features: [{ name: "forced-colors", value: "active" }, { name: "prefers-reduced-motion", value: "reduce" }] });
    const colours = await seen(() => {
      if (!matchMedia("(forced-colors: active)").matches) return null;
      const of = (selector: string): string | null => {
        const element = document.querySelector(selector);
        return element && getComputedStyle(element).backgroundColor;
      };
      return [of('[role="option"][aria-selected="true"]'), of('[role="option"][aria-selected="false"]'), of('.button[aria-pressed="true"]:not(.button-record)'), of('.button:not([aria-pressed="true"])')];
    });
    expect(colours[0]).not.toBe(colours[1]);
    expect(colours[2]).not.toBe(colours[3]);
    await expect.poll(() => stage.panel.evaluate(() => document.getAnimations().length)).toBe(0);
    await client.send("Emulation.setEmulatedMedia", { features: [] });
  });

  it.runIf(IN_FULL)("keeps its thread free while 5,000 frames a second arrive, and nothing in it jumps", async () => {
    await stage.page.goto(server.url);
    await click(stage.panel, "button", "Clear");
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=200`, 200);
    await stage.waitForStatus("Matches", /^200 frames$/);
    const grid = await find(stage.panel, "grid", "Frames");
    await grid.focus();
    await grid.press("Home");
    await seen(() => document.querySelector('[role="row"][aria-rowindex="2"][aria-selected="true"]') !== null);
    // First rows that are read stand still, then the end is followed.
    await stage.panel.evaluate(() => {
      const jumps: string[] = [];
      Object.assign(globalThis, { jumps });
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries() as (PerformanceEntry & { value: number; sources: { node: Node | null }[] })[]) {
          const [node] = sources.map((source) => (source.node instanceof Element ? source.node : source.node?.parentElement));
          // What became of an export or a copy of a test before comes and goes with its own time.
          if (!node?.closest(".status-export, .status-copied, .status-findings")) jumps.push(`${value}: ${node?.outerHTML.slice(0, 200)}`);
        }
      }).observe({ type: "layout-shift" });
      const seenTasks: number[] = [];
      Object.assign(globalThis, { longTasks: seenTasks });
      new PerformanceObserver((list) => seenTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
    });
    await openSocket(stage.page, `${server.webSocketUrl}/steady?rate=5000&size=200&seconds=1`, 5000);
    await stage.waitForStatus("Matches", /^5,200 frames$/);
    await grid.press("End");
    await seen(() => document.querySelector(".frames-pill") === null);
    await openSocket(stage.page, `${server.webSocketUrl}/steady?rate=5000&size=200&seconds=1`, 5000);
    await stage.waitForStatus("Matches", /^10,200 frames$/);
    await seen(() => { const row = document.querySelector('.frames-rows > [role="row"]:last-child'); return row !== null && row.getAttribute("aria-rowindex") === row.closest('[role="grid"]')?.getAttribute("aria-rowcount"); });
    const tasks = await stage.panel.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks);
    console.info(`tasks over 50 ms on the panel's thread at 5,000 frames/s for 2 s: ${tasks.length} (longest ${Math.max(0, ...tasks)} ms)`);
    expect(await stage.panel.evaluate(() => (globalThis as unknown as { jumps: string[] }).jumps)).toEqual([]);
    expect(await stage.panel.evaluate(() => document.body.innerText)).not.toContain(" lost");
  });

  it("stays with the connection of a line that is read, where it stands, as a newer one opens, and leads to that", async () => {
    const connectAgain = (): Promise<void> => openSocket(stage.page, `${server.webSocketUrl}/echo`, 0);
    const end = (): Promise<void> =>
      stage.page.evaluate(() => new Promise<void>((resolve) => {
        const socket = (globalThis as unknown as { sockets: WebSocket[] }).sockets.at(-1);
        socket?.addEventListener("close", () => resolve());
        socket?.close();
      }));
    const key = (): Promise<string> => seen(() => [...document.querySelectorAll(".handshake dt")].find(({ textContent }) => textContent.toLowerCase() === "sec-websocket-key")?.nextElementSibling?.textContent);
    await stage.page.goto(server.url);
    await click(stage.panel, "button", "Clear");
    await connectAgain();
    await clickOn(stage.panel, '[role="option"] ::-p-text(/echo)');
    await click(stage.panel, "tab", "Handshake");
    const read = await key();
    // It is as high as this once the server's answer stands in it too.
    await until(() => stage.panel.$eval(".handshake", (tab) => ((tab.scrollTop = 60), tab.scrollTop)), (top) => top === 60);
    await end();
    await connectAgain();
    await find(stage.panel, "button", "Show latest");
    expect(await key()).toBe(read);
    expect(await stage.panel.$eval(".handshake", ({ scrollTop }) => scrollTop)).toBe(60);
    await click(stage.panel, "button", "Show latest");
    await stage.panel.waitForFunction((before) => document.querySelector(".newer-connection") === null && document.querySelector(".handshake")?.textContent.includes(before) === false, { polling: 50 }, read);
    await seen(() => document.querySelector<HTMLElement>(".inspector-head")?.innerText.includes("Latest of 2"));
    expect(await key()).not.toBe(read);
  });

  it("says how many frames and ended connections a clear took away, and brings back as many", async () => {
    await stage.page.goto(server.url);
    await click(stage.panel, "button", "Clear");
    await openSocket(stage.page, `${server.webSocketUrl}/echo`, 0);
    for (const count of [1200, 34]) await openSocket(stage.page, `${server.webSocketUrl}/burst?count=${count}&close=1`, count);
    await stage.waitForStatus("Matches", /^1,234 frames/);
    await seen(() => [...document.querySelectorAll('[role="option"]')].filter((one) => one.querySelector(".connections-closed") !== null).length === 2);
    await click(stage.panel, "button", "Clear");
    await seen(() => document.querySelector<HTMLElement>('.frames-cleared [role="status"]')?.innerText.startsWith("Cleared 1,234 frames and 2 connections that had ended."));
    await stage.waitForStatus("Matches", /^0 frames/);
    await click(stage.panel, "button", "Undo");
    await stage.waitForStatus("Matches", /^1,234 frames/);
    await seen(() => document.querySelector(".frames-cleared") === null);
  });
});
