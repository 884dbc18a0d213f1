import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectionTable } from "../../src/log/connection-table.ts";
import { FrameLog } from "../../src/log/frame-log.ts";
import type { PlacedEvent } from "../../src/log/journal-versions/block.ts";
import { surveyJournal, type JournalSurvey } from "../../src/log/journal-survey.ts";
import type { Look } from "../../src/log/journal-walk.ts";
import { JournalWriter } from "../../src/log/journal.ts";
import { PAYLOAD_PAGE, PayloadPages } from "../../src/log/payload-pages.ts";
import { recoverCapture, Recovery } from "../../src/log/recovery.ts";
import { Xxhash32, xxhash32 } from "../../src/log/xxhash32.ts";
import type { CaptureEvent } from "../../src/model/capture-batch.ts";
import { isMessage, messageBits } from "../../src/model/frame.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { someOf } from "../some-of.ts";
import { MemoryFile } from "./memory-file.ts";
import { en } from "../words/speakers.ts";
import { decodeTold } from "../../src/log/told-payload.ts";
import { say } from "../../src/model/said.ts";
import { processorTime } from "../processor-time.ts";

const BITS = messageBits("received", 2, false, false);
const CLOCK = { monotonic: monotonicSeconds(0), wallTime: 1_800_000_000 };

type Step = { readonly length: number } | "event" | "save";

const frame = fc.record({ length: fc.oneof(fc.nat(40), fc.constantFrom(0, PAYLOAD_PAGE - 1, PAYLOAD_PAGE + 5)) });
const smallFrame = fc.record({ length: fc.nat(40) });
const stepsOf = (frames: fc.Arbitrary<Step>, maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(fc.oneof(frames, fc.constant("event" as const), fc.constant("save" as const)), { maxLength });

function surveyOf(journal: MemoryFile, payloads: MemoryFile, look: Look): JournalSurvey {
  const counting = surveyJournal(journal, payloads, look);
  for (;;) {
    const next = counting.next();
    if (next.done === true) return next.value;
  }
}

/** A block as it was written: where it stands in both files, its rows, and the connections that it makes known. */
interface Written {
  readonly at: number;
  readonly end: number;
  readonly payloadAt: number;
  readonly payloadEnd: number;
  readonly rows: readonly number[];
  readonly connections: readonly number[];
}

/** Plays steps into a log with its journal. Each row's time is its number, its connection the one made known last. */
function play(played: readonly Step[]) {
  const journal = new MemoryFile();
  const payloads = new MemoryFile();
  const log = new FrameLog(new PayloadPages({ budget: 1 << 30, file: payloads }));
  const writer = new JournalWriter(journal);
  const blocks: Written[] = [];
  let events: PlacedEvent[] = [];
  let connections = 0;
  for (const step of played) {
    if (step === "event") {
      connections++;
      const event: CaptureEvent = { type: "created", connection: connectionId(connections), targetKey: "t", url: `ws://x/${connections}`, seenFromStart: true };
      events.push({ row: log.length, event });
    } else if (step === "save") {
      const before = { at: journal.size, payloadAt: payloads.size, rows: blocks.reduce((sum, { rows }) => sum + rows.length, 0) };
      log.payloads.save();
      writer.write(log, { events, lost: 0, clock: CLOCK, end: "goes on" });
      const made = events.flatMap(({ event }) => (event.type === "created" ? [event.connection as number] : []));
      events = [];
      if (journal.size === before.at) continue;
      const rows = Array.from({ length: log.length - before.rows }, (_, i) => before.rows + i);
      blocks.push({ at: before.at, end: journal.size, payloadAt: before.payloadAt, payloadEnd: payloads.size, rows, connections: made });
    } else {
      const number = log.length;
      log.append(number, Math.max(1, connections), BITS, Uint8Array.from({ length: step.length }, (_, byte) => (number * 13 + byte) & 0xff));
    }
  }
  return { journal, payloads, log, blocks };
}

/** That the messages recovered are these rows of the log that was written, in order, each with its own payload. */
function expectRows(recovered: FrameLog, log: FrameLog, rows: readonly number[]): void {
  const messages = Array.from({ length: recovered.length }, (_, row) => frameIndex(row)).filter((row) => isMessage(recovered.bitsAt(row)));
  expect(messages.map((row) => recovered.timeAt(row) as number)).toEqual(rows);
  for (const row of messages) {
    const written = frameIndex(recovered.timeAt(row));
    expect([recovered.bitsAt(row), recovered.connectionAt(row)]).toEqual([log.bitsAt(written), log.connectionAt(written)]);
    expect(Buffer.compare(recovered.payloadAt(row), log.payloadAt(written))).toBe(0);
  }
}

/** The rows that stand for what is missing. */
const damageRows = (log: FrameLog): string[] =>
  Array.from({ length: log.length }, (_, row) => frameIndex(row))
    .filter((row) => !isMessage(log.bitsAt(row)))
    .map((row) => en.tell(decodeTold(log.bitsAt(row), log.payloadAt(row))));

/** Reads a journal as an engine does; steps that find nothing may not go on for ever. */
function recover(journal: MemoryFile, payloads: MemoryFile): Recovery {
  const recovery = new Recovery(journal, payloads, 1 << 20);
  for (let left = 10_000; recovery.step() !== undefined; left--) if (left === 0) throw new Error("It goes on and on.");
  return recovery;
}

describe("xxhash32", () => {
  it("gives the sums of its specification", () => {
    const sum = (text: string, seed = 0): number => xxhash32(new TextEncoder().encode(text), seed);
    expect(sum("")).toBe(0x02cc5d05);
    expect(sum("abc")).toBe(0x32d153ff);
    expect(sum("Nobody inspects the spammish repetition")).toBe(0xe2293b2f);
  });

  it("gives the same of bytes that come in parts", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(5)), fc.nat(), (bytes, parts, seed) => {
        const sum = new Xxhash32(seed);
        let at = 0;
        for (const part of parts) {
          const next = bytes.subarray(at, at + part * 16);
          if (next.length < part * 16) break;
          sum.add(next);
          at += next.length;
        }
        expect(sum.end(bytes.subarray(at))).toBe(xxhash32(bytes, seed));
      }),
    );
  });
});

