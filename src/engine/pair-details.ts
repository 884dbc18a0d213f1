import { frameIndex, milliseconds, type ConnectionId, type FrameIndex } from "../model/units.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { PairDetails } from "../contract/inspect.ts";
import { answerStream } from "./answer-stream.ts";
import { messageLabelAt, pairOf } from "./decoded-row.ts";

/** How far back, and how many, answers are looked at for what is usual. */
const LOOK_BACK_ROWS = 50_000;
const MOST_ANSWERS = 200;

/** Null for a message that neither asks nor answers. Cost: a pass over the rows before it, bounded. */
export function pairDetails(capture: CaptureLog, frame: FrameIndex, message: number): PairDetails | null {
  const pair = pairOf(capture, frame, message);
  if (pair === null) return null;
  const partner = capture.decoded.partnerOf(frame, message);
  const other = partner === undefined ? null : { frame: frameIndex(partner.row), message: partner.message, label: messageLabelAt(capture, frameIndex(partner.row), partner.message) };
  const label = pair.role === "answer" && other !== null ? other.label : messageLabelAt(capture, frame, message);
  const request = pair.role === "request" ? { row: frame, message } : partner;
  return { role: pair.role, other, latency: pair.latency, stream: request === undefined ? null : answerStream(capture, request), usual: usualOf(capture, capture.log.connectionAt(frame), label) };
}

function usualOf(capture: CaptureLog, connection: ConnectionId, label: string): PairDetails["usual"] {
  const { decoded, log } = capture;
  const latencies: number[] = [];
  const last = Math.max(0, log.length - LOOK_BACK_ROWS);
  for (let row = log.length - 1; row >= last && latencies.length < MOST_ANSWERS; row--) {
    const index = frameIndex(row);
    if (log.connectionAt(index) !== connection) continue;
    const count = decoded.holdsSeveral(row) ? decoded.messages.countOf(row) : 1;
    for (let message = 0; message < count; message++) {
      if (decoded.partnerOf(row, message) === undefined) continue;
      const pair = pairOf(capture, index, message);
      if (pair?.role === "request" && pair.latency !== null && messageLabelAt(capture, index, message) === label) latencies.push(pair.latency);
    }
  }
  if (latencies.length === 0) return null;
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: milliseconds(at(0.5)), p95: milliseconds(at(0.95)), count: sorted.length };
}
