import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import type { FrameLog } from "../../src/log/frame-log.ts";
import { surveyJournal, type JournalSurvey } from "../../src/log/journal-survey.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import { Faults } from "../../src/model/faults.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { batchOf, opened } from "./setup-engine.ts";

const textsOf = ({ log }: { readonly log: FrameLog }): string[] => Array.from({ length: log.length }, (_, row) => Buffer.from(log.payloadAt(frameIndex(row))).toString());
const pinsOf = ({ log, marks }: Pick<CaptureLog, "log" | "marks">): string[] => [...marks.pinned()].toSorted((a, b) => a - b).map((row) => textsOf({ log })[row] ?? "");

const newFiles = () => ({ payloads: new MemoryFile(), journal: new MemoryFile() });

/** `isKept`: what is cleared stays, as a capture of its own. */
function setup(budget = 1 << 28, isKept = false) {
  const files = newFiles();
  /** Of each capture on the disk, the one that is recorded last. */
  const all = [files];
  const next = () => {
    if (!isKept) return undefined;
    const made = newFiles();
    all.push(made);
    return made;
  };
  const faults = new Faults("recorder");
  return { files, all, faults, capture: new CaptureLog(files, budget, faults, undefined, next) };
}

function surveyOf({ journal, payloads }: ReturnType<typeof newFiles>): JournalSurvey {
  const survey = surveyJournal(journal, payloads, "whole");
  for (;;) {
    const { done, value } = survey.next();
    if (done === true) return value;
  }
}

