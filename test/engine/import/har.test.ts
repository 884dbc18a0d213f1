import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { recoverCapture } from "../../../src/log/recovery.ts";
import { DEFAULT_EVENT } from "../../../src/model/stream-event.ts";
import { frameIndex } from "../../../src/model/units.ts";
import { en } from "../../words/speakers.ts";
import { MemoryFolders } from "../memory-folders.ts";
import { IN_FULL } from "../../some-of.ts";
import { imported, importOf } from "./imported.ts";

const fixture = (name: string): Promise<Buffer> => readFile(new URL(`../../fixtures/har/${name}`, import.meta.url));

const START = Date.parse("2026-11-20T12:00:00.000Z");
const SECONDS = START / 1000;

const entry = (messages: unknown, change: object = {}): object => ({
  startedDateTime: "2026-11-20T12:00:00.000Z",
  request: { method: "GET", url: "ws://feed.test/a", headers: [{ name: "Origin", value: "http://page.test" }] },
  response: { status: 101, statusText: "Switching Protocols", headers: [] },
  _webSocketMessages: messages,
  ...change,
});

const har = (entries: readonly unknown[], log: object = {}): object => ({ log: { version: "1.2", creator: { name: "hand", version: "1" }, ...log, entries } });

/** Messages' rows, without what all have. */
const messagesOf = (rows: readonly string[]): string[] => rows.filter((row) => /^\d+ (sent|received) /.test(row)).map((row) => row.replace(" import", ""));

describe("a HAR of Chrome's", () => {
  it("is a capture with every message as Chrome had it", async () => {
    const file = await fixture("chromium-devtools.har");
    const { answer, capture, rows, problems } = await imported(file);
    const { log } = JSON.parse(file.toString()) as { log: { entries: { request: { url: string }; _webSocketMessages: { type: string; time: number; opcode: number; data: string }[] }[] } };
    const wanted = log.entries.flatMap(({ _webSocketMessages: messages }, place) =>
      messages.filter(({ type }) => type !== "error").map(({ type, opcode, time, data }) => `${place + 1} ${type === "send" ? "sent" : "received"} ${opcode} ${Math.round(time * 1e6) / 1e6} ${opcode === 1 ? data : Buffer.from(data, "base64").toString("hex")}`),
    );
    expect(messagesOf(rows).toSorted()).toEqual(wanted.toSorted());
    expect(problems).toEqual([]);
    expect([answer.connections, answer.frames]).toEqual([log.entries.length, wanted.length]);
    expect([...capture.table.connections.values()].map(({ url }) => url)).toEqual(log.entries.map(({ request }) => request.url));
    expect([...capture.table.connections.values()][1]).toMatchObject({ state: "failed" });
    expect(capture.problem).toBeUndefined();
  });

  it("stands in the order of time, however its entries overlap", async () => {
    const at = (time: number, data: string): object => ({ type: "receive", time: SECONDS + time, opcode: 1, data });
    const { rows } = await imported(har([entry([at(1, "a"), at(3, "c"), at(3, "d")]), entry([at(2, "b"), at(2.5, "b2"), at(4, "e")])]));
    expect(messagesOf(rows).map((row) => row.split(" ").at(-1))).toEqual(["a", "b", "b2", "c", "d", "e"]);
  });
});

describe("a HAR of Playwright's", () => {
  it("has its times in milliseconds", async () => {
    const file = await fixture("playwright-embed.har");
    const { rows, problems } = await imported(file);
    const { log } = JSON.parse(file.toString()) as { log: { entries: { _webSocketMessages?: { time: number; data: string }[] }[] } };
    const times = log.entries.flatMap(({ _webSocketMessages: messages = [] }) => messages.map(({ time }) => Math.round(time * 1000) / 1e6));
    expect(messagesOf(rows).map((row) => Number(row.split(" ")[3])).toSorted((a, b) => a - b)).toEqual(times.toSorted((a, b) => a - b));
    expect(problems).toEqual([]);
  });

  it("of version 1.61.0 has the seconds that it added put right", async () => {
    const { rows } = await imported(har([entry([{ type: "send", time: START + 1.5, opcode: 1, data: "x" }])], { creator: { name: "Playwright", version: "1.61.0" } }));
    expect(messagesOf(rows)).toEqual([`1 sent 1 ${SECONDS + 1.5} x`]);
  });

  it("without times keeps its order, and a failed handshake is told", async () => {
    const { rows, capture } = await imported(har([entry([{ type: "send", time: -1, opcode: 1, data: "x" }, { type: "receive", time: -1, opcode: 1, data: "y" }]), entry([], { response: { status: -1, _failureText: "net::ERR_CONNECTION_REFUSED", headers: [] } })]));
    expect(messagesOf(rows)).toEqual([`1 sent 1 ${SECONDS} x`, `1 received 1 ${SECONDS} y`]);
    expect(capture.table.connections.get(2 as never)).toMatchObject({ state: "failed", ending: "net::ERR_CONNECTION_REFUSED" });
  });
});