describe("a journal", () => {
  it("gives back every row and connection up to the last save", () => {
    fc.assert(
      fc.property(stepsOf(frame, 14), (played) => {
        const { journal, payloads, log, blocks } = play(played);
        const recovered = recover(journal, payloads);
        expect(recovered.problem).toBeUndefined();
        const saved = blocks.flatMap(({ rows }) => rows);
        expect(recovered.log.length).toBe(saved.length);
        expectRows(recovered.log, log, saved);
        const connections = blocks.flatMap((block) => block.connections);
        expect([...recovered.table.connections.keys()]).toEqual(connections);
        // Its heads alone tell as much.
        for (const look of ["heads", "whole"] as const) {
          expect(surveyOf(journal, payloads, look)).toMatchObject({ rows: saved.length, frames: saved.length, connections: connections.length, damaged: 0, problem: undefined });
        }
      }),
      { numRuns: 40 },
    );
  });

  /** Damage of one file: bits flipped, bytes overwritten or zeroed, taken out, put in, or the end cut off. */
  const damage = fc.record({
    file: fc.constantFrom("journal" as const, "payloads" as const),
    kind: fc.constantFrom("flip" as const, "overwrite" as const, "zero" as const, "take out" as const, "put in" as const, "cut" as const),
    place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 90 }),
  });

  it("damaged anywhere loses the blocks that are damaged alone, and has a row for each place", () => {
    fc.assert(
      fc.property(stepsOf(smallFrame, 30), damage, (played, { file, kind, place, bytes }) => {
        const files = play([...played, "event", { length: 30 }, "save"]);
        const target = files[file];
        const before = target.contents;
        const at = Math.floor(place * before.length);
        const gone = kind === "cut" ? before.length - at : kind === "put in" ? 0 : Math.min(kind === "flip" ? 1 : bytes.length, before.length - at);
        const put = kind === "flip" ? Uint8Array.of((before[at] as number) ^ ((bytes[0] as number) || 1)) : kind === "overwrite" ? bytes.subarray(0, gone) : kind === "zero" ? new Uint8Array(gone) : kind === "put in" ? bytes : new Uint8Array(0);
        target.cutTo(0);
        target.append(before.subarray(0, at));
        target.append(put);
        target.append(before.subarray(at + gone));
        const after = target.contents;
        // Where it was, or moved by what was taken out or put in.
        const stands = (from: number, to: number): boolean => [0, after.length - before.length].some((shift) => from + shift >= 0 && Buffer.compare(before.subarray(from, to), after.subarray(from + shift, to + shift)) === 0);
        const hit = files.blocks.filter((block) => (file === "journal" ? !stands(block.at, block.end) : !stands(block.payloadAt, block.payloadEnd)));
        const isWhole = (block: Written): boolean => !hit.includes(block);
        const recovered = recover(files.journal, files.payloads);
        expectRows(recovered.log, files.log, files.blocks.filter(isWhole).flatMap(({ rows }) => rows));
        const rows = damageRows(recovered.log);
        // Nothing can be missed where a cut goes between two blocks.
        const cutAtBlock = kind === "cut" && file === "journal" && !files.blocks.some((block) => block.at < at && at < block.end);
        const putAtEnd = kind === "put in" && file === "journal" && hit.length === 0;
        // A block without payloads is whole between two whose payloads are cut off.
        const places = files.blocks.filter((block) => !isWhole(block) || block.rows.length > 0).filter((block, i, all) => !isWhole(block) && (i === 0 || isWhole(all[i - 1] as Written))).length;
        expect(rows.length).toBe(putAtEnd ? 1 : cutAtBlock ? 0 : places);
        const lost = hit.reduce((sum, block) => sum + block.rows.length, 0);
        const told = rows.length > 1 ? null : /(?:No frames are missing|(At least )?([\d,]+) frames? (?:is|are) missing|(Frames may be missing)) here/.exec(rows[0] ?? "");
        if (rows.length === 1) {
          expect(told).not.toBeNull();
          const count = Number(told?.[2] ?? 0);
          if (told?.[1] === undefined && told?.[3] === undefined) expect(count).toBe(lost);
          else expect(count).toBeLessThanOrEqual(lost);
        }
        // Connections of rows that are there are there, though their opening is not.
        const openings = files.blocks.filter((block) => isWhole(block) || file === "payloads").flatMap((block) => block.connections);
        for (const connection of openings) expect(recovered.table.connections.get(connectionId(connection))?.url).toBe(`ws://x/${connection}`);
        // Rows before the first opening have a connection of which nothing was ever told.
        const behind = hit.length === 0 ? [] : files.blocks.slice(files.blocks.indexOf(hit.at(-1) as Written) + 1).flatMap((block) => block.rows);
        for (const row of behind) expect(recovered.table.connections.has(files.log.connectionAt(frameIndex(row)))).toBe(true);
        // What is told of it without opening it is what opens.
        const survey = surveyOf(files.journal, files.payloads, "whole");
        expect(survey).toMatchObject({ rows: recovered.log.messages, frames: recovered.log.messages, connections: recovered.table.connections.size, damaged: rows.length, problem: recovered.problem });
        if (file === "journal") expect(surveyOf(files.journal, files.payloads, "heads").frames).toBeGreaterThanOrEqual(recovered.log.messages);
      }),
      { numRuns: someOf(600) },
    );
  });

  it("damaged in many places goes on behind each", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1 << 20), { minLength: 1, maxLength: 12 }), fc.nat(7), (places, bit) => {
        const files = play(Array.from({ length: 60 }, (_, i): Step => (i % 3 === 2 ? "save" : i % 3 === 1 ? { length: i } : "event")));
        const hit = new Set<Written>();
        for (const place of places) {
          const at = place % files.journal.size;
          files.journal.flip(at, bit);
          hit.add(files.blocks.find(({ end }) => at < end) as Written);
        }
        // The same bit may be flipped back.
        const recovered = recover(files.journal, files.payloads);
        const times = Array.from({ length: recovered.log.length }, (_, row) => frameIndex(row)).filter((row) => isMessage(recovered.log.bitsAt(row))).map((row) => recovered.log.timeAt(row));
        for (const block of files.blocks) if (!hit.has(block)) for (const row of block.rows) expect(times).toContain(row);
        expectRows(recovered.log, files.log, times);
      }),
      { numRuns: someOf(200) },
    );
  });

  it("finds the payloads behind a place where many were cut out", () => {
    const files = play(Array.from({ length: 300 }, (_, i): Step => (i % 2 === 1 ? "save" : { length: 1000 })));
    const bytes = files.payloads.contents;
    files.payloads.cutTo(0);
    files.payloads.append(bytes.subarray(0, 50_500));
    files.payloads.append(bytes.subarray(60_500));
    const recovered = recover(files.journal, files.payloads);
    expectRows(recovered.log, files.log, Array.from({ length: 150 }, (_, i) => i).filter((row) => row < 50 || row > 60));
    expect(damageRows(recovered.log)).toEqual(["Damaged: bytes 50,000 to 60,999 of the file “payloads”. 11 frames are missing here."]);
    expect(en.tell(recovered.problem ?? "")).toBe("This capture is damaged in one place; a row of type error says where. 11 frames are missing.");
  });

  it("says what is missing, and which bytes cannot be read", () => {
    const files = play([{ length: 5 }, "save", "event", { length: 5 }, { length: 5 }, "save", { length: 5 }, "save"]);
    const [, second, third] = files.blocks as [Written, Written, Written];
    files.journal.flip(second.at + 3, 0);
    const middle = recover(files.journal, files.payloads);
    expect(damageRows(middle.log)).toEqual([`Damaged: bytes ${second.at} to ${third.at - 1} of the file “journal”. 2 frames are missing here.`]);
    files.journal.flip(third.end - 1, 0);
    const tail = recover(files.journal, files.payloads);
    // The last head is whole, and tells of its frame.
    expect(damageRows(tail.log)).toEqual([`Damaged: bytes ${second.at} to ${third.end - 1} of the file “journal”. At least 1 frame is missing here.`]);
    // The clock was anchored, and the connection opened, by what is missing.
    expect(middle.table.clock.toEpoch(monotonicSeconds(1))).toBe(1_800_000_001_000);
    expect([...middle.table.connections.values()]).toMatchObject([{ id: 1, url: "", seenFromStart: false, notice: say("log.opening-damaged") }]);
  });

  it("puts a mark on its row though rows before it are missing, and says where one is left out", () => {
    const journal = new MemoryFile();
    const payloads = new MemoryFile();
    const log = new FrameLog(new PayloadPages({ budget: 1 << 20, file: payloads }));
    const writer = new JournalWriter(journal);
    const starts: number[] = [];
    const write = (events: readonly PlacedEvent[]): void => {
      starts.push(journal.size);
      log.payloads.save();
      writer.write(log, { events, lost: 0, clock: CLOCK, end: "goes on" });
    };
    for (let save = 0; save < 3; save++) {
      for (let i = 0; i < 4; i++) log.append(log.length, 1, BITS, Uint8Array.of(log.length));
      write([]);
    }
    write([2, 6, 9].map((row) => ({ row: 12, event: { type: "mark", frame: row, pinned: true, note: String(row) } })));
    journal.flip((starts[1] as number) + 30, 0);
    const { log: recovered, marks, problem } = recover(journal, payloads);
    const noted = Array.from({ length: recovered.length }, (_, row) => [recovered.timeAt(frameIndex(row)), marks.get(row)?.note]).filter(([, note]) => note !== undefined);
    expect(noted).toEqual([[2, "2"], [9, "9"]]);
    expect(en.tell(problem ?? "")).toMatch(/A pin or note is left out/);
  });

  it("notices a block that is not there any more", () => {
    const files = play([{ length: 5 }, "save", "event", "save", { length: 5 }, "save", { length: 5 }, "save"]);
    const bytes = files.journal.contents;
    for (const { at, end, rows } of files.blocks.slice(0, -1)) {
      const journal = new MemoryFile();
      journal.append(bytes.subarray(0, at));
      journal.append(bytes.subarray(end));
      const recovered = recover(journal, files.payloads);
      const missing = rows.length === 0 ? "No frames are missing" : "1 frame is missing";
      expect(damageRows(recovered.log)).toEqual([`Damaged: byte ${at.toLocaleString("en")} of the file “journal”, where a part is cut out. ${missing} here.`]);
    }
  });

  it("takes no block twice, and none in another place", () => {
    const files = play([{ length: 5 }, "save", { length: 6 }, "save", { length: 7 }, "save"]);
    const bytes = files.journal.contents;
    const [first, second, third] = files.blocks.map(({ at, end }) => bytes.subarray(at, end)) as [Uint8Array, Uint8Array, Uint8Array];
    for (const [order, rows] of [[[first, second, second, third], [0, 1, 2]], [[first, third, second], [0, 2]], [[first, first, second, third], [0, 1, 2]]] as const) {
      const journal = new MemoryFile();
      for (const block of order) journal.append(block);
      const recovered = recover(journal, files.payloads);
      expectRows(recovered.log, files.log, rows);
      expect(en.tell(recovered.problem ?? "")).toMatch(/damaged/);
    }
  });

  it("that is any bytes at all is read without a throw", () => {
    const start = fc.constantFrom([2, 0, 0, 0], [3, 0, 0, 0], [9, 0, 0, 0]);
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.tuple(start, fc.uint8Array({ maxLength: 200 })).map(([version, rest]) => Uint8Array.of(0x46, 0x53, 0x4a, 0x42, ...version, ...rest)));
    fc.assert(
      fc.property(bytes, fc.uint8Array({ maxLength: 50 }), (journalBytes, payloadBytes) => {
        const journal = new MemoryFile();
        journal.append(journalBytes);
        const payloads = new MemoryFile();
        payloads.append(payloadBytes);
        const { log } = recover(journal, payloads);
        expect([log.messages, log.length]).toEqual([0, journalBytes.length === 0 ? 0 : 1]);
        for (const look of ["heads", "whole"] as const) expect(surveyOf(journal, payloads, look).problem === undefined).toBe(journalBytes.length === 0);
      }),
    );
  });

  it("that was made by hand, with checksums that fit, is read without a throw", () => {
    const event = fc.oneof(fc.anything(), fc.record({ type: fc.constantFrom("created", "mark", "target", "closed", "handshake-request", "payload-size", "made-from", "error", "nonsense"), connection: fc.anything(), target: fc.anything(), frame: fc.anything(), url: fc.anything() }, { requiredKeys: ["type"] }));
    const events = fc.array(fc.record({ row: fc.oneof(fc.integer(), fc.anything()), event }, { requiredKeys: [] }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(events, { minLength: 1, maxLength: 4 }), fc.nat(400), (blocks, flipped) => {
        const journal = new MemoryFile();
        const payloads = new MemoryFile();
        const log = new FrameLog(new PayloadPages({ budget: 1 << 20, file: payloads }));
        const writer = new JournalWriter(journal);
        for (const made of blocks) {
          log.append(log.length, 1, BITS, Uint8Array.of(1, 2, 3));
          log.payloads.save();
          writer.write(log, { events: made.filter((one) => toJson(one) && one.event !== undefined && one.event !== null) as unknown as PlacedEvent[], lost: 0, clock: CLOCK, end: "goes on" });
        }
        journal.flip(flipped % journal.size, 0);
        recover(journal, payloads);
        for (const look of ["heads", "whole"] as const) surveyOf(journal, payloads, look);
      }),
      { numRuns: someOf(300) },
    );
  });

  it("that was made to be searched for ever ends soon", () => {
    const one = play([{ length: 0 }, "save"]).journal.contents;
    // Heads that are whole, each of a long body that is not.
    const head = one.slice(0, 96);
    const view = new DataView(head.buffer);
    view.setUint32(8, 1 << 20, true);
    view.setUint32(92, xxhash32(head.subarray(0, 92)), true);
    const journal = new MemoryFile();
    const many = new Uint8Array(20_000 * head.length);
    for (let at = 0; at < many.length; at += head.length) many.set(head, at);
    journal.append(many);
    const spent = processorTime(() => {
      const { problem } = recover(journal, new MemoryFile());
      expect(en.tell(problem ?? "")).toMatch(/Nothing of it can be read/);
    });
    expect(spent).toBeLessThan(5000);
  });

  it("is read though the disk fails in places", () => {
    const files = play(Array.from({ length: 40 }, (_, i): Step => (i % 2 === 1 ? "save" : { length: 10 })));
    const [, bad] = files.blocks as [Written, Written];
    for (const [file, from, to] of [[files.journal, bad.at, bad.end], [files.payloads, bad.payloadAt, bad.payloadEnd]] as const) {
      const read = file.read.bind(file);
      file.read = (offset, into) => {
        if (offset >= from && offset < to) throw new Error("the disk failed");
        return read(offset, into);
      };
      const recovered = recover(files.journal, files.payloads);
      expect(en.tell(recovered.problem ?? "")).toMatch(/damaged in one place/);
      file.read = read;
    }
  });

  it("is an empty capture where nothing was written", () => {
    const recovered = recoverCapture(new MemoryFile(), new MemoryFile(), 0);
    expect([recovered.log.length, recovered.table instanceof ConnectionTable, recovered.problem]).toEqual([0, true, undefined]);
  });
});

/** Whether a value can be written as JSON. */
function toJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}
