import { frameIndex, milliseconds, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { PairDetails } from "../contract/inspect.ts";
import { labelAt, pairAt } from "./decoded-row.ts";

/** How far back, and how many, answers are looked at for what is usual. */
const LOOK_BACK_ROWS = 50_000;
const MOST_ANSWERS = 200;

/** Null for a message that neither asks nor answers. Cost: a pass over the rows before it, bounded. */
export function pairDetails(capture: CaptureLog, frame: FrameIndex): PairDetails | null {
  const pair = pairAt(capture, frame);
  if (pair === null) return null;
  const partner = capture.decoded.partnerOf(frame);
  const other = partner === undefined ? null : { frame: frameIndex(partner.row), label: labelAt(capture, frameIndex(partner.row)) };
  const request = pair.role === "answer" && other !== null ? other.frame : frame;
  return { role: pair.role, other, latency: pair.latency, usual: usualOf(capture, request) };
}

function usualOf(capture: CaptureLog, request: FrameIndex): PairDetails["usual"] {
  const { log } = capture;
  const label = labelAt(capture, request);
  const connection = log.connectionAt(request);
  const latencies: number[] = [];
  const last = Math.max(0, log.length - LOOK_BACK_ROWS);
  for (let row = log.length - 1; row >= last && latencies.length < MOST_ANSWERS; row--) {
    const index = frameIndex(row);
    if (capture.decoded.partnerOf(row) === undefined || log.connectionAt(index) !== connection) continue;
    const pair = pairAt(capture, index);
    if (pair?.role === "request" && pair.latency !== null && labelAt(capture, index) === label) latencies.push(pair.latency);
  }
  if (latencies.length === 0) return null;
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: milliseconds(at(0.5)), p95: milliseconds(at(0.95)), count: sorted.length };
}