describe("a clear", () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ type: fc.constant("frame" as const), payload: fc.string({ maxLength: 20 }) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant("pin" as const) }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constantFrom("clear" as const, "clear for good" as const, "undo" as const, "wait" as const, "save" as const) }) },
  );

  it("can be undone until it is final: rows, pins and counts are then what they had been, with what came since behind them, also on the disk; what is final is gone, or a capture of its own", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.boolean(), (steps, isKept) => {
        // Whatever the budget: what waits for an undo is bounded by itself.
        const { capture, all, faults } = setup(0, isKept);
        let rows: { text: string; pinned: boolean }[] = [];
        let former: typeof rows | undefined;
        const kept: (typeof rows)[] = [];
        const makeFinal = (): void => {
          if (isKept && former !== undefined && former.length > 0) kept.push(former);
          former = undefined;
        };
        let passed = 0;
        let now = 1000;
        for (const one of steps) {
          if (one.type === "frame") {
            const batch = batchOf([{ payload: one.payload }], passed);
            passed = batch.passed;
            capture.take(batch, now);
            rows.push({ text: one.payload, pinned: false });
          } else if (one.type === "pin") {
            const last = rows.at(-1);
            if (last === undefined) continue;
            last.pinned = true;
            capture.mark(frameIndex(rows.length - 1), { pinned: true });
          } else if (one.type === "save") capture.save((now += 1000));
          else if (one.type === "wait") {
            capture.endUndoWhenOld((now += 20_000));
            makeFinal();
          } else if (one.type === "undo") {
            expect(capture.undoClear()).toBe(former !== undefined);
            if (former !== undefined) rows = former.concat(rows);
            former = undefined;
          } else {
            // Of the second click of two nothing is cleared.
            const isNothing = one.type === "clear" && former !== undefined && rows.length === 0;
            if (one.type === "clear") capture.clearForNow(now);
            else capture.clear();
            if (isNothing) continue;
            makeFinal();
            former = one.type === "clear" ? rows : undefined;
            rows = [];
          }
          expect(textsOf(capture)).toEqual(rows.map(({ text }) => text));
          expect(pinsOf(capture)).toEqual(rows.filter(({ pinned }) => pinned).map(({ text }) => text));
          expect([capture.lost, capture.cleared?.frames]).toEqual([0, former?.length]);
          expect(capture.traffic.of(connectionId(1))?.frames ?? 0).toBe(rows.length);
        }
        capture.end(now);
        makeFinal();
        const recovered = all.map(({ journal, payloads }) => recoverCapture(journal, payloads, 0));
        expect(recovered.map((one) => [one.problem, one.lost, textsOf(one), pinsOf(one)])).toEqual(
          [...kept, rows].map((of) => [undefined, 0, of.map(({ text }) => text), of.filter(({ pinned }) => pinned).map(({ text }) => text)]),
        );
        expect(all.map((files) => surveyOf(files).hasEnded)).toEqual(all.map(() => true));
        expect(faults.list).toEqual([]);
      }),
    );
  });

  it("brings back the connections that had ended, and keeps those that ended meanwhile", () => {
    const { capture, files } = setup();
    const closed = (connection: number) => ({ type: "closed" as const, connection: connectionId(connection), time: monotonicSeconds(2) });
    capture.take(batchOf([...opened(1), ...opened(2), { payload: "1" }, closed(1)]), 1000);
    capture.clearForNow(1000);
    expect([capture.cleared, [...capture.table.connections.keys()]]).toEqual([{ frames: 1, connections: 1 }, [2]]);
    capture.take(batchOf([closed(2), ...opened(3), { payload: "2" }], 1), 2000);
    capture.undoClear();
    expect([...capture.table.connections.values()].map(({ id, state }) => [id, state])).toEqual([[1, "closed"], [2, "closed"], [3, "open"]]);
    capture.end(3000);
    const recovered = recoverCapture(files.journal, files.payloads, 0);
    expect([...recovered.table.connections.values()].map(({ id, state }) => [id, state === "open" ? "open" : "closed"])).toEqual([[1, "closed"], [2, "closed"], [3, "closed"]]);
    expect(recovered.problem).toBeUndefined();
  });

  it("leaves a capture that ended where such are kept, with its connections, and goes on in another with those that are open", () => {
    const { capture, all } = setup(0, true);
    const closed = { type: "closed" as const, connection: connectionId(1), time: monotonicSeconds(2) };
    capture.take(batchOf([...opened(1), ...opened(2), { payload: "1" }, closed], 3), 1000);
    capture.clearForNow(2000);
    capture.take(batchOf([{ payload: "2" }], 4), 3000);
    capture.endUndoWhenOld(12_000);
    capture.take(batchOf([{ payload: "3" }], 5), 13_000);
    capture.save(13_000);
    expect(all.map(({ journal }) => journal.isClosed)).toEqual([true, false]);
    const [former, now] = all.map(({ journal, payloads }) => recoverCapture(journal, payloads, 0));
    expect([former?.problem, former?.lost, [...(former?.table.connections.keys() ?? [])]]).toEqual([undefined, 3, [1, 2]]);
    expect([now?.problem, now?.lost, now === undefined ? [] : textsOf(now), [...(now?.table.connections.keys() ?? [])]]).toEqual([undefined, 0, ["2", "3"], [2]]);
    expect(all.map((files) => surveyOf(files).hasEnded)).toEqual([true, false]);
  });

  it("leaves nothing where a page navigates and its log is not to be kept, nor of a disk that refuses", () => {
    const { capture, all } = setup(0, true);
    capture.take(batchOf([...opened(1), { payload: "1" }]), 1000);
    capture.take(batchOf([{ type: "navigated", time: monotonicSeconds(2), url: "http://page.test/", keepLog: false }], 1), 2000);
    expect(all).toHaveLength(1);
    (all[0] as ReturnType<typeof newFiles>).journal.room = 0;
    capture.take(batchOf([{ payload: "2" }], 1), 3000);
    capture.save(4000);
    capture.clearForNow(5000);
    capture.endUndoWhenOld(20_000);
    expect(all).toHaveLength(1);
  });

  it("leaves what it took away on the disk until it is final: an engine that ends meanwhile loses nothing of it", () => {
    const { capture, files } = setup();
    capture.take(batchOf([...opened(1), { payload: "1" }]), 1000);
    capture.clearForNow(2000);
    capture.take(batchOf([{ payload: "2" }], 1), 3000);
    expect(textsOf(recoverCapture(files.journal, files.payloads, 0))).toContain("1");
    capture.endUndoWhenOld(13_000);
    capture.save(13_000);
    expect(textsOf(recoverCapture(files.journal, files.payloads, 0))).toEqual(["2"]);
  });
});
