import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Server } from "socket.io";
import { expect, it } from "vitest";
import { socketIo } from "../../../src/decode/decoders/socket-io.ts";
import { snippetTarget } from "../../../src/format/snippets/registry.ts";
import { sentSteps } from "../../../src/format/snippets/script.ts";
import type { HttpExchange } from "../../../src/model/http-exchange.ts";
import { epochMilliseconds } from "../../../src/model/units.ts";
import { en } from "../../words/speakers.ts";
import { aConnection, aScript } from "./a-script.ts";
import { run } from "./runtimes.ts";

const UPGRADED = "ws://127.0.0.1/socket.io/?EIO=4&transport=websocket&sid=lv_VI97HAXpY6yYWAAAC";

it("a Socket.IO connection that took over from polling begins by itself", () => {
  const script = aScript({ decoder: socketIo, connection: aConnection(UPGRADED), messages: [{ sent: "2probe" }, { received: "3probe" }, { sent: "5" }, { sent: '42["hello",1]' }, { sent: '42/admin,["list"]' }] });
  expect(script.url).toEqual(["ws://127.0.0.1/socket.io/?EIO=4&transport=websocket"]);
  expect(sentSteps(script).map(({ data }) => data)).toEqual([["40"], ["40/admin,"], ['42["hello",1]'], ['42/admin,["list"]']]);
  expect(script.heartbeats).toEqual([{ on: ["2"], send: ["3"] }]);
  expect(script.notes.map(en.tell)).toEqual([expect.stringContaining("HTTP polling")]);
});

it("one that took over joins its namespaces as the polling of the same session did, with a token that is asked for", () => {
  const token = "k7Yw3pQz9LmN2xRtVb8cDfGh";
  const at = (finishedAt: number, change: Partial<HttpExchange>): HttpExchange => ({ method: "GET", url: "http://127.0.0.1/auth", requestHeaders: [], requestBody: null, status: 200, body: "", setCookies: [], finishedAt: epochMilliseconds(finishedAt), ...change });
  const polling = UPGRADED.replace(/^ws/, "http").replace("websocket", "polling");
  const exchanges = [
    at(1000, { body: JSON.stringify({ token }) }),
    at(2000, { method: "POST", url: polling, requestBody: `40{"token":"${token}"}\u001e40/admin,{"role":1}`, body: "ok" }),
    at(2100, { method: "POST", url: polling.replace(/sid=.*/, "sid=another"), requestBody: "40/other,", body: "ok" }),
    at(2200, { method: "POST", url: polling.replace("/socket.io", "/elsewhere"), requestBody: "40/other,", body: "ok" }),
  ];
  const script = aScript({ decoder: socketIo, connection: aConnection(UPGRADED, [{ name: "Origin", value: "http://127.0.0.1" }]), exchanges, messages: [{ sent: "2probe" }, { sent: "5" }, { sent: '42["hello",1]' }] });
  expect(sentSteps(script).map(({ data }) => data)).toEqual([['40{"token":"', expect.objectContaining({ name: "WS_TOKEN", value: null }), '"}'], ['40/admin,{"role":1}'], ['42["hello",1]']]);
  expect(script.sources.map(({ url }) => url)).toEqual([["http://127.0.0.1/auth"]]);
  expect(script.notes).toEqual([]);
});

it("one that began as a WebSocket is as it was", () => {
  const script = aScript({ decoder: socketIo, connection: aConnection("ws://127.0.0.1/socket.io/?EIO=4&transport=websocket"), messages: [{ received: '0{"sid":"x"}' }, { sent: '40{"token":1}' }, { sent: '42["hello",1]' }] });
  expect(sentSteps(script).map(({ data }) => data)).toEqual([['40{"token":1}'], ['42["hello",1]']]);
  expect(script.notes).toEqual([]);
});

it("the real server takes it: events of both namespaces arrive, and its pings are answered", async () => {
  const folder = mkdtempSync(join(tmpdir(), "socket-io-"));
  const http = createServer();
  const io = new Server(http, { pingInterval: 100, pingTimeout: 200 });
  const heard: unknown[] = [];
  const ended = new Promise<void>((resolve) => {
    io.on("connection", (socket) => socket.on("hello", (value: unknown) => heard.push(["hello", value])));
    io.of("/admin").on("connection", (socket) =>
      socket.on("list", () => {
        heard.push(["list"]);
        // Longer than a client lives that answers no ping.
        setTimeout(() => {
          heard.push(socket.connected);
          socket.disconnect(true);
          resolve();
        }, 600);
      }),
    );
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const url = UPGRADED.replace("127.0.0.1", `127.0.0.1:${(http.address() as AddressInfo).port}`);
  const script = aScript({ decoder: socketIo, connection: aConnection(url, [{ name: "Origin", value: "http://shop.test" }]), messages: [{ sent: "2probe" }, { sent: "5" }, { sent: '42["hello",1]' }, { sent: '42/admin,["list"]' }] });
  const file = join(folder, "client.mjs");
  // Where the package is found.
  writeFileSync(file, (snippetTarget("node-ws")?.write(script, en.tell) ?? "").replace('from "ws"', `from ${JSON.stringify(import.meta.resolve("ws"))}`));
  await Promise.all([ended, run(process.execPath, [file])]);
  expect(heard).toEqual([["hello", 1], ["list"], true]);
  await io.close();
  rmSync(folder, { recursive: true });
}, 20_000);
