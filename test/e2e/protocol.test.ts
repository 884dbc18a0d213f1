import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startLoadServer, type LoadServer } from "../../demo/load-server.mjs";
import { click } from "../../scripts/panel-actions.mjs";
import { startHttp2Server } from "./servers/http2-server.mjs";
import { startRawServer } from "./servers/raw-server.mjs";
import { devtoolsPageOf, differences, entryOf, recordOf, setStage, until, type DispatchedEvent, type Stage } from "./stage.ts";

let server: LoadServer;
let raw: Awaited<ReturnType<typeof startRawServer>>;
let http2: Awaited<ReturnType<typeof startHttp2Server>>;
let stage: Stage;

beforeAll(async () => {
  server = await startLoadServer();
  raw = await startRawServer();
  http2 = await startHttp2Server();
  stage = await setStage({ url: server.url, args: ["--ignore-certificate-errors"] });
});
afterAll(async () => {
  await stage.end();
  await Promise.all([server.close(), raw.close(), http2.close()]);
});
beforeEach(async () => {
  await stage.page.goto(server.url);
  await click(stage.panel, "button", "Clear");
  await stage.waitForStatus("Matches", /^0 frames$/);
});

const run = (script: string): Promise<unknown> => stage.page.evaluate(`(async () => { ${script} })()`);
/** Opens a socket, does `then` with it, and waits for so many messages. */
const converse = (url: string, messages: number, then = "", protocols = "[]"): Promise<unknown> =>
  run(`const socket = new WebSocket(${JSON.stringify(url)}, ${protocols}); socket.binaryType = "arraybuffer";
    await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = reject; });
    let left = ${messages};
    const all = new Promise((resolve) => { socket.onmessage = () => --left <= 0 && resolve(); });
    ${then}
    await all;`);

