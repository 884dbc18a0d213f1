import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { choose, isReady, openDrawer, saidInDrawer, send, talkOn, toldBeside, write } from "./send-drawer.ts";
import { recordOf, until, type Begin, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

const told = (path: string): (string | undefined)[] => toldBeside(server, path);
const said = (): Promise<string> => saidInDrawer(stage);

export function describeSendFaults(begin: Begin): void {
  describe("the drawer", () => {
    beforeAll(async () => {
      server = await startLoadServer();
      stage = await begin(server.url);
    });
    afterAll(async () => {
      await server.close();
    });

    describe("bad input to the drawer", () => {
      it("is sent as it stands where it is no JSON, and with U+FFFD in the place of half a pair, and said before", async () => {
        const { panel } = stage;
        const path = "/echo?name=text";
        await talkOn(stage, server, path);
        await write(panel, '{"a":\n  nothing}');
        await until(said, (text) => text.includes("Not valid JSON"));
        await send(panel, '{"a":\n  nothing}');
        await until(() => told(path), (texts) => texts.length === 1);
        await write(panel, "half \ud83d a pair");
        await until(said, (text) => text.includes("U+FFFD"));
        await send(panel, "half \ud83d a pair");
        await until(() => told(path), (texts) => texts.length === 2);
        expect(told(path)).toEqual(['{"a":\n  nothing}', "half \ufffd a pair"]);
      });
    });

    describe("a page that goes its own way", () => {
      it("closes the socket while one types: what is written stays, and nothing can be sent", async () => {
        const { page, panel } = stage;
        const path = "/echo?name=closes";
        await talkOn(stage, server, path);
        await write(panel, "half a mess");
        await page.evaluate("socket.close(); null");
        await until(said, (text) => text.includes("The connection has ended."));
        expect(await isReady(panel)).toBe(false);
        expect(await panel.$eval(".send-text", (element) => (element as HTMLTextAreaElement).value)).toBe("half a mess");
        expect(told(path)).toEqual([]);
      });

      it("goes elsewhere during a transcript, which ends in words, and sends nothing to where it went", async () => {
        const { page, panel } = stage;
        const path = "/echo?name=leaves";
        await talkOn(stage, server, path);
        await page.evaluate("clearInterval(beat); for (let i = 0; i < 40; i++) socket.send('step ' + i); globalThis.beat = setInterval(() => socket.send('beat'), 50); null");
        await until(() => told(path).length, (count) => count === 40);
        await click(panel, "button", "Transcript of what it sent…");
        await until(() => panel.$eval(".send-source", (element) => element.textContent ?? "").catch(() => ""), (text) => /^\d+ messages/.test(text));
        await panel.select('.send select[aria-label="Pauses"]', "1");
        await until(() => isReady(panel, "Run"), Boolean);
        await click(panel, "button", "Run");
        await until(() => recordOf(server, path).frames.filter(({ direction }) => direction === "sent").length, (count) => count > 40);
        await page.goto(`${server.url}?elsewhere`);
        await page.evaluate(`globalThis.other = new WebSocket(${JSON.stringify(`${server.webSocketUrl}${path}`)}); new Promise((resolve) => (other.onopen = () => resolve(null)))`);
        const end = await until(() => panel.$eval('.send-status [role="status"]', (element) => element.textContent ?? ""), (text) => text.includes("Stopped after"));
        expect(end).toMatch(/Stopped after \d+: The (?:connection has ended|page or worker is gone)/);
        expect(server.record.connections.findLast((one) => one.path === path)?.frames.filter(({ direction }) => direction === "sent")).toEqual([]);
        await click(panel, "button", "Back to one message");
      });

      it("is frozen: what is said to be sent is sent, once, and that Chrome ends the connection is said too", async () => {
        const { page, panel } = stage;
        const path = "/echo?name=frozen";
        await talkOn(stage, server, path);
        const session = await page.createCDPSession();
        await session.send("Page.setWebLifecycleState", { state: "frozen" });
        await write(panel, "to a frozen page");
        await click(panel, "button", "Send message");
        const what = await until(said, (text) => text.includes("Sent:") || text.includes("Not sent"));
        await session.send("Page.setWebLifecycleState", { state: "active" });
        if (what.includes("Sent:")) await until(() => told(path).length, (count) => count > 0);
        expect(told(path)).toEqual(what.includes("Sent:") ? ["to a frozen page"] : []);
        await session.detach();
      });

      it("put a function of its own in the place of `send`, and Chrome’s is nowhere to be found: nothing is sent, and that is said", async () => {
        const { page, panel } = stage;
        const path = "/echo?name=replaced";
        await page.goto(server.url);
        await page.evaluate(`
          globalThis.calls = 0;
          globalThis.socket = new WebSocket(${JSON.stringify(server.webSocketUrl + path)});
          socket.onmessage = ({ data }) => (globalThis.last = data);
          Object.defineProperty(WebSocket.prototype, "send", { value: function send() { calls++; }, writable: false, configurable: false });
          new Promise((resolve) => (socket.onopen = resolve)).then(() => null)`);
        await openDrawer(panel);
        await choose(panel, path);
        await click(panel, "button", "Find it now");
        await until(said, (text) => text.includes("The page replaced"));
        expect(await isReady(panel)).toBe(false);
        expect(await page.evaluate("calls")).toBe(0);
        expect(told(path)).toEqual([]);
      });
    });
  });
}
