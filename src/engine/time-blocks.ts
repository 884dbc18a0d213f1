import type { TimelineTraffic } from "../contract/timeline.ts";
import { float64Column, uint32Column } from "../log/column.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { IndexList } from "../log/index-list.ts";
import { directionOf } from "../model/frame.ts";
import { frameIndex } from "../model/units.ts";

/** Rows in one block: as few as a bucket's edges cost rows, as many as blocks cost time. */
const BLOCK_ROWS = 256;
/** Rows that are taken in before other work gets its turn. */
const SLICE_ROWS = 20_000;

/** Rows of a log, as few or as many as were found so far. */
export interface FoundRows {
  readonly length: number;
  at(position: number): number;
}

/** So many buckets from `start` on, each `step` long; in milliseconds since the log's first row. */
export interface Buckets {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}

/**
 * What passed, summed by blocks of rows, so that a stretch of time is in buckets at a cost of blocks and of the rows at
 * the buckets' edges. It holds for any order of times: targets have their own pace, and an imported file its own clock.
 * 40 bytes for 256 rows.
 */
export class TimeBlocks {
  readonly #log: FrameLog;
  readonly #rows: FoundRows;
  /** Of each block: its earliest and latest row, and what passed. */
  readonly #earliest = float64Column();
  readonly #latest = float64Column();
  readonly #sent = uint32Column();
  readonly #received = uint32Column();
  readonly #sentBytes = float64Column();
  readonly #receivedBytes = float64Column();
  /** Rows that are no messages. */
  readonly events = new IndexList();
  #taken = 0;
  #first = Infinity;
  #last = -Infinity;

  constructor(log: FrameLog, rows: FoundRows) {
    this.#log = log;
    this.#rows = rows;
  }

  /** The times of the earliest and the latest row, in milliseconds since the log's first. */
  get first(): number {
    return this.#first;
  }

  get last(): number {
    return this.#last;
  }

  /** Takes rows in that came since; answers whether there are more. */
  advance(): boolean {
    const end = Math.min(this.#rows.length, this.#taken + SLICE_ROWS);
    for (; this.#taken < end; this.#taken++) {
      const row = this.#rows.at(this.#taken);
      const time = this.#timeOf(row);
      if (time < this.#first) this.#first = time;
      if (time > this.#last) this.#last = time;
      if (directionOf(this.#log.bitsAt(frameIndex(row))) === undefined) this.events.push(row);
      if ((this.#taken + 1) % BLOCK_ROWS === 0) this.#addBlock(this.#taken + 1 - BLOCK_ROWS);
    }
    return end < this.#rows.length;
  }

  /** The traffic of the rows taken in so far. */
  traffic(buckets: Buckets): TimelineTraffic {
    const { start, step, count } = buckets;
    const traffic = emptyTraffic(count);
    const bucketOf = (time: number): number => bucketAt(buckets, time);
    const blocks = this.#earliest.length;
    for (let block = 0; block < blocks; block++) {
      const [from, to] = [this.#earliest.at(block), this.#latest.at(block)];
      if (to < start || from >= start + count * step) continue;
      const bucket = bucketOf(from);
      if (bucket === bucketOf(to)) {
        if (bucket < 0 || bucket >= count) continue;
        addTo(traffic.sent, bucket, this.#sent.at(block));
        addTo(traffic.received, bucket, this.#received.at(block));
        addTo(traffic.sentBytes, bucket, this.#sentBytes.at(block));
        addTo(traffic.receivedBytes, bucket, this.#receivedBytes.at(block));
      } else this.#addRows(traffic, bucketOf, block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS);
    }
    this.#addRows(traffic, bucketOf, blocks * BLOCK_ROWS, this.#taken);
    return traffic;
  }

  #timeOf(row: number): number {
    const origin = this.#log.timeAt(frameIndex(0));
    return (this.#log.timeAt(frameIndex(row)) - origin) * 1000;
  }

  #addRows(traffic: TimelineTraffic, bucketOf: (time: number) => number, from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const row = frameIndex(this.#rows.at(position));
      const direction = directionOf(this.#log.bitsAt(row));
      const bucket = direction === undefined ? -1 : bucketOf(this.#timeOf(row));
      if (bucket < 0 || bucket >= traffic.sent.length) continue;
      addTo(direction === "sent" ? traffic.sent : traffic.received, bucket, 1);
      addTo(direction === "sent" ? traffic.sentBytes : traffic.receivedBytes, bucket, this.#log.lengthAt(row));
    }
  }

  #addBlock(from: number): void {
    const sums = { sent: 0, received: 0, sentBytes: 0, receivedBytes: 0, earliest: Infinity, latest: -Infinity };
    for (let position = from; position < from + BLOCK_ROWS; position++) {
      const row = frameIndex(this.#rows.at(position));
      const time = this.#timeOf(row);
      sums.earliest = Math.min(sums.earliest, time);
      sums.latest = Math.max(sums.latest, time);
      const direction = directionOf(this.#log.bitsAt(row));
      if (direction === undefined) continue;
      sums[direction]++;
      sums[`${direction}Bytes`] += this.#log.lengthAt(row);
    }
    this.#earliest.push(sums.earliest);
    this.#latest.push(sums.latest);
    this.#sent.push(sums.sent);
    this.#received.push(sums.received);
    this.#sentBytes.push(sums.sentBytes);
    this.#receivedBytes.push(sums.receivedBytes);
  }
}

/** In which bucket a moment lies; one that is none of them where it is outside. */
export function bucketAt({ start, step }: Buckets, time: number): number {
  return Math.floor((time - start) / step);
}

function emptyTraffic(count: number): TimelineTraffic {
  return { sent: new Uint32Array(count), received: new Uint32Array(count), sentBytes: new Float64Array(count), receivedBytes: new Float64Array(count) };
}

function addTo(sums: Uint32Array | Float64Array, bucket: number, value: number): void {
  sums[bucket] = (sums[bucket] ?? 0) + value;
}
