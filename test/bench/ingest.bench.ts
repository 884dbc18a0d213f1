import { closeSync, ftruncateSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { DIRECT, FIRST_NAME } from "../../src/log/kept-texts.ts";
import type { AppendFile } from "../../src/log/payload-pages.ts";
import type { CaptureBatch } from "../../src/model/capture-batch.ts";
import { messageBits } from "../../src/model/frame.ts";
import { compare, feedText, timed, type BenchRow } from "./measure.ts";

const SIZE = 200;
const BATCH = 2048;
const BUDGET = 64 * 2 ** 20;
const BITS = messageBits("received", 1, false, false);

/** The log taking frames in, journal on, in Node. */
export async function main(frames = 1_000_000): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "framescope-bench-"));
  try {
    // Memory first: nothing of the others is left to be collected meanwhile.
    const held = await memory(folder, frames);
    return [takeIn(folder, frames), steadiness(folder), held];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function takeIn(folder: string, frames: number): BenchRow {
  const texts = Array.from({ length: BATCH }, (_, i) => feedText(i, SIZE));
  const buffer = new Uint8Array(BATCH * SIZE * 3);
  const encoder = new TextEncoder();
  const encode = (): number =>
    timed(() => {
      for (let done = 0; done < frames; done += BATCH) {
        let at = 0;
        for (const text of texts) at += encoder.encodeInto(text, buffer.subarray(at)).written;
      }
    });
  const take = (): number => {
    const { log, close } = openLog(folder);
    const batch = batchOf(0);
    const took = timed(() => {
      for (let done = 0; done < frames; done += BATCH) log.take(batch, 0);
      log.save(0);
    });
    close();
    return took;
  };
  const { ratio, subject, yardstick } = compare(5, take, encode);
  return {
    name: `take ${frames.toLocaleString("en-US")} frames of ${SIZE} B into the log, journal on (Node)`,
    yardstick: "`TextEncoder.encodeInto` of the same payloads",
    value: ratio,
    limit: 3,
    unit: "x",
    detail: `${subject.toFixed(0)} ms against ${yardstick.toFixed(0)} ms`,
  };
}

function steadiness(folder: string): BenchRow {
  const large = openLog(folder, "large");
  const small = openLog(folder, "small");
  const batch = batchOf(0);
  const RUN = 50_000;
  const run = ({ log }: OpenLog): number =>
    timed(() => {
      for (let taken = 0; taken < RUN; taken += BATCH) log.take(batch, 0);
    });
  for (let done = 0; done < 5_000_000; done += RUN) run(large);
  // In turns, the log of a million frames at most beside the one of five: both meet the same disk and the same garbage collector.
  const { ratio, subject, yardstick } = compare(20, () => run(large), () => run(small));
  large.close();
  small.close();
  return {
    name: "cost of a frame at 5,000,000 against at 50,000 to 1,000,000",
    yardstick: "itself",
    value: ratio,
    limit: 1.15,
    unit: "x",
    detail: `${((subject * 1000) / RUN).toFixed(2)} µs against ${((yardstick * 1000) / RUN).toFixed(2)} µs`,
  };
}

/** Of messages that have all that decoding can tell: a topic, an id, and that of the message which they answer. */
async function memory(folder: string, frames: number): Promise<BenchRow> {
  const before = await heldByBuffers();
  const { log, close } = openLog(folder);
  const batch = batchOf(0);
  for (let done = 0; done < frames; done += BATCH) {
    log.take(batch, 0);
    for (let i = 0; i < BATCH; i++) log.decoded.add({ label: 1, kind: 1, decoder: 1, topic: FIRST_NAME, id: DIRECT + i, answers: DIRECT + i, sequence: 0, messages: undefined });
  }
  log.save(0);
  const held = (await heldByBuffers()) - before - log.log.payloads.bytesInMemory;
  close();
  return {
    name: "engine memory beside payloads, a frame, decoded",
    yardstick: "frames",
    value: held / log.log.length,
    limit: 64,
    unit: "B",
    detail: `${(held / 2 ** 20).toFixed(0)} MiB for ${log.log.length.toLocaleString("en-US")} frames`,
  };
}

/** Bytes of array buffers once all garbage is gone: V8 gives their memory back on threads of its own, some time after. */
async function heldByBuffers(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error("The memory benchmark needs node --expose-gc.");
  let least = Infinity;
  for (let round = 0; round < 10; round++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 20));
    least = Math.min(least, process.memoryUsage().arrayBuffers);
  }
  return least;
}

function batchOf(first: number): CaptureBatch {
  const payloads = Array.from({ length: BATCH }, (_, i) => Buffer.from(feedText(first + i, SIZE)));
  return {
    count: BATCH,
    times: Float64Array.from({ length: BATCH }, (_, i) => i / 1000),
    connections: new Uint32Array(BATCH).fill(1),
    bits: new Uint16Array(BATCH).fill(BITS),
    lengths: Uint32Array.from(payloads, ({ length }) => length),
    payload: new Uint8Array(Buffer.concat(payloads)),
    events: [],
    passed: first + BATCH,
  };
}

interface OpenLog {
  readonly log: CaptureLog;
  readonly close: () => void;
}

function openLog(folder: string, name = "log"): OpenLog {
  const payloads = openFile(join(folder, `${name}-payloads`));
  const journal = openFile(join(folder, `${name}-journal`));
  return {
    log: new CaptureLog({ payloads, journal }, BUDGET),
    close: () => {
      payloads.close();
      journal.close();
    },
  };
}

function openFile(path: string): AppendFile {
  const descriptor = openSync(path, "w+");
  let size = 0;
  return {
    get size() {
      return size;
    },
    append: (bytes) => {
      writeSync(descriptor, bytes, 0, bytes.length, size);
      size += bytes.length;
    },
    read: (offset, into) => readSync(descriptor, into, 0, into.length, offset),
    flush: () => {},
    cutTo: (length) => {
      ftruncateSync(descriptor, length);
      size = length;
    },
    close: () => closeSync(descriptor),
  };
}
