import type { FrameBits } from "../model/frame.ts";
import type { FrameLog, LogSlice } from "../log/frame-log.ts";
import type { Traffic } from "./traffic.ts";

/** Where frames go. */
export interface TakenInto {
  readonly log: FrameLog;
  readonly traffic: Traffic;
}

/** Takes rows and their payloads, one behind the other, into a log. What finds no room there is left out. */
export function takeFrames({ log, traffic }: TakenInto, rows: LogSlice, payload: Uint8Array, now: number): void {
  // Together they found no room; one by one some may.
  if (!log.appendAll(rows, payload)) return takeOneByOne({ log, traffic }, rows, payload, now);
  traffic.add(rows, 0, rows.lengths.length, now);
}

function takeOneByOne({ log, traffic }: TakenInto, rows: LogSlice, payload: Uint8Array, now: number): void {
  let offset = 0;
  for (let i = 0; i < rows.lengths.length; i++) {
    const end = offset + (rows.lengths[i] as number);
    const place = log.append(rows.times[i] as number, rows.connections[i] as number, rows.bits[i] as FrameBits, payload.subarray(offset, end));
    if (place === undefined) log.details.drop(log.length);
    else traffic.add(rows, i, i + 1, now);
    offset = end;
  }
}
