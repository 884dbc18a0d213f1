import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { FrameBatcher, type BatchTaken } from "../../src/capture/frame-batcher.ts";
import type { LogSource } from "../../src/engine/capture-disk.ts";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import type { CaptureBatch, CaptureEvent } from "../../src/model/capture-batch.ts";
import { Faults } from "../../src/model/faults.ts";
import { isMessage, messageBits } from "../../src/model/frame.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { someOf } from "../some-of.ts";
import { batchOf, opened, setupEngine } from "./setup-engine.ts";
import { decodeTold } from "../../src/log/told-payload.ts";
import { en } from "../words/speakers.ts";

const BITS = messageBits("received", 1, false, false);

/** A capture whose engine a test ends at any moment: batches are taken, or are still under way, when it says so. */
function setup(disk: "disk" | "memory only") {
  const files = { payloads: new MemoryFile(), journal: new MemoryFile() };
  const faults = new Faults("recorder");
  const open = (source: LogSource): CaptureLog => new CaptureLog(source, 1 << 28, faults);
  let log = open(disk === "disk" ? files : { why: "" });
  let underWay: CaptureBatch[] = [];
  const waiting: (() => void)[] = [];
  const batcher = new FrameBatcher({ send: (batch) => underWay.push(batch), soon: (callback) => waiting.push(callback) });
  const send = (): void => waiting.splice(0).forEach((callback) => callback());
  const take = (): void => {
    for (const batch of underWay.splice(0)) {
      log.take(batch, (now += 10));
      batcher.batchDone(done(batch));
    }
  };
  const done = ({ payload }: CaptureBatch): BatchTaken => ({ payloadBytes: payload.length, safeEvents: log.safeEvents, framesBefore: log.framesBefore });
  let now = 0;
  let sent = 0;
  return {
    files,
    faults,
    log: () => log,
    frame: (payload: string) => {
      sent++;
      batcher.addText(monotonicSeconds(1001 + sent), connectionId(1), BITS, payload);
    },
    event: (event: CaptureEvent) => batcher.addEvent(event),
    /** Batches leave the capture. */
    send,
    take,
    /** All that is to come has come. */
    settle: () => {
      while (waiting.length > 0 || underWay.length > 0) {
        send();
        take();
      }
    },
    save: () => log.save((now += 1000)),
    die: () => {
      underWay = [];
      log = open(disk === "disk" ? { resumed: files } : { why: "" });
      while (log.recover());
      batcher.tellAgain();
    },
    clear: () => log.clear(),
    /** Frames that were sent, of those since the last clear. */
    sent: () => sent,
  };
}

const rowsOf = ({ log }: Pick<CaptureLog, "log">): string[] => Array.from({ length: log.length }, (_, row) => en.tell(decodeTold(log.bitsAt(frameIndex(row)), log.payloadAt(frameIndex(row)))));
const framesOf = (capture: CaptureLog): string[] => rowsOf(capture).filter((_, row) => isMessage(capture.log.bitsAt(frameIndex(row))));

