import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { CaptureLog } from "../../../src/engine/capture-log.ts";
import { frameIndex } from "../../../src/model/units.ts";
import { MemoryFile } from "../../log/memory-file.ts";
import { en } from "../../words/speakers.ts";
import { batchOf, opened } from "../setup-engine.ts";
import { imported } from "./imported.ts";

const lines = (...records: readonly object[]): Buffer => Buffer.from(`${records.map((record) => JSON.stringify(record)).join("\n")}\n`);

const START = 1_795_175_557;
const CAPTURE = { record: "capture", format: "framescope", version: 1, rows: 3 };
const FEED = {
  record: "connection",
  connection: 7,
  transport: "websocket",
  url: "wss://shop.test/feed",
  state: "closed",
  seenFromStart: true,
  closed: START + 5,
  target: { type: "page", url: "https://shop.test/" },
  request: { time: START, headers: [{ name: "Origin", value: "https://shop.test" }] },
  response: { time: START + 0.02, status: 101, statusText: "Switching Protocols", headers: [] },
  closing: { code: 1000, reason: "done", wasClean: true },
};
const message = (n: number, time: number, more: object): object => ({ record: "message", n, connection: 7, time: START + time, direction: "received", opcode: 1, size: 1, ...more });
const END = { record: "end", connections: 1, messages: 2, rows: 3 };

describe("Framescope's NDJSON", () => {
  it("is the capture that it was written from", async () => {
    const file = lines(
      CAPTURE,
      FEED,
      { record: "open", n: 1, connection: 7, time: START + 0.02, text: "101 Switching Protocols" },
      message(2, 1, { label: "tick", text: '{"type":"tick"}', kind: "event", pinned: true, note: "here" }),
      message(3, 2, { direction: "sent", opcode: 2, base64: "AQID/w==" }),
      { record: "navigation", n: 4, connection: null, time: START + 3, text: "https://shop.test/next" },
      { record: "error", n: 5, connection: 7, time: START + 4, text: "It broke" },
      message(6, 4.5, { direction: "sent", opcode: 2, size: 9, base64: "", unreported: true }),
      { record: "close", n: 7, connection: 7, time: START + 5, text: "Closed" },
      { record: "of the future", what: {} },
      END,
    );
    for (const largest of [5, Infinity]) {
      const { rows, problems, capture } = await imported(file, { largest });
      expect(problems).toEqual([]);
      expect(rows).toEqual([
        `1 open ${START + 0.02} Opened: 101 Switching Protocols`,
        `1 received 1 import ${START + 1} {"type":"tick"}`,
        `1 sent 2 import ${START + 2} 010203ff`,
        `0 navigation ${START + 3} https://shop.test/next`,
        `1 error ${START + 4} It broke`,
        `1 sent 2 import ${START + 4.5} `,
        `1 close ${START + 5} Closed with code 1000 “done”`,
      ]);
      expect(capture.marks.get(1)).toEqual({ pinned: true, note: "here" });
      expect([capture.log.sizeAt(frameIndex(5)), capture.lost]).toEqual([9, 0]);
      expect(capture.table.connections.get(1 as never)).toMatchObject({ url: "wss://shop.test/feed", state: "closed", closing: { code: 1000 } });
    }
  });

  it("that is cut or wrong says so, by line and field", async () => {
    const file = lines(CAPTURE, FEED, message(2, 1, { text: "good" }), message(3, 2, { base64: "!" }), message(4, 3, { direction: "up", text: "odd" }), message(5, 4, { text: "last" }));
    expect((await imported(file)).problems).toEqual([
      "[4].base64: Not base64. The message is shown without its payload.",
      "[5].direction: Neither send nor receive. The message is shown as received.",
      expect.stringMatching(/^\[7\]: The file ends here, at byte \d+/),
    ]);
    expect((await imported(file.subarray(0, -8))).problems.at(-1)).toMatch(/^\[6\]: The file ends here/);
  });
});

describe("a Framescope capture", () => {
  function captured(): { journal: Uint8Array; payloads: Uint8Array } {
    const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
    const log = new CaptureLog(files, 1 << 20, undefined, en.tell);
    log.take(batchOf([...opened(1), { payload: "a", direction: "sent" }, { payload: '{"log":{"entries":[]}}' }]), 0);
    log.mark(frameIndex(1), { pinned: true, note: "look" });
    log.end(0);
    return { journal: files.journal.contents, payloads: files.payloads.contents };
  }
  const about = Buffer.from(JSON.stringify({ format: "framescope-capture", version: 1, name: "x" }));

  it("is kept as it is: rows, origins, pins and notes", async () => {
    const { answer, rows, capture, problems } = await imported(zipSync({ "capture.json": [about, { level: 0 }], ...captured() }));
    expect(problems).toEqual([]);
    expect(rows.map((row) => row.replace(/ \d{10}[\d.]* /, " "))).toEqual(["1 open Opened: 101 Switching Protocols", "1 sent 1 page a", '1 received 1 page {"log":{"entries":[]}}']);
    expect(capture.marks.get(1)).toEqual({ pinned: true, note: "look" });
    expect([answer.connections, answer.frames]).toEqual([1, 2]);
  });

  it("that is damaged opens as far as it is whole, and one that is none is refused", async () => {
    const { journal, payloads } = captured();
    const { problems } = await imported(zipSync({ "capture.json": about, payloads, journal: Buffer.concat([journal, Buffer.alloc(50, 7)]) }));
    expect(problems).toEqual([expect.stringMatching(/^journal: .*damaged/)]);
    await expect(imported(zipSync({ "capture.json": about, journal }))).rejects.toThrow("import.no-journal");
    await expect(imported(zipSync({ "capture.json": about, journal: Buffer.alloc(0), payloads: Buffer.alloc(0) }))).rejects.toMatchObject({ name: "Refusal" });
  });
});
