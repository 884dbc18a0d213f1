import type { TimelineView } from "../../../src/contract/timeline.ts";
import { frameIndex, milliseconds, monotonicSeconds } from "../../../src/model/units.ts";

const EVERY_MS = 3.7;

/** Much received and little sent, with a burst. */
export function madeUpTimeline(rows: number, rate: number, buckets: number): TimelineView | null {
  if (rows === 0) return null;
  const length = rate === 0 ? rows * EVERY_MS : (rows / rate) * 1000;
  const step = length / buckets;
  const each = rows / buckets;
  const received = Uint32Array.from({ length: buckets }, (_, i) => Math.round(each * (0.4 + Math.abs(Math.sin(i / 9)) + (i > buckets * 0.7 && i < buckets * 0.8 ? 2 : 0))));
  const sent = Uint32Array.from({ length: buckets }, (_, i) => (i % 5 === 0 ? Math.ceil(each / 40) : 0));
  return {
    first: milliseconds(0),
    last: milliseconds(length),
    from: milliseconds(0),
    to: milliseconds(length),
    start: milliseconds(0),
    step: milliseconds(step),
    all: { sent, received, sentBytes: Float64Array.from(sent, (n) => n * 140), receivedBytes: Float64Array.from(received, (n) => n * 204) },
    shown: null,
    latency: null,
    lanes: { shown: [], count: 0 },
    silences: [],
    quiet: [],
    unmarked: 0,
    marks: [{ kind: "close", at: milliseconds(length / 10), count: 1, frame: frameIndex(0), code: 1006 }],
    window: null,
    origin: monotonicSeconds(0),
    anchors: [{ monotonic: monotonicSeconds(0), wallTime: Date.now() / 1000 - length / 1000 }],
  };
}
