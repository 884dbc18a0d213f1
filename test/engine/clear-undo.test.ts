import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import type { FrameLog } from "../../src/log/frame-log.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import { Faults } from "../../src/model/faults.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { batchOf, opened } from "./setup-engine.ts";

const textsOf = ({ log }: { readonly log: FrameLog }): string[] => Array.from({ length: log.length }, (_, row) => Buffer.from(log.payloadAt(frameIndex(row))).toString());
const pinsOf = ({ log, marks }: Pick<CaptureLog, "log" | "marks">): string[] => [...marks.pinned()].toSorted((a, b) => a - b).map((row) => textsOf({ log })[row] ?? "");

function setup(budget = 1 << 28) {
  const files = { payloads: new MemoryFile(), journal: new MemoryFile() };
  const faults = new Faults("recorder");
  return { files, faults, capture: new CaptureLog(files, budget, faults) };
}

describe("a clear", () => {
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ type: fc.constant("frame" as const), payload: fc.string({ maxLength: 20 }) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant("pin" as const) }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constantFrom("clear" as const, "clear for good" as const, "undo" as const, "wait" as const, "save" as const) }) },
  );

  it("can be undone until it is final: rows, pins and counts are then what they had been, with what came since behind them, also on the disk", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        // Whatever the budget: what waits for an undo is bounded by itself.
        const { capture, files, faults } = setup(0);
        let rows: { text: string; pinned: boolean }[] = [];
        let former: typeof rows | undefined;
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
            former = undefined;
          } else if (one.type === "undo") {
            expect(capture.undoClear()).toBe(former !== undefined);
            if (former !== undefined) rows = former.concat(rows);
            former = undefined;
          } else {
            if (one.type === "clear") capture.clearForNow(now);
            else capture.clear();
            former = one.type === "clear" ? rows : undefined;
            rows = [];
          }
          expect(textsOf(capture)).toEqual(rows.map(({ text }) => text));
          expect(pinsOf(capture)).toEqual(rows.filter(({ pinned }) => pinned).map(({ text }) => text));
          expect([capture.lost, capture.cleared?.frames]).toEqual([0, former?.length]);
          expect(capture.traffic.of(connectionId(1))?.frames ?? 0).toBe(rows.length);
        }
        capture.end(now);
        const recovered = recoverCapture(files.journal, files.payloads, 0);
        expect([recovered.problem, recovered.lost, textsOf(recovered), pinsOf(recovered)]).toEqual([undefined, 0, textsOf(capture), pinsOf(capture)]);
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