describe("a HAR of other tools'", () => {
  it("says null for what is no WebSocket, and https for what is one", async () => {
    const { capture, problems } = await imported(har([entry(null, { request: { url: "https://shop.test/", headers: [] }, response: { status: 200, headers: [] } }), entry([], { request: { url: "https://shop.test/ws", headers: [] } })]));
    expect([...capture.table.connections.values()].map(({ url }) => url)).toEqual(["wss://shop.test/ws"]);
    expect(problems).toEqual([]);
  });

  it("tells how a socket closed", async () => {
    const close = { code: 4001, reason: "bye", timestamp: SECONDS + 9 };
    const { capture, rows } = await imported(har([entry([{ type: "send", time: SECONDS + 1, opcode: 1, data: "x" }], { _webSocketClose: close }), entry([], { _webSocketClose: "aborted" })]));
    expect(capture.table.connections.get(1 as never)).toMatchObject({ state: "closed", closing: { code: 4001, reason: "bye", wasClean: true } });
    expect(capture.table.connections.get(2 as never)).toMatchObject({ state: "closed", closing: { code: 1006 } });
    expect(rows.at(-1)).toMatch(new RegExp(`^1 close ${SECONDS + 9} `));
  });

  it("tells a handshake of HTTP/1.1 as refused by a 200 where nothing went over it", async () => {
    const over = (name: string, messages: object[], more: object = {}): object =>
      entry(messages, { request: { method: "GET", url: "ws://feed.test/a", headers: [{ name, value: "websocket" }] }, response: { status: 200, statusText: "OK", headers: [] }, ...more });
    const said = [{ type: "receive", time: SECONDS + 1, opcode: 1, data: "a" }];
    const files = [over("Upgrade", []), over("Upgrade", [], { _webSocketClose: "aborted" }), over("Upgrade", said), over("Upgrade", [], { _webSocketClose: { code: 1000, reason: "" } }), over(":protocol", []), over("Origin", [])];
    const { capture } = await imported(har(files));
    const status = { reason: "status", status: 200 };
    expect([...capture.table.connections.values()].map(({ failure }) => failure)).toEqual([status, status, undefined, undefined, undefined, undefined]);
  });

  it("counts monotonic seconds from the first entry that began", async () => {
    const message = (time: number): object => ({ type: "receive", time, opcode: 1, data: String(time) });
    const later = { startedDateTime: "2026-11-20T12:00:10.000Z" };
    const { rows } = await imported(har([entry([message(5000.5), message(5012)]), entry([message(5010.25)], later)]));
    expect(messagesOf(rows)).toEqual([`1 received 1 ${SECONDS + 0.5 - 0.25 + 0} 5000.5`, `2 received 1 ${SECONDS + 10} 5010.25`, `1 received 1 ${SECONDS + 11.75} 5012`]);
  });

  it("may have been made by hand: a byte order mark, opcodes as words, no opcode, no time", async () => {
    const messages = [{ type: "send", opcode: "text", data: "a" }, { opcode: "binary", type: "receive", data: "AQI=" }, { data: "c", type: "receive" }, { type: "sent", time: SECONDS + 2, opcode: "2", data: "Aw" }, { type: "receive", opcode: "ping", data: "p" }];
    const file = Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(JSON.stringify(har([entry(messages)])))]);
    const { rows, problems } = await imported(file);
    expect(messagesOf(rows)).toEqual([`1 sent 1 ${SECONDS} a`, `1 received 2 ${SECONDS} 0102`, `1 received 1 ${SECONDS} c`, `1 sent 2 ${SECONDS + 2} 03`, `1 received 9 ${SECONDS + 2} 70`]);
    expect(problems).toEqual([]);
  });

  it("has the last of a field that stands twice, as JSON.parse has it", async () => {
    const file = JSON.stringify(har([entry([{ type: "send", time: SECONDS, opcode: 1, data: "first" }])])).replace('"data":"first"', '"data":"first","data":"last"');
    expect(messagesOf((await imported(Buffer.from(file))).rows)).toEqual([`1 sent 1 ${SECONDS} last`]);
  });

  it("has streams of events", async () => {
    const events = [{ time: SECONDS + 1, eventName: "tick", eventId: "7", data: "1" }, { time: SECONDS + 2, data: "2" }];
    const stream = { ...entry(undefined, { request: { url: "https://shop.test/events", headers: [] }, response: { status: 200, statusText: "OK", headers: [{ name: "Content-Type", value: "text/event-stream" }] } }), _eventSourceMessages: events };
    const { capture, rows } = await imported(har([stream]));
    expect(messagesOf(rows)).toEqual([`1 received 1 ${SECONDS + 1} 1`, `1 received 1 ${SECONDS + 2} 2`]);
    const at = rows.findIndex((row) => row.includes(" received "));
    expect([capture.log.details.eventOf(at), capture.log.details.eventOf(at + 1)]).toEqual([{ name: "tick", id: "7" }, DEFAULT_EVENT]);
    expect(capture.table.connections.get(1 as never)).toMatchObject({ transport: "event-source", state: "closed" });
    expect(capture.log.messages).toBe(2);
    expect(frameIndex(at)).toBe(at);
  });
});

