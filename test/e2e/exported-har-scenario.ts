import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, HANDSHAKE_COOKIE, PAGE_COOKIE, type LoadServer } from "../../demo/load-server.mjs";
import { importHarInChrome } from "../../scripts/chrome-network-panel.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { showPanel } from "../../scripts/devtools-session.mjs";
import { IN_FULL } from "../some-of.ts";
import { differences, entryOf, openSocket, recordOf, until, type Begin, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

const clearLog = async (): Promise<void> => {
  await click(stage.panel, "button", "Clear");
  await stage.waitForStatus("Matches", /^0 frames$/);
};

export function describeExportedHar(begin: Begin): void {
  describe("the exported HAR", () => {
    beforeAll(async () => {
      server = await startLoadServer();
      stage = await begin(server.url);
    });
    afterAll(async () => {
      await server.close();
    });

    it("holds 5,000 frames sent at once as the server recorded them, and shows it kept the view's thread free", async () => {
      await clearLog();
      const path = "/burst?count=5000&size=200&close=1";
      await stage.panel.evaluate(() => {
        const seen: number[] = [];
        Object.assign(globalThis, { longTasks: seen });
        new PerformanceObserver((list) => seen.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
      });
      await openSocket(stage.page, server.webSocketUrl + path, 5000);
      await stage.waitForStatus("Matches", /^5,000 frames$/);
      const longTasks = await stage.panel.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks);
      console.info(`tasks over 50 ms on the panel's thread during the burst: ${longTasks.length} (longest ${Math.max(0, ...longTasks)} ms)`);
      const har = await stage.exportHar();
      expect(differences(entryOf(har, path), recordOf(server, path))).toEqual([]);
      expect(await stage.panel.evaluate(() => document.body.innerText)).not.toContain(" lost");
    });

    it.runIf(IN_FULL)("holds 400 binary frames of 100 kB", async () => {
      await clearLog();
      const path = "/burst?count=400&size=100000&binary=1&close=1";
      await openSocket(stage.page, server.webSocketUrl + path, 400);
      await stage.waitForStatus("Matches", /^400 frames$/);
      expect(differences(entryOf(await stage.exportHar(), path), recordOf(server, path))).toEqual([]);
    });

    it("is given up when it is cancelled in the status bar, with a word of how far it was, and leaves nothing behind", async () => {
      const { panel } = stage;
      /** Files that wait to be saved. */
      const exported = (): Promise<string[]> =>
        panel.evaluate(async () => {
          const names: string[] = [];
          for await (const folder of (await (await navigator.storage.getDirectory()).getDirectoryHandle("exports")).values()) {
            if (folder.kind === "directory") for await (const name of folder.keys()) names.push(name);
          }
          return names;
        });
      const before = await exported();
      // Of the 40 MB that the test before left in the log.
      const told = panel.evaluate(
        () =>
          new Promise<string>((resolve) => {
            const look = (): void => {
              const text = document.querySelector('[role="status"][aria-label="Export"]')?.textContent ?? "";
              if (!text.includes("%")) return;
              observer.disconnect();
              document.querySelector<HTMLButtonElement>('[aria-label="Cancel export"]')?.click();
              resolve(text);
            };
            const observer = new MutationObserver(look);
            observer.observe(document.body, { subtree: true, childList: true, characterData: true });
          }),
      );
      await click(panel, "button", "Export");
      await click(panel, "menuitem", "HAR with sensitive data");
      expect(await told).toMatch(/^Exporting… \d+\s?%$/);
      await stage.waitForStatus("Export", /^$/);
      await until(exported, (names) => names.every((name) => before.includes(name)));
    });

    it.runIf(IN_FULL)("holds one frame of 5 MB", async () => {
      await clearLog();
      const path = "/single?bytes=5242880";
      await openSocket(stage.page, server.webSocketUrl + path, 1);
      await stage.waitForStatus("Matches", /^1 frame$/);
      expect(differences(entryOf(await stage.exportHar(), path), recordOf(server, path))).toEqual([]);
    });

    it("holds both directions, fragments joined, and what was compressed", async () => {
      await clearLog();
      await openSocket(stage.page, `${server.webSocketUrl}/fragments?count=10&parts=3&size=300`, 10);
      await openSocket(stage.page, `${server.webSocketUrl}/echo-deflate`, 0);
      await stage.page.evaluate(async () => {
        const socket = (globalThis as unknown as { sockets: WebSocket[] }).sockets.at(-1) as WebSocket;
        const echoed = new Promise((resolve) => {
          let left = 4;
          socket.onmessage = () => --left === 0 && resolve(null);
        });
        socket.send("é漢🙂\u2028\u0000\"\\");
        socket.send("");
        socket.send(Uint8Array.of(0, 1, 254, 255));
        socket.send("x".repeat(100_000));
        await echoed;
      });
      await stage.waitForStatus("Matches", /^18 frames$/);
      const har = await stage.exportHar();
      for (const path of ["/fragments?count=10&parts=3&size=300", "/echo-deflate"]) expect(differences(entryOf(har, path), recordOf(server, path))).toEqual([]);
    });

    it("leaves out cookies unless asked, and says so", async () => {
      const secrets = [PAGE_COOKIE, HANDSHAKE_COOKIE].map((cookie) => cookie.split("=")[1] as string);
      const clean = await stage.exportHar("HAR");
      for (const secret of secrets) expect(JSON.stringify(clean)).not.toContain(secret);
      expect(clean.log.comment).toMatch(/cookies/i);
      const whole = JSON.stringify(await stage.exportHar("HAR with sensitive data"));
      for (const secret of secrets) expect(whole).toContain(secret);
    });

    it("is read by Chrome's own Network panel, message by message", async () => {
      const path = "/echo-deflate";
      const imported = await importHarInChrome(stage.devtools, await stage.exportFile("HAR"));
      const requests = await imported.list();
      const place = requests.findIndex(({ url }) => url.endsWith(path));
      expect(requests[place]).toMatchObject({ status: 101, resourceType: "websocket", messages: 8 });
      const messages = await imported.messages(place, 0, 8);
      const record = recordOf(server, path);
      for (const [type, direction] of [["send", "sent"], ["receive", "received"]] as const) {
        const read = messages.filter((message) => message.type === type).map(({ opCode, text }) => Buffer.from(text, opCode === 2 ? "base64" : "utf8"));
        expect(read).toEqual(record.frames.filter((frame) => frame.direction === direction).map(({ payload }) => payload));
      }
    });

    it("has no fragment of the page’s URL, with sensitive data or without", async () => {
      // The test before left Chrome's own panel in front.
      await showPanel(stage.devtools, stage.extensionId);
      await stage.page.goto(`${server.url}signed-in#access_token=t0k3n`);
      await clearLog();
      await openSocket(stage.page, `${server.webSocketUrl}/burst?count=1&size=48&close=1`, 1);
      await stage.waitForStatus("Matches", /^1 frame$/);
      for (const kind of ["HAR", "HAR with sensitive data"] as const) {
        const har = JSON.stringify(await stage.exportHar(kind));
        expect(har).toContain("/signed-in");
        expect(har).not.toContain("t0k3n");
      }
    });
  });
}
