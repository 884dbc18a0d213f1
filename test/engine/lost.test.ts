import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { FrameLog } from "../../src/log/frame-log.ts";
import { PayloadPages } from "../../src/log/payload-pages.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import type { CaptureBatch, CaptureEvent } from "../../src/model/capture-batch.ts";
import { countFaults, Faults } from "../../src/model/faults.ts";
import { messageBits } from "../../src/model/frame.ts";
import { frameIndex } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { batchOf, opened, setupEngine, type Step } from "./setup-engine.ts";
import { toldOf } from "./setup-engine.ts";

/** An event that no code knows: taking it in throws. */
const BAD = { type: "no such event" } as unknown as CaptureEvent;
const BITS = messageBits("received", 1, false, false);

const texts = ({ log }: { readonly log: FrameLog }): string[] =>
  Array.from({ length: log.length }, (_, row) => Buffer.from(log.payloadAt(frameIndex(row))).toString());

function setup(budget = 1 << 28) {
  const files = { payloads: new MemoryFile(), journal: new MemoryFile() };
  const faults = new Faults("recorder");
  return { files, faults, capture: new CaptureLog(files, budget, faults) };
}

describe("taking a batch in", () => {
  it("goes on behind what a bug keeps out, and counts the bug", () => {
    const { capture, faults } = setup();
    capture.take(batchOf([{ payload: "1" }, { payload: "2" }, BAD, { payload: "3" }, { payload: "4" }]), 0);
    expect(texts(capture)).toEqual(["1", "2", "3", "4"]);
    expect([capture.lost, countFaults(faults.list)]).toEqual([0, 1]);
  });

  it("counts exactly the frames that are not in the log, whatever kept them out, and keeps the journal whole", () => {
    const step: fc.Arbitrary<Step | "wrong length" | "dropped"> = fc.oneof(
      { weight: 6, arbitrary: fc.record({ payload: fc.string({ maxLength: 30 }) }) },
      fc.constant(BAD),
      fc.constant("wrong length" as const),
      fc.constant("dropped" as const),
    );
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 8 }), { maxLength: 6 }), (batches) => {
        const { capture, files, faults } = setup();
        let passed = 0;
        for (const steps of batches) {
          const dropped = steps.filter((one) => one === "dropped").length;
          const batch = batchOf(steps.filter((one) => typeof one !== "string"), passed + dropped);
          passed = batch.passed;
          const isWrong = steps.includes("wrong length") && batch.count > 0;
          if (isWrong) (batch.lengths as Uint32Array)[batch.count - 1] = 1000;
          capture.take(batch, 0);
        }
        expect(capture.log.messages + capture.lost).toBe(passed);
        capture.end(0);
        const recovered = recoverCapture(files.journal, files.payloads, 0);
        expect([recovered.problem, recovered.lost]).toEqual([undefined, capture.lost]);
        expect(texts(recovered)).toEqual(texts(capture));
        expect(faults.list.length > 0).toBe(batches.some((steps) => steps.includes(BAD) || (steps.includes("wrong length") && steps.some((one) => typeof one === "object" && "payload" in one))));
      }),
    );
  });

  it("adds a row to all columns or to none, where memory ends in the middle", () => {
    const pages = new PayloadPages({ budget: 1 << 30 });
    let fails = true;
    const append = pages.append.bind(pages);
    pages.append = (bytes) => {
      if (fails) throw new RangeError("Array buffer allocation failed");
      return append(bytes);
    };
    const log = new FrameLog(pages);
    const rows = { times: Float64Array.of(1, 2), connections: Uint32Array.of(1, 1), lengths: Uint32Array.of(1, 2), bits: Uint16Array.of(BITS, BITS) };
    expect(() => log.appendAll(rows, Buffer.from("abb"))).toThrow(RangeError);
    fails = false;
    expect([log.length, log.appendAll(rows, Buffer.from("abb")), log.length, log.messages]).toEqual([0, true, 2, 2]);
    expect(texts({ log })).toEqual(["a", "bb"]);
  });

  it("acknowledges a batch that cannot be taken in at all, and tells of both", async () => {
    const { engine, take, until, end } = setupEngine();
    take([...opened(1), { payload: "1" }]);
    const broken = { ...batchOf([{ payload: "2" }, { payload: "3" }], 1), events: null } as unknown as CaptureBatch;
    const done = new Promise((resolve) => engine.receive({ type: "batch", batch: broken }, resolve));
    await done;
    take([{ payload: "4" }], 2);
    const changed = await until(({ frames, faults }) => frames === 2 && faults.length > 0);
    expect([changed.lost, changed.faults[0]?.where]).toEqual([2, "recorder"]);
    end();
  });
});

describe("a bug while writing", () => {
  it("is told as a bug, not as a full disk, and what it kept from the disk is written by the next save", () => {
    const { capture, files, faults } = setup();
    let fails = true;
    const append = files.journal.append.bind(files.journal);
    files.journal.append = (bytes) => {
      if (fails) throw new RangeError("Invalid typed array length");
      append(bytes);
    };
    capture.take(batchOf([...opened(1), { payload: "1" }]), 1000);
    expect([capture.storage.state, faults.list.map(({ what }) => what)]).toEqual(["saving", ["RangeError: Invalid typed array length"]]);
    fails = false;
    capture.save(2000);
    expect(texts(recoverCapture(files.journal, files.payloads, 0)).at(-1)).toBe("1");
  });

  it("that comes each time ends the writing, and says why", () => {
    const { capture, files } = setup();
    files.journal.append = () => {
      throw new RangeError("Invalid typed array length");
    };
    for (let i = 0; i < 3; i++) capture.take(batchOf([{ payload: "1" }]), 1000 * (i + 1));
    expect(toldOf(capture.storage)).toEqual(expect.stringMatching(/^An internal error keeps/));
  });
});

describe("a disk that refuses", () => {
  it("to keep what was written, is told", async () => {
    const { capture, files, faults } = setup();
    const { Refusal } = await import("../../src/model/refusal.ts");
    files.payloads.flush = () => {
      throw new Refusal("the file is gone");
    };
    capture.take(batchOf([{ payload: "1" }]), 1000);
    capture.flush();
    expect(toldOf(capture.storage)).toEqual(expect.stringContaining("the file is gone"));
    expect(faults.list).toEqual([]);
  });

  it("to give up what is cleared, is told", async () => {
    const { capture, files } = setup();
    const { Refusal } = await import("../../src/model/refusal.ts");
    files.journal.cutTo = () => {
      throw new Refusal("the file is gone");
    };
    capture.take(batchOf([{ payload: "1" }]), 1000);
    capture.clear();
    expect(toldOf(capture.storage)).toEqual(expect.stringMatching(/^What was cleared is still on the disk \(the file is gone\)/));
  });
});
