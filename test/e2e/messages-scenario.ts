import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type * as SignalR from "@microsoft/signalr";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { setTheme } from "../../scripts/devtools-session.mjs";
import { click, clickOn, setFilter } from "../../scripts/panel-actions.mjs";
import { startHub } from "../decode/signalr-hub.ts";
import { axeFaults } from "./axe-faults.ts";
import { arePicturesWanted, takePicture } from "./pictures.ts";
import { until, type Begin, type Stage } from "./stage.ts";

const CLIENT = createRequire(import.meta.url).resolve("@microsoft/signalr/dist/browser/signalr.js");

let server: LoadServer;
let hub: Awaited<ReturnType<typeof startHub>>;
let stage: Stage;

interface Row {
  readonly level: string | null;
  readonly expanded: string | null;
  readonly selected: boolean;
  readonly type: string;
  readonly message: string;
  readonly latency: string;
  readonly number: string;
}

const rows = (): Promise<Row[]> =>
  stage.panel.$$eval('[aria-label="Frames"] [role="row"][data-place]', (all) =>
    all.map((row) => {
      const cell = (name: string): string => row.querySelector<HTMLElement>(`[data-column="${name}"]`)?.innerText.trim() ?? "";
      return {
        level: row.getAttribute("aria-level"),
        expanded: row.getAttribute("aria-expanded"),
        selected: row.getAttribute("aria-selected") === "true",
        type: cell("type"),
        message: cell("message"),
        latency: cell("latency"),
        number: cell("number"),
      };
    }),
  );
const types = async (): Promise<string[]> => (await rows()).map(({ type }) => type);
const title = (): Promise<string> => stage.panel.$$eval(".inspector-head h2", (heads) => (heads[0] as HTMLElement | undefined)?.innerText.replace(/\s+/g, " ") ?? "");
const press = (key: "ArrowRight" | "ArrowLeft" | "ArrowDown"): Promise<void> => stage.devtools.keyboard.press(key);

async function picture(name: string): Promise<void> {
  if (!arePicturesWanted) return;
  for (const theme of ["light", "dark"] as const) {
    await setTheme(stage, theme);
    await takePicture(stage, `messages/${name}-${theme}`);
  }
}

export function describeMessages(begin: Begin): void {
  describe("messages of one frame", () => {
    beforeAll(async () => {
      server = await startLoadServer({ pages: { "/signalr.js": await readFile(CLIENT, "utf8") } });
      hub = await startHub();
      stage = await begin(server.url);
      await stage.page.addScriptTag({ url: `${server.url}signalr.js` });
    });
    afterAll(async () => {
      hub.close();
      await server.close();
    });

    it("a frame of several messages unfolds in the table, and each message has its own tree, pair and matches", async () => {
      await stage.page.evaluate(async (url) => {
        const { signalR } = globalThis as unknown as { signalR: typeof SignalR };
        const client = new signalR.HubConnectionBuilder().withUrl(url, { skipNegotiation: true, transport: signalR.HttpTransportType.WebSockets }).configureLogging(signalR.LogLevel.None).build();
        // Pings of its own would come when it likes.
        client.keepAliveIntervalInMilliseconds = 600_000;
        // Nor does a server that has nothing to say end it.
        client.serverTimeoutInMilliseconds = 600_000;
        await client.start();
        await client.invoke("PlaceOrder", { sym: "BTC-USD", qty: 2 });
        await client.invoke("Fail").catch(() => undefined);
      }, hub.url);
      await until(types, (seen) => seen.includes("3 messages") && seen.includes("Completion 1"));
      const place = (await types()).indexOf("3 messages");
      await expect.poll(async () => (await rows())[place]).toMatchObject({ level: "1", expanded: "false", message: "price, Completion 0, Ping" });
      const before = await rows();

      // The keyboard: into it, along its messages, and out again.
      await clickOn(stage.panel, `[role="row"][data-place="${place}"] [data-column="time"]`);
      await until(title, (text) => text.endsWith("price"));
      await stage.panel.focus('[aria-label="Frames"]');
      await press("ArrowRight");
      await until(rows, (all) => all[place]?.expanded === "true" && all.length === before.length + 3);
      await expect.poll(async () => (await rows()).slice(place, place + 4)).toMatchObject([
        { level: "1", type: "3 messages" },
        { level: "2", type: "price", latency: "" },
        { level: "2", type: "Completion 0", message: expect.stringMatching(/^\{"type":3,"invocationId":"0","result/) as string, number: "", expanded: null, latency: expect.stringMatching(/ms|µs/) as string },
        { level: "2", type: "Ping" },
      ]);
      const numbered = (all: readonly Row[]): string[] => all.map(({ number }) => number).filter((number) => number !== "");
      expect(numbered(await rows())).toEqual(numbered(before));
      await press("ArrowRight");
      await press("ArrowDown");
      await until(title, (text) => text.endsWith("Completion 0"));
      await until(() => stage.panel.$$eval('[role="treeitem"]', (lines) => lines.map((line) => (line as HTMLElement).innerText)), (lines) => lines.some((line) => line.startsWith("result:")));
      await expect.poll(async () => (await rows()).map(({ selected }) => selected).indexOf(true)).toBe(place + 2);
      await picture("unfolded");
      expect(await axeFaults(stage.panel)).toEqual([]);

      // The inspector goes from one to the next, and to the request in another frame.
      await click(stage.panel, "button", "Next message");
      await until(title, (text) => text.endsWith("Ping"));
      await until(rows, (all) => all[place + 3]?.selected === true);
      await click(stage.panel, "button", "Previous message");
      await clickOn(stage.panel, ".pair-other");
      await until(title, (text) => text.endsWith("PlaceOrder"));
      await clickOn(stage.panel, ".pair-other");
      await until(rows, (all) => all[place + 2]?.selected === true);

      await stage.panel.focus('[aria-label="Frames"]');
      await press("ArrowLeft");
      await until(rows, (all) => all[place]?.selected === true);
      await press("ArrowLeft");
      await until(rows, (all) => all.length === before.length && all[place]?.expanded === "false");

      // A filter finds the frame by one of its messages, and says how many matched.
      await setFilter(stage, "type:Completion*");
      await until(types, (seen) => seen.length === 2 && seen[0] === "1 of 3");
      await clickOn(stage.panel, '[role="row"][data-place="0"] [data-column="time"]');
      await until(title, (text) => text.endsWith("Completion 0"));
      await clickOn(stage.panel, '[role="row"][data-place="0"] [data-twisty]');
      await until(types, (seen) => seen.length === 5);
      await picture("filtered");
      expect(await axeFaults(stage.panel, ".frames")).toEqual([]);
      await expect.poll(() => stage.panel.$eval(".status-bar", (bar) => (bar as HTMLElement).innerText.replace(/\s+/g, " "))).toMatch(/7 frames with 9 messages · 1 event/);
      await click(stage.panel, "button", "Clear input");
      await until(types, (seen) => seen.length === before.length + 3);

      // HAR has frames as they were on the wire.
      const har = await stage.exportHar();
      const messages = har.log.entries.flatMap((entry) => entry._webSocketMessages ?? []).map(({ data }) => data);
      expect(messages.filter((data) => data.split("\u001e").length === 4).length).toBe(1);
      expect(messages.length).toBe(before.filter(({ type }) => type !== "open" && type !== "").length);
    });
  });
}
