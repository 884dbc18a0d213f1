import type { CaptureBatch, CaptureEvent } from "../../model/capture-batch.ts";
import { isMessage, kindOf } from "../../model/frame.ts";
import { NO_CONNECTION } from "../../log/connection-table.ts";
import type { UserMark } from "../../log/user-marks.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../model/units.ts";
import type { CaptureLog } from "../capture-log.ts";
import { connectionEvents } from "./connection-events.ts";
import type { ImportedRows } from "./imported-rows.ts";
import { orderRows } from "./row-order.ts";

/** So much goes into the log at once. */
const BATCH_ROWS = 1 << 14;
const BATCH_BYTES = 1 << 23;
/** Bytes between two payloads that are read along rather than read around. */
const GAP = 1 << 12;
const GROUP = 1 << 20;
/** Before 1973: times of a file whose clock counts from nowhere. */
const LEAST_DATE = 1e11;

/** Writes what was read into a log, in the order of time; yields the share that is written. Throws what the spool throws. */
export function* writeCapture(rows: ImportedRows, capture: CaptureLog, now: () => number): Generator<number, void, void> {
  const ordering = orderRows(rows);
  let step = ordering.next();
  for (; step.done !== true; step = ordering.next()) yield 0;
  const order = step.value;
  const isDated = order.first.some((time) => time >= LEAST_DATE) || rows.described.some((what) => what?.startedAt !== undefined);
  const events = connectionEvents(rows.described, order, isDated);
  const batch = new BatchWriter(rows, capture, now);
  if (isDated) batch.addClock(events[0]?.time ?? 0);
  let next = 0;
  for (const [place, row] of order.rows.entries()) {
    const key = order.keys[row] as number;
    for (let at = events[next]; at !== undefined && (at.time < key || (at.time === key && at.isOpening)); at = events[++next]) for (const event of at.events) batch.addEvent(event);
    batch.addRow(row);
    if (batch.isDue) {
      batch.flush();
      yield place / order.rows.length;
    }
  }
  for (const at of events.slice(next)) for (const event of at.events) batch.addEvent(event);
  batch.flush();
}

/** Gathers rows and events, and gives them to the log as a capture would. */
class BatchWriter {
  readonly #rows: ImportedRows;
  readonly #capture: CaptureLog;
  readonly #now: () => number;
  #chosen: number[] = [];
  #events: { readonly at: number; readonly event: CaptureEvent }[] = [];
  #bytes = 0;
  #passed = 0;
  /** What the user said of the row that came last. */
  #mark: UserMark | undefined;

  constructor(rows: ImportedRows, capture: CaptureLog, now: () => number) {
    this.#rows = rows;
    this.#capture = capture;
    this.#now = now;
  }

  /** It is full, or its last row has a mark, which is set once the row is in the log. */
  get isDue(): boolean {
    return this.#mark !== undefined || this.#chosen.length >= BATCH_ROWS || this.#bytes >= BATCH_BYTES || this.#events.length >= BATCH_ROWS;
  }

  addClock(time: number): void {
    this.addEvent({ type: "clock", time: monotonicSeconds(time / 1000), wallTime: time / 1000 });
  }

  addEvent(event: CaptureEvent): void {
    this.#events.push({ at: this.#chosen.length, event });
  }

  addRow(row: number): void {
    const rows = this.#rows;
    const extras = rows.extras.get(row);
    const connection = connectionId(rows.connections.at(row));
    const bits = rows.bits.at(row);
    // An error is of its connection too; what belongs to none is a row and no more.
    if (kindOf(bits) !== "error" || connection === NO_CONNECTION) {
      if (extras?.event !== undefined) this.addEvent({ type: "stream-event", connection, ...extras.event });
      if (extras?.size !== undefined) this.addEvent({ type: "payload-size", connection, bytes: extras.size });
      if (extras?.ruled !== undefined) this.addEvent({ type: "ruled", connection, ...extras.ruled, back: null, ofDirection: "sent" });
      this.#chosen.push(row);
      this.#bytes += rows.lengths.at(row);
    } else {
      this.addEvent({ type: "error", connection, time: monotonicSeconds(rows.times.at(row) / 1000), message: TEXT.decode(this.#payloads([row])) });
      this.#bytes += rows.lengths.at(row);
    }
    if (extras !== undefined && (extras.pinned || extras.note !== "")) this.#mark = { pinned: extras.pinned, note: extras.note };
  }

  flush(): void {
    const chosen = this.#chosen;
    if (chosen.length === 0 && this.#events.length === 0) return;
    const rows = this.#rows;
    for (const row of chosen) if (isMessage(rows.bits.at(row))) this.#passed++;
    const batch: CaptureBatch = {
      count: chosen.length,
      times: Float64Array.from(chosen, (row) => rows.times.at(row) / 1000),
      connections: Uint32Array.from(chosen, (row) => rows.connections.at(row)),
      bits: Uint16Array.from(chosen, (row) => rows.bits.at(row)),
      lengths: Uint32Array.from(chosen, (row) => rows.lengths.at(row)),
      payload: this.#payloads(chosen),
      events: this.#events,
      passed: this.#passed,
    };
    this.#chosen = [];
    this.#events = [];
    this.#bytes = 0;
    this.#capture.take(batch, this.#now());
    if (this.#mark !== undefined) this.#capture.mark(frameIndex(this.#capture.log.length - 1), this.#mark);
    this.#mark = undefined;
  }

  /** Payloads of rows back to back, read in the order in which they stand in the spool: each part of it once. */
  #payloads(chosen: readonly number[]): Uint8Array<ArrayBuffer> {
    const { offsets, lengths } = this.#rows;
    const places = new Float64Array(chosen.length);
    let length = 0;
    for (const [i, row] of chosen.entries()) {
      places[i] = length;
      length += lengths.at(row);
    }
    const payload = new Uint8Array(length);
    const byOffset = Uint32Array.from(chosen.keys()).toSorted((a, b) => (chosen[a] as number) - (chosen[b] as number));
    for (let from = 0; from < byOffset.length; ) {
      const start = offsets.at(chosen[byOffset[from] as number] as number);
      let to = from;
      let end = start;
      for (; to < byOffset.length; to++) {
        const row = chosen[byOffset[to] as number] as number;
        const offset = offsets.at(row);
        if (to > from && (offset - end > GAP || offset + lengths.at(row) - start > GROUP)) break;
        end = offset + lengths.at(row);
      }
      this.#readGroup(chosen, byOffset.subarray(from, to), { start, end, places }, payload);
      from = to;
    }
    return payload;
  }

  #readGroup(chosen: readonly number[], group: Uint32Array, { start, end, places }: { readonly start: number; readonly end: number; readonly places: Float64Array }, payload: Uint8Array): void {
    const { offsets, lengths } = this.#rows;
    const only = group.length === 1 ? (places[group[0] as number] as number) : undefined;
    if (only !== undefined) return this.#rows.read(start, payload.subarray(only, only + end - start));
    const bytes = new Uint8Array(end - start);
    this.#rows.read(start, bytes);
    for (const i of group) {
      const row = chosen[i] as number;
      const from = offsets.at(row) - start;
      payload.set(bytes.subarray(from, from + lengths.at(row)), places[i]);
    }
  }
}

const TEXT = new TextDecoder("utf-8", { ignoreBOM: true });
