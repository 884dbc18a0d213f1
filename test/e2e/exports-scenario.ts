import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click, exportCapture, find, saveDownload, setFilter, type ExportFormat } from "../../scripts/panel-actions.mjs";
import { axeFaults } from "./axe-faults.ts";
import { openSocket, until, type Begin, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;
let folder: string;

const SECRETS = ["correct-horse-battery", "tok_9f8e7d6c5b4a", "eve@mail.example"];

export function describeExports(begin: Begin): void {
  describe("an export", () => {
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "framescope-exports-"));
      server = await startLoadServer({});
      stage = await begin(server.url);
      await openSocket(stage.page, `${server.webSocketUrl}/echo?token=tok_9f8e7d6c5b4a`, 0);
      await stage.page.evaluate(async () => {
        const socket = (globalThis as unknown as { sockets: WebSocket[] }).sockets.at(-1) as WebSocket;
        const echoed = new Promise((resolve) => (socket.onmessage = resolve));
        socket.send('{"type":"login","user":"eve@mail.example","password":"correct-horse-battery"}');
        await echoed;
      });
      await stage.waitForStatus("Matches", /^2 frames$/);
    });
    afterAll(async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    });

    it("asks, before anything is written, which of the secrets that it found stay; the keyboard is enough", async () => {
      const { browser, panel, devtools } = stage;
      const file = await saveDownload(browser, folder, async () => {
        await click(panel, "button", "Export");
        await click(panel, "menuitem", "NDJSON");
        await find(panel, "dialog", "Export NDJSON");
        const kinds = (): Promise<(string | null)[]> => panel.$$eval(".secrets-kind", (lines) => lines.map((line) => line.textContent));
        await expect.poll(kinds).toEqual(expect.arrayContaining(["Passwords2 places, 1 value", "Access tokens1 place"]));
        expect(await axeFaults(panel, '[role="dialog"]')).toEqual([]);
        await (await find(panel, "checkbox", "Email addresses")).focus();
        await devtools.keyboard.press("Space");
        await until(() => panel.$eval(".secrets-foot [role=status]", (status) => status.textContent), (text) => text === "The file will hold Email addresses. Do not share it.");
        await devtools.keyboard.press("Enter");
      });
      const text = await readFile(file.path, "utf8");
      expect(file.suggestedName).toMatch(/^framescope-127\.0\.0\.1-\d+-.*-with-secrets\.ndjson$/);
      expect(SECRETS.filter((secret) => text.includes(secret))).toEqual(["eve@mail.example"]);
      expect(text).toContain('\\"password\\":\\"‹password-1*****›\\"');
    });

    it("writes nothing where the question is left", async () => {
      const { panel, devtools } = stage;
      await click(panel, "button", "Export");
      await click(panel, "menuitem", "CSV");
      await find(panel, "dialog", "Export CSV");
      await devtools.keyboard.press("Escape");
      await until(() => panel.$('[role="dialog"]'), (dialog) => dialog === null);
      expect(await stage.status("Export")).toBe("");
      await until(() => panel.evaluate(() => document.activeElement?.getAttribute("aria-label")), (name) => name === "Export");
    });

    it("holds the columns that are chosen, of all frames of the chosen time whatever else the filter leaves out", async () => {
      const { browser, panel } = stage;
      await setFilter(stage, "time:0s..999s nothing-has-this");
      await stage.waitForStatus("Matches", /^0/);
      const { path } = await saveDownload(browser, folder, async () => {
        await click(panel, "button", "Export");
        await click(panel, "menuitemradio", "Frames of the chosen time");
        await click(panel, "menuitem", "CSV, choose columns…");
        await find(panel, "dialog", "Export CSV");
        expect(await axeFaults(panel, '[role="dialog"]')).toEqual([]);
        await click(panel, "button", "None");
        await click(panel, "checkbox", "direction");
        await click(panel, "checkbox", "record");
        await click(panel, "button", "Export");
        // What secrets there are is asked next, in a dialog of its own.
        await find(panel, "group", "Mask");
        await click(panel, "button", "Export");
      });
      const lines = (await readFile(path, "utf8")).trimEnd().split("\r\n");
      expect(lines[0]).toBe("record,direction");
      expect(lines.filter((line) => line.startsWith("message"))).toEqual(["message,sent", "message,received"]);
      await setFilter(stage, "");
      await stage.waitForStatus("Matches", /^2 frames$/);
    });

    it.each<[ExportFormat, string]>([
      ["CSV", "row,time,connection"],
      ["Parquet", "PAR1"],
      ["Markdown", "# WebSocket capture"],
      ["Transcript", "# ws://"],
      ["pcapng", "\n\r\r\n"],
      ["Payloads (zip)", "PK"],
      ["Framescope capture", "PK"],
    ])("%s holds what was captured, and no secret", async (format, beginning) => {
      const { path } = await exportCapture(stage, format, folder);
      const bytes = await readFile(path);
      expect(bytes.subarray(0, beginning.length).toString("latin1")).toBe(beginning);
      const files = beginning === "PK" ? Buffer.concat(Object.values(unzipSync(bytes))) : bytes;
      if (format !== "Parquet") expect(files.toString()).toContain("login");
      expect(SECRETS.filter((secret) => files.includes(secret))).toEqual([]);
    });
  });
}
