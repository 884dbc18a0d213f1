import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConnectionTable } from "../../src/log/connection-table.ts";
import { FrameLog } from "../../src/log/frame-log.ts";
import type { PlacedEvent } from "../../src/log/journal-block.ts";
import { surveyJournal, type JournalSurvey } from "../../src/log/journal-survey.ts";
import { JournalWriter } from "../../src/log/journal.ts";
import { PAYLOAD_PAGE, PayloadPages } from "../../src/log/payload-pages.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import { xxhash32 } from "../../src/log/xxhash32.ts";
import type { CaptureEvent } from "../../src/model/capture-batch.ts";
import { messageBits } from "../../src/model/frame.ts";
import { connectionId, frameIndex } from "../../src/model/units.ts";
import { MemoryFile } from "./memory-file.ts";

const BITS = messageBits("received", 2, false, false);

type Step = { readonly length: number } | "event" | "save";

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ length: fc.oneof(fc.nat(40), fc.constantFrom(0, PAYLOAD_PAGE - 1, PAYLOAD_PAGE + 5)) }),
    fc.constant("event" as const),
    fc.constant("save" as const),
  ),
  { maxLength: 14 },
);

function surveyOf(journal: MemoryFile, payloads: MemoryFile): JournalSurvey {
  const counting = surveyJournal(journal, payloads.size);
  for (;;) {
    const next = counting.next();
    if (next.done === true) return next.value;
  }
}

/** Plays steps into a log with its journal; `blocks` are the journal's lengths, with the rows that each reaches to. */
function play(played: readonly Step[]) {
  const journal = new MemoryFile();
  const payloads = new MemoryFile();
  const log = new FrameLog(new PayloadPages({ budget: 1 << 30, file: payloads }));
  const writer = new JournalWriter(journal);
  const blocks: { end: number; payloadEnd: number; rows: number; connections: number }[] = [];
  let events: PlacedEvent[] = [];
  let connections = 0;
  played.forEach((step, i) => {
    if (step === "event") {
      connections++;
      const event: CaptureEvent = { type: "created", connection: connectionId(connections), targetKey: "t", url: `ws://x/${connections}`, seenFromStart: true };
      events.push({ row: log.length, event });
    } else if (step === "save") {
      log.payloads.save();
      writer.write(log, events, 0);
      events = [];
      blocks.push({ end: journal.size, payloadEnd: payloads.size, rows: log.length, connections });
    } else {
      log.append(i, 1, BITS, Uint8Array.from({ length: step.length }, (_, byte) => (i * 13 + byte) & 0xff));
    }
  });
  return { journal, payloads, log, blocks };
}

/** That what was recovered is the first `rows` rows of `log`. */
function expectPrefix(recovered: FrameLog, log: FrameLog, rows: number): void {
  expect(recovered.length).toBe(rows);
  for (let row = 0; row < rows; row++) {
    const index = frameIndex(row);
    expect([recovered.timeAt(index), recovered.bitsAt(index), recovered.connectionAt(index)]).toEqual([log.timeAt(index), log.bitsAt(index), log.connectionAt(index)]);
    expect(Buffer.compare(recovered.payloadAt(index), log.payloadAt(index))).toBe(0);
  }
}

describe("xxhash32", () => {
  it("gives the sums of its specification", () => {
    const sum = (text: string, seed = 0): number => xxhash32(new TextEncoder().encode(text), seed);
    expect(sum("")).toBe(0x02cc5d05);
    expect(sum("abc")).toBe(0x32d153ff);
    expect(sum("Nobody inspects the spammish repetition")).toBe(0xe2293b2f);
  });
});

describe("a journal", () => {
  it("gives back every row and connection up to the last save", () => {
    fc.assert(
      fc.property(steps, (played) => {
        const { journal, payloads, log, blocks } = play(played);
        const recovered = recoverCapture(journal, payloads, 1 << 20);
        expect(recovered.problem).toBeUndefined();
        expectPrefix(recovered.log, log, blocks.at(-1)?.rows ?? 0);
        expect(recovered.table.connections.size).toBe(blocks.at(-1)?.connections ?? 0);
        // Its heads alone tell as much.
        const { rows, frames, connections, problem } = surveyOf(journal, payloads);
        expect([rows, frames, connections, problem]).toEqual([recovered.log.length, recovered.log.messages, blocks.at(-1)?.connections ?? 0, undefined]);
      }),
      { numRuns: 40 },
    );
  });

  it("damaged at any byte opens up to a whole block before the damage, and says what is missing", () => {
    const damage = fc.record({
      file: fc.constantFrom("journal" as const, "payloads" as const),
      kind: fc.constantFrom("flip" as const, "truncate" as const, "splice" as const),
      place: fc.double({ min: 0, max: 1, noNaN: true }),
      bit: fc.nat(7),
    });
    fc.assert(
      fc.property(steps, damage, (played, { file, kind, place, bit }) => {
        const files = play([...played, "event", { length: 30 }, "save"]);
        const target = files[file];
        const at = Math.min(target.size - 1, Math.floor(place * target.size));
        const bytes = target.contents;
        target.clear();
        if (kind === "flip") {
          bytes[at] = (bytes[at] as number) ^ (1 << bit);
          target.append(bytes);
        } else if (kind === "truncate") target.append(bytes.subarray(0, at));
        else {
          target.append(bytes.subarray(0, at));
          target.append(Uint8Array.of(1, 2, 3));
          target.append(bytes.subarray(at));
        }
        const recovered = recoverCapture(files.journal, files.payloads, 1 << 20);
        const whole = files.blocks.filter(({ end, payloadEnd }) => (file === "journal" ? end : payloadEnd) <= at);
        const last = files.blocks.at(-1);
        // Bytes put in behind all that counts, or a cut between two blocks, leave a journal that is whole.
        if (recovered.log.length < (last?.rows ?? 0)) {
          const isCutAtBlock = kind === "truncate" && file === "journal" && (at === 0 || files.blocks.some(({ end }) => end === at));
          if (!isCutAtBlock) expect(recovered.problem).toMatch(/whole up to byte/);
        }
        expect(recovered.log.length).toBeGreaterThanOrEqual(whole.at(-1)?.rows ?? 0);
        expectPrefix(recovered.log, files.log, recovered.log.length);
        // The heads tell where a block is cut off, and never count one that is not there.
        const survey = surveyOf(files.journal, files.payloads);
        if (kind === "truncate") expect(survey.rows).toBe(recovered.log.length);
      }),
      { numRuns: 150 },
    );
  });

  it("that is any bytes at all is read without a throw", () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.uint8Array({ maxLength: 200 }).map((rest) => Uint8Array.of(0x46, 0x53, 0x4a, 0x42, 2, 0, 0, 0, ...rest)));
    fc.assert(
      fc.property(bytes, fc.uint8Array({ maxLength: 50 }), (journalBytes, payloadBytes) => {
        const journal = new MemoryFile();
        journal.append(journalBytes);
        const payloads = new MemoryFile();
        payloads.append(payloadBytes);
        expect(recoverCapture(journal, payloads, 0).log.length).toBe(0);
        expect(surveyOf(journal, payloads).problem === undefined).toBe(journalBytes.length === 0);
      }),
    );
  });

  it("is an empty capture where nothing was written", () => {
    const recovered = recoverCapture(new MemoryFile(), new MemoryFile(), 0);
    expect([recovered.log.length, recovered.table instanceof ConnectionTable, recovered.problem]).toEqual([0, true, undefined]);
  });
});
