import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click, clickOn, setFilter } from "../../scripts/panel-actions.mjs";
import { IN_FULL } from "../some-of.ts";
import { IS_OLD_CHROME } from "./chrome-version.ts";
import { axeFaults } from "./axe-faults.ts";
import { askForMenu, canPress, choose, fillIn, fillInConnect, isReady, openDrawer, send, write } from "./send-drawer.ts";
import { borrowStage, entryOf, recordOf, until, type Stage } from "./stage.ts";

let server: LoadServer;
let stage: Stage;

/** Opens a socket that echoes what it is sent, and that says something now and then, as heartbeats do. */
const TALKER = `
function talk(name) {
  const socket = new WebSocket(location.origin.replace("http", "ws") + "/echo?name=" + name);
  socket.onopen = () => setInterval(() => socket.readyState === 1 && socket.send("beat"), 250);
  socket.onmessage = ({ data }) => (globalThis.last = data);
  return socket;
}`;

beforeAll(async () => {
  server = await startLoadServer({
    pages: {
      "/frame": `<!doctype html><script>${TALKER}\ntalk("frame");</script>`,
      "/strict": `<!doctype html><meta http-equiv="Content-Security-Policy" content="connect-src 'none'">`,
      "/no-worker": `<!doctype html><meta http-equiv="Content-Security-Policy" content="worker-src 'none'">`,
      "/worker.js": `${TALKER}\ntalk("worker");`,
      "/shared.js": `${TALKER}\ntalk("shared");`,
      "/service.js": `${TALKER}\ntalk("service");`,
    },
  });
  stage = await borrowStage(server.url);
});
afterAll(async () => {
  await stage.end();
  await server.close();
});

/** What the servers were sent beside heartbeats, of the last connection of a path or of one of several. */
const toldOf = (path: string, at?: number): string[] => {
  const record = at === undefined ? recordOf(server, path) : server.record.connections.filter((one) => one.path === path)[at];
  return (record?.frames ?? []).filter(({ direction }) => direction === "sent").map(({ payload }) => payload?.toString() ?? "").filter((text) => text !== "beat");
};