describe("what is wrong in a HAR", () => {
  const good = { type: "receive", time: SECONDS + 1, opcode: 1, data: "good" };

  it("is told by its path, and the rest is there", async () => {
    const messages = [good, { ...good, time: "noon" }, { ...good, opcode: 2, data: "not base64!" }, { ...good, data: 7 }, { ...good, type: 1 }, "message", { ...good, opcode: {} }];
    const { problems, rows } = await imported(har([entry("messages"), entry(messages, { startedDateTime: "yesterday" }), 5, entry([good], { request: 5 })]));
    expect(problems).toEqual([
      "log.entries[0]._webSocketMessages: Not a list. It is left out.",
      "log.entries[1]._webSocketMessages[1].time: Not a time.",
      "log.entries[1]._webSocketMessages[2].data: Not base64. The message is shown without its payload.",
      "log.entries[1]._webSocketMessages[3].data: Not a text.",
      "log.entries[1]._webSocketMessages[4].type: Neither send nor receive. The message is shown as received.",
      "log.entries[1]._webSocketMessages[5]: Not an object. It is left out.",
      "log.entries[1]._webSocketMessages[6].opcode: Not an opcode. The message is shown as text.",
      "log.entries[1].startedDateTime: Not a date.",
      "log.entries[2]: Not an object. It is left out.",
      "log.entries[3].request: Not an object. It is left out.",
      "log.entries[3].request.url: Not a text.",
    ]);
    expect(messagesOf(rows).filter((row) => row.endsWith("good"))).toHaveLength(5);
    expect(messagesOf(rows)).toHaveLength(7);
  });

  it("leaves all that stands before it, wherever the file is cut", async () => {
    const file = Buffer.from(JSON.stringify(har([entry([good, good, good])])));
    const firstMessage = file.indexOf('{"type"');
    let before = 0;
    for (let length = firstMessage + 1; length < file.length; length += 7) {
      const { problems, rows } = await imported(file.subarray(0, length));
      expect(problems.at(-1)).toMatch(/^log\.entries.*: The file ends here, at byte \d+\./);
      const read = messagesOf(rows).length;
      expect(read).toBeGreaterThanOrEqual(before);
      before = read;
    }
    expect(before).toBeGreaterThan(1);
  });

  it("names the place at which it is no JSON any more", async () => {
    const file = Buffer.from(JSON.stringify(har([entry([good, good])])).replace('"time":', "time:"));
    expect((await imported(file)).problems).toEqual([expect.stringMatching(/^log\.entries\[0\]\._webSocketMessages\[0\]\.type: Not JSON at byte \d+/)]);
  });

  it.runIf(IN_FULL)("may be one text that goes on and on: its message is told and has no payload, and no more of it is held than a payload may have", { timeout: 120_000 }, async () => {
    const before = Buffer.from(JSON.stringify(har([entry([good, { ...good, data: "@" }, good])])));
    const at = before.indexOf("@");
    const length = 300 * 2 ** 20;
    const size = before.length - 1 + length;
    const file = {
      name: "long.har",
      size,
      // It is made as it is read.
      read: (offset: number, into: Uint8Array): number => {
        const count = Math.max(0, Math.min(into.length, size - offset));
        const part = into.subarray(0, count).fill(0x61);
        for (let i = 0; i < count; ) {
          const place = offset + i;
          if (place >= at && place < at + length) i = Math.min(count, at + length - offset);
          else {
            const [from, to] = place < at ? [place, at] : [place - length + 1, before.length];
            const copied = before.subarray(from, Math.min(to, from + count - i));
            part.set(copied, i);
            i += copied.length;
          }
        }
        return count;
      },
    };
    const folders = new MemoryFolders();
    const { problems, capture } = await importOf(file, { folders });
    expect(problems.map(({ place, what }) => `${place}: ${en.tell(what)}`)).toEqual([expect.stringMatching(/^log\.entries\[0\]\._webSocketMessages\[1\]\.data: /)]);
    const kept = folders.folders.get(capture);
    expect(kept?.payloads.contents.length).toBeLessThan(2 ** 20);
    expect(kept === undefined ? 0 : recoverCapture(kept.journal, kept.payloads, 1 << 20).log.messages).toBe(3);
  });

  it("is refused where nothing of it is a HAR", async () => {
    await expect(imported(Buffer.from('{"log":{"entries":'))).rejects.toThrow("import.cut");
    await expect(imported({ log: {} })).rejects.toThrow("import.no-har");
    await expect(imported({ other: 1 })).rejects.toThrow("import.no-har");
    await expect(imported(har([]))).rejects.toThrow("import.nothing");
    await expect(imported({ log: { entries: ["x"] } })).rejects.toMatchObject({ told: { code: "import.nothing-readable", values: { place: "log.entries[0]", what: { code: "import.no-object" } } } });
    await expect(imported(Buffer.from("PNG"))).rejects.toThrow("import.unknown");
    await expect(imported(Buffer.alloc(0))).rejects.toThrow("import.unknown");
  });
});
