import type { TimelineTraffic } from "../contract/timeline.ts";
import { float64Column, uint32Column } from "../log/column.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { IndexList } from "../log/index-list.ts";
import { directionOf } from "../model/frame.ts";
import { frameIndex } from "../model/units.ts";

/** Rows in one block, and blocks in a larger one: as few as a bucket's edges cost, as many as passing over them costs. */
const BLOCK_ROWS = 64;
const LARGER = 64;
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

/** What passed in stretches of rows: of each its earliest and latest row, and the sums. */
class Sums {
  readonly earliest = float64Column();
  readonly latest = float64Column();
  readonly sent = uint32Column();
  readonly received = uint32Column();
  readonly sentBytes = float64Column();
  readonly receivedBytes = float64Column();

  get length(): number {
    return this.earliest.length;
  }

  push({ earliest, latest, sent, received, sentBytes, receivedBytes }: Sum): void {
    this.earliest.push(earliest);
    this.latest.push(latest);
    this.sent.push(sent);
    this.received.push(received);
    this.sentBytes.push(sentBytes);
    this.receivedBytes.push(receivedBytes);
  }

  addTo(sum: Sum, place: number): void {
    sum.earliest = Math.min(sum.earliest, this.earliest.at(place));
    sum.latest = Math.max(sum.latest, this.latest.at(place));
    sum.sent += this.sent.at(place);
    sum.received += this.received.at(place);
    sum.sentBytes += this.sentBytes.at(place);
    sum.receivedBytes += this.receivedBytes.at(place);
  }
}

interface Sum {
  earliest: number;
  latest: number;
  sent: number;
  received: number;
  sentBytes: number;
  receivedBytes: number;
}

const nothing = (): Sum => ({ earliest: Infinity, latest: -Infinity, sent: 0, received: 0, sentBytes: 0, receivedBytes: 0 });

/**
 * What passed, summed by blocks of rows, so that a stretch of time is in buckets at a cost of blocks and of the rows at
 * the buckets' edges. It holds for any order of times: targets have their own pace, and an imported file its own clock.
 * 41 bytes for 64 rows.
 */
export class TimeBlocks {
  readonly #log: FrameLog;
  readonly #rows: FoundRows;
  readonly #blocks = new Sums();
  readonly #larger = new Sums();
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
    const traffic = emptyTraffic(buckets.count);
    const addRows = (block: number): void => this.#addRows(traffic, buckets, block * BLOCK_ROWS, (block + 1) * BLOCK_ROWS);
    addSums(traffic, buckets, this.#larger, 0, this.#larger.length, (place) => addSums(traffic, buckets, this.#blocks, place * LARGER, (place + 1) * LARGER, addRows));
    addSums(traffic, buckets, this.#blocks, this.#larger.length * LARGER, this.#blocks.length, addRows);
    this.#addRows(traffic, buckets, this.#blocks.length * BLOCK_ROWS, this.#taken);
    return traffic;
  }

  #timeOf(row: number): number {
    const origin = this.#log.timeAt(frameIndex(0));
    return (this.#log.timeAt(frameIndex(row)) - origin) * 1000;
  }

  #addRows(traffic: TimelineTraffic, buckets: Buckets, from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const row = frameIndex(this.#rows.at(position));
      const direction = directionOf(this.#log.bitsAt(row));
      const bucket = direction === undefined ? -1 : bucketAt(buckets, this.#timeOf(row));
      if (bucket < 0 || bucket >= buckets.count) continue;
      addTo(direction === "sent" ? traffic.sent : traffic.received, bucket, 1);
      addTo(direction === "sent" ? traffic.sentBytes : traffic.receivedBytes, bucket, this.#log.lengthAt(row));
    }
  }

  #addBlock(from: number): void {
    const sum = nothing();
    for (let position = from; position < from + BLOCK_ROWS; position++) {
      const row = frameIndex(this.#rows.at(position));
      const time = this.#timeOf(row);
      sum.earliest = Math.min(sum.earliest, time);
      sum.latest = Math.max(sum.latest, time);
      const direction = directionOf(this.#log.bitsAt(row));
      if (direction === undefined) continue;
      sum[direction]++;
      sum[`${direction}Bytes`] += this.#log.lengthAt(row);
    }
    this.#blocks.push(sum);
    if (this.#blocks.length % LARGER !== 0) return;
    const larger = nothing();
    for (let place = this.#blocks.length - LARGER; place < this.#blocks.length; place++) this.#blocks.addTo(larger, place);
    this.#larger.push(larger);
  }
}

/** Adds stretches that lie within one bucket; what of the others lies in which is told by `split`. */
function addSums(traffic: TimelineTraffic, buckets: Buckets, sums: Sums, first: number, end: number, split: (place: number) => void): void {
  const { start, step, count } = buckets;
  for (let place = first; place < end; place++) {
    const [from, to] = [sums.earliest.at(place), sums.latest.at(place)];
    if (to < start || from >= start + count * step) continue;
    const bucket = bucketAt(buckets, from);
    if (bucket !== bucketAt(buckets, to)) {
      split(place);
      continue;
    }
    if (bucket < 0 || bucket >= count) continue;
    addTo(traffic.sent, bucket, sums.sent.at(place));
    addTo(traffic.received, bucket, sums.received.at(place));
    addTo(traffic.sentBytes, bucket, sums.sentBytes.at(place));
    addTo(traffic.receivedBytes, bucket, sums.receivedBytes.at(place));
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
