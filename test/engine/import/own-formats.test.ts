import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { CaptureLog } from "../../../src/engine/capture-log.ts";
import { ImportedRows } from "../../../src/engine/import/imported-rows.ts";
import { writeCapture } from "../../../src/engine/import/write-capture.ts";
import { Faults } from "../../../src/model/faults.ts";
import type { CaptureBatch } from "../../../src/model/capture-batch.ts";
import { WallClock } from "../../../src/model/clock.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../../src/model/units.ts";
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
  it("has no time that no date can be written of: it is told, and the row has that of the row before it", async () => {
    const wild = { ...FEED, closed: 1e16, request: { ...FEED.request, time: -5 } };
    const { rows, problems, capture } = await imported(lines(CAPTURE, wild, message(1, 1, { text: "a" }), { ...message(2, 2, { text: "b" }), time: 1e13 }, { ...message(3, 2, { text: "c" }), time: -1 }, END));
    expect(problems).toEqual(["wss://shop.test/feed startedAt: Not a time.", "wss://shop.test/feed closedAt: Not a time.", "[4].time: Not a time.", "[5].time: Not a time."]);
    expect(rows.filter((row) => / received /.test(row))).toEqual(["a", "b", "c"].map((text) => `1 received 1 import ${START + 1} ${text}`));
    const { clock } = capture.table;
    for (let row = 0; row < capture.log.length; row++) expect(() => new Date(clock.toEpoch(capture.log.timeAt(frameIndex(row))) ?? 0).toISOString()).not.toThrow();
  });

  it("gives other work its turn behind each row that is pinned", async () => {
    const rows = new ImportedRows(new MemoryFile());
    const connection = rows.open();
    for (let row = 0; row < 300; row++) rows.add({ connection, kind: "message", isReceived: true, opcode: 1, time: 1e12 + row, payload: Uint8Array.of(0x61), pinned: row % 3 !== 0, note: row % 3 === 2 ? `${row}` : "" });
    rows.finish();
    const capture = new CaptureLog({ journal: new MemoryFile(), payloads: new MemoryFile() }, 1 << 20, new Faults("recorder"), en.tell);
    const writing = [...writeCapture(rows, capture, () => 0)];
    expect(writing.length).toBeGreaterThanOrEqual(200);
    const marked = Array.from({ length: capture.log.length }, (_, row) => capture.marks.get(frameIndex(row)));
    expect(marked.filter((mark) => mark?.pinned === true)).toHaveLength(200);
    expect(marked.filter((mark) => (mark?.note ?? "") !== "").map((mark) => mark?.note)).toEqual(Array.from({ length: 100 }, (_, n) => `${n * 3 + 2}`));
  });

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
        `1 close ${START + 5} 1000: closed “done”`,
      ]);
      expect(capture.marks.get(1)).toEqual({ pinned: true, note: "here" });
      expect([capture.log.sizeAt(frameIndex(5)), capture.lost]).toEqual([9, 0]);
      expect(capture.table.connections.get(1 as never)).toMatchObject({ url: "wss://shop.test/feed", state: "closed", closing: { code: 1000 } });
    }
  });

  it("has the last of the fields that say what a message holds", async () => {
    expect((await imported(lines(CAPTURE, FEED, message(1, 1, { text: "first", base64: "bGFzdA==" }), END))).rows.filter((row) => row.includes(" received "))).toEqual([`1 received 1 import ${START + 1} last`]);
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

  it.each([Number.NaN, 1e300, Infinity, -1e300])("that has %d where a time is, in a row or in what happened, has a damaged place there", async (wild) => {
    // JSON has no such number but those that are finite.
    const written = Number.isFinite(wild) ? wild : 1e300;
    const batches: readonly CaptureBatch[] = [
      { ...batchOf([{ payload: "late" }], 1), times: Float64Array.of(wild) },
      batchOf([{ type: "closed", connection: connectionId(1), time: monotonicSeconds(written) }], 1),
      batchOf([{ payload: "late" }, { type: "clock", time: monotonicSeconds(1), wallTime: written }], 1),
    ];
    for (const last of batches) {
      const files = { journal: new MemoryFile(), payloads: new MemoryFile() };
      const log = new CaptureLog(files, 1 << 20, undefined, en.tell);
      log.take(batchOf([...opened(1), { payload: "a" }]), 0);
      log.save(1000);
      log.take(last, 2000);
      log.end(3000);
      const { rows, problems, capture } = await imported(zipSync({ "capture.json": about, journal: files.journal.contents, payloads: files.payloads.contents }));
      expect(problems).toEqual([expect.stringMatching(/^journal: .*damaged/)]);
      expect(rows.some((row) => row.includes("received"))).toBe(true);
      for (let row = 0; row < capture.log.length; row++) expect(Number.isFinite(capture.log.timeAt(frameIndex(row)))).toBe(true);
    }
  });

  it("whose clock and times make no date together shows no date", () => {
    const clock = new WallClock();
    clock.anchor({ monotonic: monotonicSeconds(-2e11), wallTime: 2e11 });
    clock.anchor({ monotonic: monotonicSeconds(0), wallTime: 1e300 });
    expect([clock.toEpoch(monotonicSeconds(0)), clock.toEpoch(monotonicSeconds(2e11)), clock.toEpoch(monotonicSeconds(-2e11 - 2e11 - 1))]).toEqual([undefined, undefined, undefined]);
    expect(clock.toEpoch(monotonicSeconds(-2e11))).toBe(2e14);
  });

  it("that is damaged opens as far as it is whole, and one that is none is refused", async () => {
    const { journal, payloads } = captured();
    const { problems } = await imported(zipSync({ "capture.json": about, payloads, journal: Buffer.concat([journal, Buffer.alloc(50, 7)]) }));
    expect(problems).toEqual([expect.stringMatching(/^journal: .*damaged/)]);
    await expect(imported(zipSync({ "capture.json": about, journal }))).rejects.toThrow("import.no-journal");
    await expect(imported(zipSync({ "capture.json": about, journal: Buffer.alloc(0), payloads: Buffer.alloc(0) }))).rejects.toMatchObject({ name: "Refusal" });
  });
});