describe("the protocol, as the capture shows it", () => {
  it("fragmented, empty and compressed messages are whole messages", async () => {
    const paths = ["/fragments?count=5&parts=3&size=300", "/echo-deflate?x"];
    await run(`let left = 5; await new Promise((resolve) => { new WebSocket("${server.webSocketUrl}${paths[0]}").onmessage = () => --left || resolve(); });`);
    await converse(`${server.webSocketUrl}${paths[1]}`, 3, `socket.send(""); socket.send("x".repeat(5000)); socket.send("é漢🙂\\u0000");`);
    await stage.waitForStatus("Matches", /^11 frames$/);
    const har = await stage.exportHar();
    for (const path of paths) expect(differences(entryOf(har, path), recordOf(server, path))).toEqual([]);
  });

  it("binary from an ArrayBuffer, a part of a typed array and a Blob, whose payload Chrome does not report", async () => {
    const path = "/echo?binary";
    await converse(`${server.webSocketUrl}${path}`, 3, `socket.send(Uint8Array.of(1, 0, 255).buffer); socket.send(new Uint16Array([7, 8, 9]).subarray(1, 2)); socket.send(new Blob(["blob"]));`);
    await stage.waitForStatus("Matches", /^6 frames$/);
    const entry = entryOf(await stage.exportHar(), path);
    const data = (type: string) => entry._webSocketMessages.filter((message) => message.type === type).map((message) => Buffer.from(message.data, "base64").toString("hex"));
    expect(data("receive")).toEqual(["0100ff", "0800", Buffer.from("blob").toString("hex")]);
    expect(data("send")).toEqual(["0100ff", "0800", ""]);
    await expect.poll(() => stage.panel.$eval('[role="grid"]', (grid) => grid.textContent)).toMatch(/not reported by Chrome/i);
  });

  it("WebSocketStream", async () => {
    const path = "/echo?stream";
    const isThere = await stage.page.evaluate("'WebSocketStream' in globalThis");
    if (isThere !== true) return;
    await run(`const { readable, writable } = await new WebSocketStream("${server.webSocketUrl}${path}").opened;
      const writer = writable.getWriter(); const reader = readable.getReader();
      await writer.write("text"); await reader.read(); await writer.write(Uint8Array.of(1, 2)); await reader.read();`);
    await stage.waitForStatus("Matches", /^4 frames$/);
    expect(differences(entryOf(await stage.exportHar(), path), recordOf(server, path))).toEqual([]);
  });

  it("over HTTP/2 (RFC 8441) a connection is open with status 200", async () => {
    await stage.page.goto(http2.url);
    await converse(`${http2.webSocketUrl}/two`, 2, `socket.send("over h2"); socket.send(Uint8Array.of(9));`, `["a", "b"]`);
    await stage.waitForStatus("Matches", /^4 frames$/);
    const entry = entryOf(await stage.exportHar(), "/two");
    expect(entry.response.status).toBe(200);
    expect(entry.response.headers.find(({ name }) => name.toLowerCase() === "sec-websocket-protocol")?.value).toBe("a");
    expect(entry._webSocketMessages.map(({ type, data }) => `${type} ${data}`).toSorted()).toEqual(["receive CQ==", "receive over h2", "send CQ==", "send over h2"]);
  });

  it("headers that come twice, and several subprotocols", async () => {
    await converse(`${raw.webSocketUrl}/duplicate-headers`, 0, "left = 0; await Promise.resolve(); return;");
    await converse(`${server.webSocketUrl}/echo?protocols`, 1, `socket.send("x");`, `["chat.v2", "chat.v1"]`);
    const har = await until(() => stage.exportHar(), ({ log }) => log.entries.length === 2 && log.entries.every(({ _webSocketMessages }) => _webSocketMessages.length > 0));
    const headers = entryOf(har, "/duplicate-headers").response.headers;
    expect(headers.filter(({ name }) => name.toLowerCase() === "x-twice").map(({ value }) => value)).toEqual(["one", "two"]);
    const several = entryOf(har, "/echo?protocols");
    expect(several.request.headers.find(({ name }) => name.toLowerCase() === "sec-websocket-protocol")?.value).toBe("chat.v2, chat.v1");
    expect(several.response.headers.find(({ name }) => name.toLowerCase() === "sec-websocket-protocol")?.value).toBe("chat.v2");
  });

  it("cookies that come twice, of the page's own origin; those of another Chrome does not tell", async () => {
    const cookies = async (): Promise<readonly (readonly string[])[]> => {
      const { log } = await until(() => stage.exportHar("HAR with sensitive data"), (har) => har.log.entries.length > 0 && har.log.entries.every(({ _webSocketMessages }) => _webSocketMessages.length > 0));
      return log.entries.map(({ response }) => response.headers.filter(({ name }) => name.toLowerCase() === "set-cookie").map(({ value }) => value));
    };
    const open = (): Promise<unknown> => converse(`${raw.webSocketUrl}/duplicate-headers`, 0, "left = 0; await Promise.resolve(); return;");
    await open();
    expect(await cookies()).toEqual([[]]);
    await stage.page.goto(`${raw.webSocketUrl.replace("ws", "http")}/page`);
    await open();
    expect(await until(cookies, ({ length }) => length === 2)).toEqual([[], ["first=1", "second=2; HttpOnly"]]);
  });

  it("an event that cannot be read is a row and counts as lost, and what follows is recorded", async () => {
    await converse(`${server.webSocketUrl}/echo?broken`, 1, `socket.send("before"); globalThis.broken = socket;`);
    await stage.waitForStatus("Matches", /^2 frames$/);
    const { frame, tabId } = await devtoolsPageOf(stage);
    await frame.evaluate((tab) => {
      const event = chrome.debugger.onEvent as unknown as DispatchedEvent;
      for (const params of [undefined, null, 5, "text", [], {}, { requestId: 1 }, { requestId: "x", timestamp: "y", response: null }, { requestId: "x", timestamp: 1, response: { opcode: 2, payloadData: "not base64!" } }]) {
        for (const method of ["Network.webSocketFrameReceived", "Network.webSocketClosed", "Network.webSocketCreated", "Target.attachedToTarget", "Target.detachedFromTarget", "Page.frameNavigated", "Runtime.bindingCalled", "Network.requestWillBeSent"]) event.dispatch({ tabId: tab }, method, params);
      }
    }, tabId);
    await run(`broken.send("after"); await new Promise((resolve) => (broken.onmessage = resolve));`);
    await stage.waitForStatus("Matches", /^4 frames$/);
    await expect.poll(() => stage.panel.evaluate(() => document.body.innerText)).toContain("9 frames lost");
    const { log } = await stage.exportHar();
    expect(log.entries.flatMap(({ _webSocketMessages }) => _webSocketMessages.filter(({ type }) => type === "error"))).toHaveLength(9);
    expect(differences(entryOf({ log }, "/echo?broken"), recordOf(server, "/echo?broken"))).toEqual([]);
  });

  it("what breaks it is a row that says how, behind the messages that came before", async () => {
    const violations: readonly (readonly [string, RegExp])[] = [
      ["/invalid-utf8", /UTF-8/],
      ["/reserved-bits", /[Rr]eserved bit|RSV/],
      ["/masked", /must not mask/],
      // Chrome reads a frame's head before it hands on what came before in the same packet: no “fine” here.
      ["/huge-control", /Invalid frame header/],
    ];
    for (const [path] of violations) await run(`await new Promise((resolve) => { new WebSocket("${raw.webSocketUrl}${path}").onclose = resolve; });`);
    const har = await until(() => stage.exportHar(), ({ log }) => log.entries.length === violations.length && log.entries.every(({ _webSocketMessages }) => _webSocketMessages.some(({ type }) => type === "error")));
    for (const [path, reason] of violations) {
      const messages = entryOf(har, path)._webSocketMessages;
      const error = messages.at(-1);
      expect(messages.slice(0, -1).map(({ type, data }) => [type, data])).toEqual(path === "/huge-control" ? [] : [["receive", "fine"]]);
      expect(error).toMatchObject({ type: "error", opcode: -1 });
      expect(error?.data).toMatch(reason);
    }
  });
});