describe("sending from the panel", () => {
  it("goes to the right one of several sockets of one URL that say the same, some closed, some dropped by the page", async () => {
    const { page, panel } = stage;
    await page.evaluate(`${TALKER}
      globalThis.sockets = [];
      (async () => {
        for (let i = 0; i < 6; i++) {
          const socket = talk("many");
          await new Promise((resolve) => socket.addEventListener("open", resolve));
          sockets.push(socket);
        }
        for (const i of [1, 4]) sockets[i].close();
        sockets.splice(2, 1);
        return null;
      })()`);
    await until(() => server.record.connections.filter(({ path }) => path === "/echo?name=many").length, (count) => count === 6);
    await openDrawer(panel);
    await until(() => panel.$$eval(".send-connection option", (found) => found.length), (count) => count === 4);
    const open = [0, 2, 3, 5];
    for (const [place, i] of open.entries()) {
      await choose(panel, "name=many", place);
      await send(panel, `to ${i}`);
      await until(() => toldOf("/echo?name=many", i), (told) => told.length > 0);
    }
    expect(Array.from({ length: 6 }, (_, i) => toldOf("/echo?name=many", i))).toEqual(Array.from({ length: 6 }, (_, i) => (open.includes(i) ? [`to ${i}`] : [])));
    await page.goto(server.url);
  });

  it("reaches a page, a cross-site frame, and each kind of worker, with Chrome’s own send where the page replaced it", async () => {
    const { page, panel } = stage;
    const foreign = `${server.url.replace("127.0.0.1", "localhost")}frame`;
    await page.evaluate(`${TALKER}
      const native = WebSocket.prototype.send;
      WebSocket.prototype.send = function (data) { globalThis.seen = (globalThis.seen ?? 0) + (data === "beat" ? 0 : 1); return native.call(this, data); };
      talk("page");
      globalThis.worker = new Worker("/worker.js");
      globalThis.shared = new SharedWorker("/shared.js");
      document.documentElement.append(Object.assign(document.createElement("iframe"), { src: ${JSON.stringify(foreign)} }));
      navigator.serviceWorker.register("/service.js").then(() => null)`);
    await openDrawer(panel);
    for (const name of ["page", "frame", "worker", "shared", "service"]) {
      await choose(panel, `name=${name}`);
      await send(panel, `hello ${name}`);
      await until(() => toldOf(`/echo?name=${name}`), (told) => told.length > 0);
      expect(toldOf(`/echo?name=${name}`)).toEqual([`hello ${name}`]);
    }
    expect(await page.evaluate("globalThis.seen ?? 0")).toBe(0);
  });

  it("marks what was sent as yours, for ever: in the table, in `from:you`, in the HAR", async () => {
    const { panel } = stage;
    await setFilter(stage, "from:you");
    await stage.waitForStatus("Matches", /^9 of /);
    expect(await until(() => panel.$$eval(".frame-origin", (found) => found.map(({ textContent }) => textContent)), (found) => found.length === 9)).toEqual(Array.from({ length: 9 }, () => "sent by you"));
    await setFilter(stage, "");
    const entry = entryOf(await stage.exportHar(), "/echo?name=page");
    const own = entry._webSocketMessages.filter((message) => "_origin" in message);
    expect(own).toMatchObject([{ type: "send", data: "hello page", _origin: "user" }]);
  });

  it("sends binary as it was written, by the keyboard alone, and can be used by everybody", async () => {
    const { page, panel, devtools } = stage;
    await choose(panel, "name=page");
    await panel.select('.send select[aria-label="Format"]', "hex");
    await write(panel, "00 ff 10");
    await until(() => isReady(panel, "Send as binary"), Boolean);
    expect(await axeFaults(panel, ".send")).toEqual([]);
    await panel.focus(".send-text");
    await devtools.keyboard.down("Control");
    await devtools.keyboard.press("Enter");
    await devtools.keyboard.up("Control");
    const frames = await until(() => recordOf(server, "/echo?name=page").frames.filter(({ direction, opcode }) => direction === "sent" && opcode === 2), (found) => found.length > 0);
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({ opcode: 2 });
    await devtools.keyboard.press("Escape");
    await until(() => panel.$(".send"), (found) => found === null);
    // What talks on here is of no use to what follows; a service worker does so when its page has gone, too.
    await page.evaluate(`navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister()))).then(() => null)`);
    await page.goto(server.url);
  });

  it("runs what a connection sent as a transcript, with the token of this run’s answer, and reports it", async () => {
    const { page, panel } = stage;
    const told: string[] = [];
    let tokens = 0;
    const service = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    service.on("connection", (socket) => {
      const beat = setInterval(() => socket.send('{"beat":1}'), 100);
      socket.on("close", () => clearInterval(beat));
      socket.on("message", (data) => {
        const text = (data as Buffer).toString();
        told.push(text);
        const { id, method } = JSON.parse(text) as { readonly id: number; readonly method: string };
        socket.send(JSON.stringify({ jsonrpc: "2.0", id, result: method === "login" ? { token: `token "${++tokens}"` } : "subscribed" }));
      });
    });
    await once(service, "listening");
    await page.evaluate(`
      globalThis.rpc = new WebSocket("ws://127.0.0.1:${(service.address() as AddressInfo).port}/rpc");
      rpc.onopen = () => rpc.send('{"jsonrpc":"2.0","id":1,"method":"login"}');
      rpc.onmessage = ({ data }) => {
        const { result } = JSON.parse(data);
        if (!result?.token || globalThis.isSubscribed) return;
        globalThis.isSubscribed = true;
        rpc.send(JSON.stringify({ jsonrpc: "2.0", id: 2, method: "subscribe", params: { token: result.token } }));
      };
      null`);
    await until(() => told.length, (count) => count === 2);
    await openDrawer(panel);
    await choose(panel, "/rpc");
    await click(panel, "button", "Transcript of what it sent…");
    await until(() => panel.$$eval('[role="listbox"][aria-label="Messages"] [role="option"]', (found) => found.map((one) => one.textContent ?? "")), (found) => found.length === 2 && found[1]?.includes("subscribe") === true);
    await clickOn(panel, "#transcript-1");
    await until(() => panel.$eval(".send-text", (element) => (element as HTMLTextAreaElement).value), (text) => text.includes("token"));
    await write(panel, '{"jsonrpc":"2.0","id":2,"method":"subscribe","params":{"token":"{{answer .result.token}}","n":{{counter}}}}');
    await panel.select('.send select[aria-label="Pauses"]', "4");
    expect(await axeFaults(panel, ".send")).toEqual([]);
    await until(() => isReady(panel, "Run"), Boolean);
    expect(told).toHaveLength(2);
    await click(panel, "button", "Run");
    await until(() => told.length, (count) => count === 4);
    expect(told.slice(2)).toEqual(['{"jsonrpc":"2.0","id":1,"method":"login"}', '{"jsonrpc":"2.0","id":2,"method":"subscribe","params":{"token":"token \\"2\\"","n":2}}']);
    const said = await until(() => panel.$eval('.send-status [role="status"]', (element) => element.textContent ?? ""), (text) => text.includes("2 answered"));
    expect(said).toMatch(/^All 2 sent\.2 answered, 0 without an answer\.Latency: median .* ms/);
    await click(panel, "button", "Back to one message");
    for (const client of service.clients) client.terminate();
    await new Promise((resolve) => service.close(resolve));
  });

  it.runIf(IN_FULL)("goes on with a transcript while the drawer is closed and the table is cleared, and keeps its report with the capture", async () => {
    const { page, panel } = stage;
    const told: string[] = [];
    /** Answers that wait until the table is cleared; null: none waits. */
    let held: (() => void)[] | null = null;
    const service = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    service.on("connection", (socket) => {
      const beat = setInterval(() => socket.send('{"beat":1}'), 100);
      socket.on("close", () => clearInterval(beat));
      socket.on("message", (data) => {
        const text = (data as Buffer).toString();
        told.push(text);
        const { id } = JSON.parse(text) as { readonly id: number };
        const answer = (): void => socket.send(JSON.stringify({ jsonrpc: "2.0", id, result: { token: `t${id}` } }));
        if (held === null) answer();
        else held.push(answer);
      });
    });
    await once(service, "listening");
    const run = `ws://127.0.0.1:${(service.address() as AddressInfo).port}/run`;
    await page.evaluate(`
      globalThis.runner = new WebSocket(${JSON.stringify(run)});
      runner.onmessage = ({ data }) => (globalThis.last = data);
      runner.onopen = () => { for (let id = 1; id <= 3; id++) setTimeout(() => runner.send(JSON.stringify({ jsonrpc: "2.0", id, method: "step" })), id * 400); };
      null`);
    await until(() => told.length, (count) => count === 3);
    await openDrawer(panel);
    await choose(panel, "/run");
    await click(panel, "button", "Transcript of what it sent…");
    const list = '[role="listbox"][aria-label="Messages"] [role="option"]';
    await until(() => panel.$$eval(list, (found) => found.length), (count) => count === 3);
    await clickOn(panel, "#transcript-2");
    await write(panel, '{"jsonrpc":"2.0","id":6,"method":"step","params":["{{answer .result.token}}","{{key}}"]}');
    await click(panel, "button", "Variables");
    await fillIn(panel, '.send-kept input[aria-label="Name"]', "key");
    await click(panel, "button", "Add");
    await fillIn(panel, '.send-kept input[aria-label="Value key"]', "open-sesame");
    await clickOn(panel, '.send-kept input[type="checkbox"]');
    expect(await until(() => panel.$eval('.send-kept input[aria-label="Value key"]', (input) => input.type), (shown) => shown === "password")).toBe("password");
    await panel.page().keyboard.press("Escape");
    await panel.select('.send select[aria-label="Pauses"]', "0");
    await until(() => isReady(panel, "Run"), Boolean);
    const waiting: (() => void)[] = [];
    held = waiting;
    await click(panel, "button", "Run");
    await click(panel, "button", "Close the drawer");
    expect(await stage.waitForStatus("Transcript", /of 3 sent/)).toContain("Transcript: ");
    await until(() => told.length, (count) => count === 5);
    await click(panel, "button", "Clear");
    await panel.waitForSelector(".frames-cleared");
    // The last one waits for what is answered now; two answers might be read one by one, and the first of them would do.
    held = null;
    waiting[1]?.();
    await until(() => told.length, (count) => count === 6);
    expect(told.at(-1)).toMatch(/^\{"jsonrpc":"2.0","id":6,"method":"step","params":\["t2","open-sesame"\]\}$/);
    await openDrawer(panel);
    // The last answer is on its way yet.
    await until(() => panel.$eval('.send-status [role="status"]', (element) => element.textContent ?? ""), (text) => /^All 3 sent\.\d answered, 0 without an answer\./.test(text));
    await setFilter(stage, "type:report");
    await until(() => panel.$eval(".frames", (element) => element.textContent ?? ""), (text) => text.includes("Transcript: All 3 sent."));
    await setFilter(stage, "");
    expect(JSON.stringify(await stage.exportHar())).not.toContain("open-sesame");
    expect(JSON.stringify(await stage.exportHar("HAR with sensitive data"))).toContain("open-sesame");
    expect(await readFile(await stage.exportFile("NDJSON"), "utf8")).toMatch(/"record":"report".*Transcript: All 3 sent\./);
    await click(panel, "button", "Back to one message");
    for (const client of service.clients) client.terminate();
    await new Promise((resolve) => service.close(resolve));
  });

  it("closes a connection with the code and reason that were given", async () => {
    const { page, panel } = stage;
    await page.evaluate(`${TALKER} globalThis.closing = talk("closing"); globalThis.ended = new Promise((resolve) => closing.addEventListener("close", ({ code, reason }) => resolve([code, reason]))); null`);
    await openDrawer(panel);
    await choose(panel, "name=closing");
    await until(() => isReady(panel, "Close connection…"), Boolean);
    await click(panel, "button", "Close connection…");
    await fillIn(panel, '.send-close input[maxlength="4"]', "4001");
    // 126 bytes of UTF-8.
    await fillIn(panel, '.send-close input[maxlength="123"]', "再".repeat(42));
    await until(() => panel.$eval(".send-close", ({ textContent }) => textContent ?? ""), (text) => text.includes("A reason takes at most 123 bytes."));
    expect(await canPress(panel, '.send-close button[type="submit"]')).toBe(false);
    await fillIn(panel, '.send-close input[maxlength="123"]', "再".repeat(41));
    await until(() => canPress(panel, '.send-close button[type="submit"]'), Boolean);
    await click(panel, "button", "Close");
    expect(await page.evaluate("ended")).toEqual([4001, "再".repeat(41)]);
    await setFilter(stage, 'url:closing is:close "4001: closed by you"');
    await stage.waitForStatus("Matches", /· 1 event$/);
    await setFilter(stage, "");
  });

  it("ends a connection as a lost network would, and shows no message that never was", async () => {
    const { page, panel } = stage;
    await page.evaluate(`${TALKER} globalThis.losing = talk("losing"); globalThis.lost = new Promise((resolve) => losing.addEventListener("close", ({ code, wasClean }) => resolve([code, wasClean]))); null`);
    await openDrawer(panel);
    await choose(panel, "name=losing");
    await until(() => isReady(panel, "Close connection…"), Boolean);
    await click(panel, "button", "Close connection…");
    await click(panel, "button", "End abnormally (1006)");
    expect(await page.evaluate("lost")).toEqual([1006, false]);
    await setFilter(stage, "url:losing is:binary");
    await stage.waitForStatus("Matches", /^0 of /);
    await setFilter(stage, 'url:losing is:close "1006 in the page: ended by you"');
    await stage.waitForStatus("Matches", /· 1 event$/);
    await setFilter(stage, "");
    expect(await page.evaluate("navigator.storage.getDirectory().then(async (folder) => { const names = []; for await (const name of folder.keys()) names.push(name); return names; })")).toEqual([]);
  });

  it("has the page receive a message that never goes over the wire, and says so in its row", async () => {
    const { page, panel } = stage;
    await page.evaluate(`${TALKER} globalThis.given = []; globalThis.receiver = talk("receiver"); receiver.onmessage = null; receiver.addEventListener("message", { handleEvent: ({ data, origin, isTrusted }) => data !== "beat" && given.push([data, origin === location.origin.replace("http", "ws"), isTrusted]) }); null`);
    await openDrawer(panel);
    await choose(panel, "name=receiver");
    await write(panel, '{"price":1}');
    await until(() => isReady(panel, "Page receives"), Boolean);
    await click(panel, "button", "Page receives");
    expect(await until(() => page.evaluate("given") as Promise<unknown[]>, (given) => given.length > 0)).toEqual([['{"price":1}', true, false]]);
    expect(toldOf("/echo?name=receiver")).toEqual([]);
    await setFilter(stage, "from:you is:received");
    await until(() => panel.$$eval(".frame-origin", (found) => found.map(({ textContent }) => textContent)), (found) => found.length === 1 && found[0] === "made here, never on the wire");
    await setFilter(stage, "");
  });

  it("freezes the connections of a URL and lets all that waited come, in order, once that is lifted", async () => {
    const { page, panel } = stage;
    const path = "/steady?rate=20&size=60&name=x*(y)";
    await page.goto(server.url);
    await page.evaluate(`globalThis.got = []; globalThis.feed = new WebSocket(${JSON.stringify(server.webSocketUrl + path)}); feed.onmessage = ({ data }) => got.push(data); new Promise((resolve) => (feed.onopen = () => resolve(null)))`);
    await until(() => page.evaluate("got.length") as Promise<number>, (count) => count > 2);
    await until(() => panel.evaluate(askForMenu, "x*(y)"), Boolean);
    await click(panel, "menuitem", "Network");
    await click(panel, "menuitemradio", "Freeze");
    expect(await stage.waitForStatus("Network rules", /1 network rule/)).toContain("1 network rule on");
    const record = recordOf(server, path);
    // What was on its way to the page then still comes; nothing does while a second's messages are sent after it.
    const cameMeanwhile = async (): Promise<number> => {
      const [got, sent] = [(await page.evaluate("got.length")) as number, record.frames.length];
      await until(() => record.frames.length, (count) => count > sent + 20);
      return ((await page.evaluate("got.length")) as number) - got;
    };
    await until(cameMeanwhile, (count) => count === 0);
    const then = (await page.evaluate("got.length")) as number;
    await click(panel, "button", "Lift");
    const all = await until(() => page.evaluate("got") as Promise<string[]>, (got) => got.length > then + 25);
    expect(all).toEqual(record.frames.slice(0, all.length).map(({ payload }) => payload?.toString()));

    // New ones of the host wait, those that are open go on; over a navigation too.
    await until(() => panel.evaluate(askForMenu, "x*(y)"), Boolean);
    await click(panel, "menuitem", `Network of all ${server.webSocketUrl}`);
    await click(panel, "menuitemradio", "Hold new connections");
    expect(await stage.waitForStatus("Network rules", /1 network rule/)).toContain("1 network rule on");
    await until(() => panel.$$eval(".connections-ruled", (found) => found.map(({ textContent }) => textContent)), (found) => found.includes("New connections held"));
    await page.evaluate(`globalThis.held = new WebSocket("${server.webSocketUrl}/echo?name=held"); held.onopen = () => (globalThis.heldOpened = true); null`);
    const open = (await page.evaluate("got.length")) as number;
    await until(() => page.evaluate("got.length") as Promise<number>, (count) => count > open + 10);
    expect(await page.evaluate("held.readyState")).toBe(0);
    await click(panel, "button", "Lift");
    await until(() => page.evaluate("globalThis.heldOpened ?? false") as Promise<boolean>, Boolean);
  });

  it.skipIf(IS_OLD_CHROME)("opens a connection as the page would, which stands under You, and says where the page’s policy forbids it", async () => {
    const { page, panel } = stage;
    await page.goto(server.url);
    await click(panel, "button", "Clear");
    await openDrawer(panel);
    await click(panel, "button", "Connect…");
    await fillInConnect(panel, "URL", `${server.webSocketUrl}/echo?name=mine`);
    await fillInConnect(panel, "Subprotocols", "chat.v2, chat.v1");
    await click(panel, "button", "Connect");
    await until(() => server.record.connections.findLast(({ path }) => path === "/echo?name=mine")?.subprotocol, (subprotocol) => subprotocol === "chat.v2");
    await send(panel, "from nobody's script");
    await until(() => toldOf("/echo?name=mine"), (told) => told.length > 0);
    const entry = entryOf(await stage.exportHar("HAR with sensitive data"), "/echo?name=mine");
    expect(entry._target).toMatchObject({ type: "user" });
    expect(entry.request.headers).toEqual(expect.arrayContaining([expect.objectContaining({ name: "Origin", value: new URL(server.url).origin })]));
    await until(() => panel.$eval(".connections", (element) => element.textContent ?? ""), (text) => text.includes("You/echo?name=mine"));

    // Headers of one's own go with that handshake alone, from where one chooses, and again.
    const requests: IncomingHttpHeaders[] = [];
    const http = createServer(({ headers }, response) => {
      requests.push(headers);
      response.end();
    });
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    const polled = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
    const foreign = `${server.url.replace("127.0.0.1", "localhost")}frame`;
    await page.evaluate(`
      globalThis.polling = setInterval(() => fetch(${JSON.stringify(polled)}, { mode: "no-cors" }).catch(() => {}), 50);
      document.cookie = "own=1";
      document.documentElement.append(Object.assign(document.createElement("iframe"), { src: ${JSON.stringify(foreign)} }));
      globalThis.worker = new Worker("/worker.js");
      null`);
    const fromWhere = (): Promise<string[]> => panel.$$eval(".send-connect select option", (found) => found.map(({ textContent }) => textContent ?? ""));
    const openFrom = async (name: string, place: string, cookie = ""): Promise<void> => {
      await until(async () => {
        // Its list is as it was when it was opened.
        if ((await panel.$(".send-connect")) === null) await click(panel, "button", "Connect…");
        const places = await fromWhere();
        if (places.some((one) => one.startsWith(place))) return true;
        if (places.length > 0) await panel.page().keyboard.press("Escape");
        return false;
      }, Boolean);
      await fillInConnect(panel, "URL", `${server.webSocketUrl}/echo?name=${name}`);
      await fillInConnect(panel, "Headers", `Authorization: Bearer ${name}\nX-Own: 1${cookie}`);
      const option = await panel.$$eval(".send-connect select option", (found, wanted) => found.find((one) => one.textContent?.startsWith(wanted))?.value ?? "", place);
      await panel.select(".send-connect select", option);
      await click(panel, "button", "Connect");
      const said = await until(() => panel.$eval(".send-status", (element) => element.textContent ?? ""), (text) => text.startsWith("Connected."));
      expect(said.includes("Not sent as you wrote it: Cookie.")).toBe(cookie !== "");
      await send(panel, `from ${name}`);
      await until(() => toldOf(`/echo?name=${name}`), (told) => told.length > 0);
    };
    const headersOf = (name: string) => server.record.connections.findLast(({ path }) => path === `/echo?name=${name}`)?.headers;
    await openFrom("headers", "Page");
    expect(headersOf("headers")).toMatchObject({ authorization: "Bearer headers", "x-own": "1", cookie: expect.stringContaining("own=1") as string, origin: new URL(server.url).origin });
    await openFrom("of-frame", "Frame");
    expect(headersOf("of-frame")).toMatchObject({ authorization: "Bearer of-frame", origin: new URL(foreign).origin });
    await openFrom("of-worker", "Dedicated worker", "\nCookie: own=2");
    expect(headersOf("of-worker")).toMatchObject({ authorization: "Bearer of-worker", origin: new URL(server.url).origin });
    const asked = requests.length;
    await until(() => requests.length, (count) => count > asked);
    await page.evaluate("clearInterval(polling)");
    expect(requests.filter((headers) => headers["x-own"] !== undefined || headers.authorization !== undefined)).toEqual([]);
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    await until(() => panel.evaluate(askForMenu, "=headers"), Boolean);
    await click(panel, "menuitem", "Connect again…");
    await until(() => panel.$eval(".send-connect textarea", (element) => element.value).catch(() => ""), (text) => text === "Authorization: Bearer headers\nX-Own: 1");
    await panel.page().keyboard.press("Escape");

    await page.goto(`${server.url}strict`);
    await click(panel, "button", "Connect…");
    await fillInConnect(panel, "URL", `${server.webSocketUrl}/echo?name=forbidden`);
    await click(panel, "button", "Connect");
    await until(() => panel.$eval(".send-status", (element) => element.textContent ?? ""), (said) => said.includes("Content Security Policy"));
    await page.goto(`${server.url}no-worker`);
    await click(panel, "button", "Connect…");
    await fillInConnect(panel, "URL", `${server.webSocketUrl}/echo?name=forbidden`);
    await fillInConnect(panel, "Headers", "Host: other.test");
    await until(() => panel.$eval('.send-connect [role="alert"]', (element) => element.textContent ?? "").catch(() => ""), (said) => said.includes("Host"));
    await fillInConnect(panel, "Headers", "X-Own: 1");
    await click(panel, "button", "Connect");
    await until(() => panel.$eval(".send-status", (element) => element.textContent ?? ""), (said) => said.includes("worker-src"));
    expect(server.record.connections.filter(({ path }) => path.endsWith("forbidden"))).toEqual([]);
  });
});
