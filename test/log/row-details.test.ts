import { describe, expect, it } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import type { FrameLog } from "../../src/log/frame-log.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import type { RowDetail } from "../../src/model/capture-batch.ts";
import { originOf } from "../../src/model/frame.ts";
import { connectionId, frameIndex } from "../../src/model/units.ts";
import { batchOf, opened } from "../engine/setup-engine.ts";
import { MemoryFile } from "./memory-file.ts";

const madeFrom = (row: number): RowDetail => ({ type: "made-from", connection: connectionId(1), row: frameIndex(row) });

const linksOf = (log: FrameLog): readonly unknown[] => Array.from({ length: log.length }, (_, row) => log.details.sourceOf(row));

describe("a row that was made from another", () => {
  it("says so, and who made it, also when the capture is read back", () => {
    const files = { payloads: new MemoryFile(), journal: new MemoryFile() };
    const capture = new CaptureLog(files, 1 << 20);
    capture.take(batchOf([...opened(1), { payload: "first" }]), 0);
    capture.save(0);
    capture.take(batchOf([madeFrom(1), { payload: "again", direction: "sent", origin: "user" }, { payload: "third" }], 2), 0);
    capture.end(0);
    for (const log of [capture.log, recoverCapture(files.journal, files.payloads, 0).log]) {
      expect(linksOf(log)).toEqual([undefined, undefined, 1, undefined]);
      expect([originOf(log.bitsAt(frameIndex(1))), originOf(log.bitsAt(frameIndex(2)))]).toEqual(["page", "user"]);
    }
  });

  it("is made from none where that one is missing, or cannot have been", () => {
    const files = { payloads: new MemoryFile(), journal: new MemoryFile() };
    const capture = new CaptureLog(files, 1 << 20);
    capture.take(batchOf([...opened(1), { payload: "first" }]), 0);
    capture.save(0);
    const end = files.journal.size;
    capture.take(batchOf([{ payload: "second" }, madeFrom(1), { payload: "again" }, madeFrom(2), { payload: "and again" }, madeFrom(9), { payload: "of what is to come" }], 4), 0);
    capture.end(0);
    expect(linksOf(capture.log)).toEqual([undefined, undefined, undefined, 1, 2, undefined]);
    files.journal.flip(end - 3, 0);
    // The damaged block's two rows are one that says so.
    expect(linksOf(recoverCapture(files.journal, files.payloads, 0).log)).toEqual([undefined, undefined, undefined, 1, undefined]);
  });

  it("leaves nothing to the row behind it where it finds no room", () => {
    const capture = new CaptureLog({ why: "a test" }, 8);
    capture.take(batchOf([{ payload: "1" }, madeFrom(0), { payload: "longer than the budget" }, { payload: "2" }]), 0);
    expect([capture.log.length, linksOf(capture.log)]).toEqual([2, [undefined, undefined]]);
  });
});