describe("a capture whose engine ends", () => {
  it("keeps what was written, counts exactly what was not, and says both in a row", () => {
    const { log, event, frame, send, take, settle, save, die } = setup("disk");
    for (const one of opened(1)) event(one);
    for (const payload of ["1", "2"]) frame(payload);
    send();
    take();
    save();
    frame("3");
    send();
    take();
    frame("4");
    send();
    expect(log().log.messages).toBe(3);
    die();
    frame("5");
    settle();
    expect(rowsOf(log())).toEqual(["Opened: 101 Switching Protocols", "1", "2", "Recording stopped and was restarted. 2 frames were lost.", "5"]);
    expect([log().lost, log().restarts, log().resumedAt, log().storage.state]).toEqual([2, { times: 1, lost: 2 }, 3, "saving"]);
    save();
    die();
    settle();
    expect([framesOf(log()), log().lost, log().restarts]).toEqual([["1", "2", "5"], 2, { times: 2, lost: 2 }]);
    expect(log().table.connections.get(connectionId(1))).toMatchObject({ url: "ws://feed.test/1", state: "open" });
  });

  it("goes on in the journal behind the last whole block, wherever the writing of the next was cut off, and says what is missing", () => {
    for (let cut = 1; ; cut += 7) {
      const { log, event, frame, settle, save, die, files } = setup("disk");
      for (const one of opened(1)) event(one);
      frame("1");
      settle();
      save();
      const before = files.journal.size;
      frame("2");
      frame("3");
      settle();
      save();
      if (files.journal.size - cut <= before) return expect(cut).toBeGreaterThan(90);
      files.journal.cutTo(files.journal.size - cut);
      die();
      frame("4");
      settle();
      save();
      expect([framesOf(log()), log().storage.state, log().lost]).toEqual([["1", "4"], "saving", 2]);
      expect(rowsOf(log())).toContain("Recording stopped and was restarted. 2 frames were lost.");
      const { log: kept, problem } = recoverCapture(files.journal, files.payloads, 1 << 20);
      expect([problem, rowsOf({ log: kept })]).toEqual([undefined, rowsOf(log())]);
    }
  });

  it("in memory only loses what it had, says how much, and still knows what is open", () => {
    const { log, event, frame, send, take, settle, die, clear } = setup("memory only");
    for (const one of [...opened(1), ...opened(2)]) event(one);
    event({ type: "closed", connection: connectionId(2), time: monotonicSeconds(1002) });
    for (const payload of ["1", "2"]) frame(payload);
    send();
    take();
    clear();
    for (const payload of ["3", "4", "5"]) frame(payload);
    send();
    take();
    frame("6");
    die();
    settle();
    expect(rowsOf(log())).toEqual(["Opened: 101 Switching Protocols", "Recording stopped and was restarted. 3 frames were lost.", "6"]);
    expect([log().lost, [...log().table.connections.keys()], log().table.connections.get(connectionId(1))?.state]).toEqual([3, [1], "open"]);
  });

  for (const disk of ["disk", "memory only"] as const) {
    it(`has each frame once or counts it, and each event once, whenever the engine ends (${disk})`, () => {
      const step = fc.oneof(
        { weight: 8, arbitrary: fc.constant("frame" as const) },
        { weight: 3, arbitrary: fc.constantFrom("open" as const, "close" as const, "error" as const) },
        { weight: 4, arbitrary: fc.constantFrom("send" as const, "take" as const, "save" as const) },
        { weight: 2, arbitrary: fc.constant("die" as const) },
        fc.constant("clear" as const),
      );
      fc.assert(
        fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
          const stage = setup(disk);
          for (const one of opened(1)) stage.event(one);
          let frames = 0;
          let errors = 0;
          let next = 2;
          let isOpen = false;
          let atClear = 0;
          for (const one of steps) {
            if (one === "frame") stage.frame(`f${frames++}`);
            else if (one === "open" && !isOpen) {
              isOpen = true;
              for (const event of opened(next)) stage.event(event);
            } else if (one === "close" && isOpen) {
              isOpen = false;
              stage.event({ type: "closed", connection: connectionId(next++), time: monotonicSeconds(1005) });
            } else if (one === "error") stage.event({ type: "error", connection: connectionId(1), time: monotonicSeconds(1005), message: `e${errors++}` });
            else if (one === "clear") {
              // A clear that the capture has not heard of is the one thing that a log without a disk cannot tell.
              stage.settle();
              stage.clear();
              stage.frame(`f${frames++}`);
              atClear = frames - 1;
              stage.settle();
            } else if (one === "send" || one === "take" || one === "save" || one === "die") stage[one]();
          }
          stage.settle();
          const log = stage.log();
          expect(stage.faults.list).toEqual([]);
          const found = framesOf(log);
          expect(found.length + log.lost).toBe(frames - atClear);
          expect(found).toEqual([...new Set(found)].toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
          const rows = rowsOf(log).filter((text) => text.startsWith("e"));
          expect(new Set(rows).size).toBe(rows.length);
          const states = [...log.table.connections.values()].filter(({ state }) => state === "open").map(({ id }) => id);
          expect(states).toEqual(isOpen ? [1, next] : [1]);
        }),
        { numRuns: someOf(300) },
      );
    });
  }
});

describe("an engine that takes over", () => {
  const ends: (() => void)[] = [];
  afterEach(() => ends.splice(0).forEach((end) => end()));

  it("shows what was written at once, takes in what came meanwhile, and then speaks to its views", async () => {
    const files = { payloads: new MemoryFile(), journal: new MemoryFile() };
    const first = setupEngine({ log: files });
    first.take([...opened(1), { payload: "1" }, { payload: "2" }]);
    first.end();
    const second = setupEngine({ log: { resumed: files } });
    ends.push(second.end);
    second.engine.receive({ type: "batch", batch: { ...batchOf([], 3), again: { eventsBefore: 4, openings: [], framesBefore: 0 } } }, () => {});
    second.engine.receive({ type: "batch", batch: batchOf([{ payload: "4" }], 3) }, () => {});
    const changed = await second.until(({ frames }) => frames === 3);
    expect(second.pushes[0]?.frames).toBe(2);
    expect(changed).toMatchObject({ lost: 1, restarts: { times: 1, lost: 1 }, resumedAt: 3, storage: { state: "saving" } });
    const { rows } = await second.call("rows", { from: 0, to: 9 });
    expect(rows.map(({ preview }) => preview)).toEqual(["Opened: 101 Switching Protocols", "1", "2", "Recording stopped and was restarted. 1 frame was lost.", "4"]);
  });
});
