import type { LogSource } from "../../src/engine/capture-disk.ts";
import { CaptureLog } from "../../src/engine/capture-log.ts";
import { messageBits } from "../../src/model/frame.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";
import { feedText } from "./measure.ts";

/** Bytes of a frame. */
export const SIZE = 200;
const BATCH = 10_000;

/** A capture of so many frames of one connection, a millisecond apart. `frames`: a multiple of 10,000. */
export function feed(frames: number, source: LogSource = { why: "a benchmark" }, textAt = (index: number): string => feedText(index, SIZE)): CaptureLog {
  const capture = new CaptureLog(source, frames * SIZE * 2);
  const encoder = new TextEncoder();
  const bits = messageBits("received", 1, false, false);
  for (let from = 0; from < frames; from += BATCH) {
    const payload = new Uint8Array(BATCH * SIZE);
    for (let i = 0; i < BATCH; i++) encoder.encodeInto(textAt(from + i), payload.subarray(i * SIZE));
    const count = BATCH;
    capture.take(
      {
        count,
        times: Float64Array.from({ length: count }, (_, i) => 1 + (from + i) / 1000),
        connections: new Uint32Array(count).fill(1),
        bits: new Uint16Array(count).fill(bits),
        lengths: new Uint32Array(count).fill(SIZE),
        payload,
        events:
          from > 0
            ? []
            : [
                { at: 0, event: { type: "clock", time: monotonicSeconds(0), wallTime: 1_795_176_000 } },
                { at: 0, event: { type: "created", connection: connectionId(1), targetKey: "", url: "wss://feed.test/", seenFromStart: true } },
              ],
        passed: from + count,
      },
      0,
    );
  }
  return capture;
}
