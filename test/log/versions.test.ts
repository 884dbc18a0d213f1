import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FrameLog } from "../../src/log/frame-log.ts";
import { writeBlock, BLOCK_READERS } from "../../src/log/journal-versions/registry.ts";
import type { JournalBlock } from "../../src/log/journal-versions/block.ts";
import { HEAD, HEAD_LENGTH } from "../../src/log/journal-versions/head.ts";
import { surveyJournal } from "../../src/log/journal-survey.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import { xxhash32 } from "../../src/log/xxhash32.ts";
import { decodeTold, encodeTold } from "../../src/log/told-payload.ts";
import { eventBits, originOf, withOrigin, type FrameBits } from "../../src/model/frame.ts";
import { say } from "../../src/model/said.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { IN_FULL } from "../some-of.ts";
import { MemoryFile } from "./memory-file.ts";
import { en } from "../words/speakers.ts";

/** A capture as a Framescope of before wrote it: both of its files. */
function captureOf(version: number): { readonly journal: MemoryFile; readonly payloads: MemoryFile } {
  const file = (name: string): MemoryFile => {
    const read = new MemoryFile();
    read.append(readFileSync(new URL(`../fixtures/captures/version-${version}/${name}`, import.meta.url)));
    return read;
  };
  return { journal: file("journal"), payloads: file("payloads") };
}

const rowsOf = (log: FrameLog): readonly (readonly unknown[])[] =>
  Array.from({ length: log.length }, (_, i) => {
    const row = frameIndex(i);
    return [log.timeAt(row), log.connectionAt(row), log.bitsAt(row), log.sizeAt(row), Buffer.from(log.payloadAt(row)).toString("latin1")];
  });

/** What each of them holds: a row's time, connection, bits, size and payload. */
const ROWS = [
  [1000.5, 1, 2, null, "Opened: 101 Switching Protocols"],
  [1001, 1, 16, 25, '{"op":"subscribe","id":1}'],
  [1002, 1, 24, 26, '{"op":"subscribed","id":1}'],
  [1000.5, 2, 2, null, "Opened: 101 Switching Protocols"],
  [1001, 2, 40, 7, "\x82\xa1a\x01\xa1b\xc3"],
  [1002, 1, 24, 19, Buffer.from("zwei\nZeilen é 😀").toString("latin1")],
  [1001, 1, 800, 1234, ""],
  [1003, 2, 3, null, Buffer.from("Closed with code 4001 “done”").toString("latin1")],
  [1004, 0, 4, null, "http://page.test/next"],
  [1005, 0, 5, null, "Recording was paused: 12 frames passed by unrecorded"],
  [1001, 1, 24, 4, "last"],
];

describe.each(BLOCK_READERS.map(({ version }) => version))("a capture of version %i of the format", (version) => {
  it("opens with every row, connection, mark and figure", () => {
    const { journal, payloads } = captureOf(version);
    const { log, table, marks, lost, problem } = recoverCapture(journal, payloads, 1 << 20);
    expect(rowsOf(log)).toEqual(ROWS);
    expect([problem, lost, log.messages]).toEqual([undefined, 3, 6]);
    expect([...table.connections.values()].map((one) => ({ id: one.id, url: one.url, state: one.state, ending: one.ending, closing: one.transport === "websocket" ? one.closing : undefined }))).toEqual([
      { id: 1, url: "ws://feed.test/1", state: "closed", ending: say("log.capture-ended"), closing: undefined },
      { id: 2, url: "ws://feed.test/2", state: "closed", ending: say("log.closed-reason", { closed: say("log.closed-code", { code: 4001 }), reason: "done" }), closing: { code: 4001, reason: "done", wasClean: true } },
    ]);
    expect(table.clock.toEpoch(monotonicSeconds(1001))).toBe(1_800_000_001_000);
    expect([marks.get(2), marks.get(4)]).toEqual([{ pinned: true, note: "" }, { pinned: false, note: "look here" }]);
  });

  it("goes on behind any bit that is damaged, with every row of the other blocks in order", () => {
    for (const name of ["journal", "payloads"] as const) {
      const { size } = captureOf(version)[name];
      for (let at = 0; at < size; at += IN_FULL ? 3 : 13) {
        const files = captureOf(version);
        files[name].flip(at, at % 8);
        const { log, problem } = recoverCapture(files.journal, files.payloads, 1 << 20);
        const rows = rowsOf(log);
        const damaged = rows.filter(([, , , , payload]) => String(payload).includes("log.damage-row"));
        expect([damaged.length, en.tell(problem ?? "")]).toEqual([1, expect.stringContaining("damaged")]);
        // The observed size of a Blob is told by the number of its row, which version 2 does not tell behind damage.
        const text = ([time, connection, bits, , payload]: readonly unknown[]): string => JSON.stringify([time, connection, bits, payload]);
        const left = rows.filter((row) => !damaged.includes(row)).map(text);
        expect(ROWS.map(text).filter((row) => left.includes(row))).toEqual(left);
        // No block of it holds more than five.
        expect(left.length).toBeGreaterThanOrEqual(ROWS.length - 5);
      }
    }
  });

  it("is counted by its heads", () => {
    const { journal, payloads } = captureOf(version);
    const counting = surveyJournal(journal, payloads, "heads");
    const told = counting.next();
    expect(told.value).toEqual({ rows: 11, frames: 6, connections: 2, pageUrl: "http://page.test/", hasEnded: true, damaged: 0, problem: undefined });
  });
});

