import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { binaryPayload, textPayload } from "../../../demo/load-payloads.mjs";
import { imported } from "./imported.ts";

/** Real files of real tools: what each made of one page that spoke to one server (Chromium 156, Playwright 1.65.1, tshark 4.0.17), and of scripts/proxied-har.mjs (mitmproxy 8.1.1 with the har_dump.py of 9, and with its own). */
const fixture = (name: string): Promise<Buffer> => readFile(new URL(`../../fixtures/imports/${name}`, import.meta.url));

const said = ['1 {"op":"subscribe","id":1}', "2 00ff01", "1 漢字 😀", `1 ${"x".repeat(3000)}`, '1 {"op":"subscribe","id":2}', "1 bye"];
const hex = (text: string): string => Buffer.from(text, "latin1").toString("hex");
const CLOSE = `8 ${hex("\u000f\u00a2as asked")}`;

const told = (rows: readonly string[], direction: string): string[] => rows.flatMap((row) => new RegExp(`^\\d+ ${direction} (\\d+) import [\\d.?]+ ?(.*)$`, "s").exec(row)?.slice(1).join(" ") ?? []);

describe("a real file", () => {
  it("of Playwright's, with the messages attached beside it, has every message", async () => {
    const { rows, problems, capture } = await imported(await fixture("playwright-attach.zip"));
    expect(problems).toEqual([]);
    expect(told(rows, "sent")).toEqual(said);
    expect(told(rows, "received")).toEqual(said);
    expect(capture.table.connections.get(1 as never)).toMatchObject({ url: "ws://127.0.0.1:8931/feed?token=1", handshake: { status: 101 } });
  });

  it("of Playwright's without that archive says what is not there", async () => {
    const entry = { startedDateTime: "2026-11-20T12:00:00Z", _resourceType: "websocket", request: { url: "ws://feed.test/", headers: [] }, response: { status: 101, content: { _file: "../../etc/passwd" } } };
    expect((await imported({ log: { entries: [entry] } })).problems).toEqual(["log.entries[0].response.content._file: ../../etc/passwd is not in the file. Import the archive that contains it."]);
  });

  it("of mitmproxy's has every message of each WebSocket that went through it, at its time", async () => {
    const file = await fixture("mitmproxy.har");
    const { rows, problems, capture } = await imported(file);
    expect(problems).toEqual([]);
    const of = (connection: number): string[] => rows.filter((row) => row.startsWith(`${connection} `));
    expect([told(of(1), "sent"), told(of(1), "received")]).toEqual([said, said]);
    expect([told(of(2), "sent"), told(of(2), "received")]).toEqual([[], [0, 1].map((sequence) => `1 ${textPayload(sequence, 300).toString()}`)]);
    expect([told(of(3), "sent"), told(of(3), "received")]).toEqual([[], [0, 1, 2].map((sequence) => `2 ${binaryPayload(sequence, 64).toString("hex")}`)]);
    const { log } = JSON.parse(file.toString()) as { log: { entries: { _webSocketMessages: { time: number }[] }[] } };
    const times = log.entries.flatMap(({ _webSocketMessages: messages }) => messages.map(({ time }) => time.toFixed(5)));
    expect(rows.filter((row) => row.includes(" import ")).map((row) => Number(row.split(" ")[4]).toFixed(5))).toEqual(times);
    const urls = [...capture.table.connections.values()].map(({ url }) => url.replace(/:\d+/, ""));
    expect(urls).toEqual(["/echo?token=1", "/fragments?count=2&parts=3&size=300", "/burst?count=3&size=64&binary=1&close=1"].map((path) => `ws://127.0.0.1${path}`));
    expect(capture.table.connections.get(1 as never)).toMatchObject({ handshake: { status: 101, requestHeaders: expect.arrayContaining([{ name: "Sec-WebSocket-Version", value: "13" }]) as unknown } });
  });

  it("of mitmproxy's as Debian 12 has it says of each WebSocket that its messages are not there", async () => {
    const { problems, capture } = await imported(await fixture("mitmproxy-8.har"));
    expect(problems).toEqual([0, 1, 2].map((entry) => `log.entries[${entry}]: No messages of it are in the file: there were none, or what wrote it leaves them out.`));
    expect(capture.log.messages).toBe(0);
    expect([...capture.table.connections.values()]).toMatchObject(["/echo", "/fragments", "/burst"].map((path) => ({ url: expect.stringContaining(path) as string, handshake: { status: 101 } })));
  });

  it("of tshark's has every message, ping, pong and close, with their context of compression", async () => {
    const { rows, problems, capture } = await imported(await fixture("tshark.pcapng"));
    expect(problems).toEqual([]);
    expect(told(rows, "sent")).toEqual([`10 ${hex("hi")}`, ...said, CLOSE]);
    expect(told(rows, "received")).toEqual([`9 ${hex("hi")}`, ...said, CLOSE]);
    expect(capture.table.connections.get(1 as never)).toMatchObject({ state: "closed", closing: { code: 4002, reason: "as asked", wasClean: true } });
  });

  it("of Chrome's NetLog with all bytes has the same", async () => {
    const { rows, problems, capture } = await imported(await fixture("net-log-everything.json"));
    expect(problems).toEqual([]);
    expect(told(rows, "sent")).toEqual([`10 ${hex("hi")}`, ...said, CLOSE]);
    expect(told(rows, "received")).toEqual([`9 ${hex("hi")}`, ...said, CLOSE]);
    expect(capture.table.connections.size).toBe(1);
  });

  it("of Chrome's NetLog without bytes has each frame's opcode and its bytes on the wire", async () => {
    const { rows, problems, capture } = await imported(await fixture("net-log-default.json"));
    expect(problems).toEqual([]);
    expect(told(rows, "sent").map((row) => row.trim())).toEqual(["1", "2", "1", "1", "1", "1", "10", "8"]);
    expect(told(rows, "received").map((row) => row.trim())).toEqual(["9", "1", "2", "1", "1", "1", "1", "8"]);
    const first = rows.findIndex((row) => row.includes(" sent "));
    expect(capture.log.sizeAt(first as never)).toBe(27);
    expect(capture.table.connections.get(1 as never)).toMatchObject({ url: "ws://127.0.0.1:8931/feed?token=1", state: "closed", handshake: { status: 101 } });
  });
});