/** One row, and what stands before it. */
const block = (change: Partial<JournalBlock>, bits = 2): JournalBlock => ({
  times: Float64Array.of(1),
  connections: Uint32Array.of(0),
  lengths: Uint32Array.of(0),
  bits: Uint16Array.of(bits),
  events: [],
  payloadFrom: 0,
  payloadTo: 0,
  payloadChecksum: 0,
  lost: 0,
  isLast: true,
  place: { blocks: 0, rows: 0, frames: 0 },
  clock: undefined,
  ...change,
});

describe("version 4", () => {
  it("keeps the transport of a connection, a stream's event, a row's origin and source, and what an event's row says as code and values", () => {
    const told = encodeTold(say("decode.array-of", { n: 3 }), eventBits("close"));
    const journal = new MemoryFile();
    const payloads = new MemoryFile();
    payloads.append(told.bytes);
    journal.append(
      writeBlock(
        block({
          times: Float64Array.of(1, 2, 3),
          connections: Uint32Array.of(1, 1, 1),
          lengths: Uint32Array.of(0, 0, told.bytes.length),
          bits: Uint16Array.of(24, withOrigin(24 as FrameBits, "rule"), told.bits),
          payloadTo: told.bytes.length,
          payloadChecksum: xxhash32(told.bytes),
          events: [
            { row: 0, event: { type: "created", connection: connectionId(1), transport: "event-source", targetKey: "t", url: "http://feed.test/", seenFromStart: true } },
            { row: 0, event: { type: "stream-event", connection: connectionId(1), name: "price", id: "7" } },
            { row: 1, event: { type: "made-from", connection: connectionId(1), row: frameIndex(0) } },
          ],
        }),
      ),
    );
    const { log, table, problem } = recoverCapture(journal, payloads, 1 << 20);
    expect([problem, table.connections.get(connectionId(1))?.transport]).toEqual([undefined, "event-source"]);
    expect([log.details.eventOf(0), log.details.eventOf(1), log.details.sourceOf(1), originOf(log.bitsAt(frameIndex(1)))]).toEqual([{ name: "price", id: "7" }, { name: "message", id: "" }, 0, "rule"]);
    expect(decodeTold(log.bitsAt(frameIndex(2)), log.payloadAt(frameIndex(2)))).toEqual(say("decode.array-of", { n: 3 }));
  });
});

/** The block with another record behind its own. */
function withRecord(bytes: Uint8Array<ArrayBuffer>, kind: number, said: string): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(bytes.length + 8 + said.length);
  longer.set(bytes);
  const view = new DataView(longer.buffer);
  view.setUint32(bytes.length, kind, true);
  view.setUint32(bytes.length + 4, said.length, true);
  longer.set(new TextEncoder().encode(said), bytes.length + 8);
  view.setUint32(HEAD.bodyLength, longer.length - HEAD_LENGTH, true);
  view.setUint32(HEAD.bodyChecksum, xxhash32(longer.subarray(HEAD_LENGTH)), true);
  view.setUint32(HEAD.headChecksum, xxhash32(longer.subarray(0, HEAD.headChecksum)), true);
  return longer;
}

describe("what a later version added to a block", () => {
  const open = (bytes: Uint8Array): ReturnType<typeof recoverCapture> => {
    const journal = new MemoryFile();
    journal.append(bytes);
    return recoverCapture(journal, new MemoryFile(), 1 << 20);
  };

  it("is passed over and counted, and the rest is read", () => {
    const strange = { type: "of-a-later-version", connection: 1 } as never;
    const one = open(withRecord(writeBlock(block({})), 77, "more"));
    expect([one.log.length, en.tell(one.problem ?? "")]).toEqual([1, "A record is left out: this version of Framescope cannot read it."]);
    const two = open(withRecord(writeBlock(block({ events: [{ row: 0, event: strange }] })), 78, ""));
    expect([two.log.length, en.tell(two.problem ?? "")]).toEqual([1, "2 records are left out: this version of Framescope cannot read them."]);
  });

  it("does no harm whatever the records of a body are", () => {
    fc.assert(
      fc.property(fc.nat(4), fc.string({ maxLength: 40 }), fc.nat(60), (kind, said, cut) => {
        const whole = withRecord(writeBlock(block({})), kind, said);
        expect(open(whole).log.length).toBe(1);
        expect(() => open(whole.subarray(0, whole.length - cut))).not.toThrow();
      }),
    );
  });
});
