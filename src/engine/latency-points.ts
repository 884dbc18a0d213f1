import { MOST_DOTS, type TimelineLatency } from "../contract/timeline.ts";
import { float64Column, uint32Column } from "../log/column.ts";
import type { DecodedColumns } from "../log/decoded-columns.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { MESSAGE_KINDS } from "../model/message-kind.ts";
import { frameIndex } from "../model/units.ts";
import { SpreadCounter } from "./spread.ts";
import { bucketAt, type Buckets, type FoundRows } from "./time-blocks.ts";

const SLICE_ROWS = 20_000;
const MOST_WAITING = 10_000;
/** As `DecodedRow.kind` has it. */
const REQUEST = MESSAGE_KINDS.indexOf("request") + 1;

/** Which rows are looked at: of all of them the answers tell enough, of some of them requests count too whose answers are not among them. */
type Which = "all" | "some";

/** How long answers took, as far as rows are decoded. 20 bytes a pair. */
export class LatencyPoints {
  readonly #log: FrameLog;
  readonly #decoded: DecodedColumns;
  readonly #rows: FoundRows;
  readonly #which: Which;
  readonly #times = float64Column();
  readonly #latencies = float64Column();
  readonly #requests = uint32Column();
  /** Requests of which the point is there; only where some rows are looked at. */
  readonly #known = new Set<number>();
  #waiting: number[] = [];
  #taken = 0;

  constructor(log: FrameLog, decoded: DecodedColumns, rows: FoundRows, which: Which) {
    this.#log = log;
    this.#decoded = decoded;
    this.#rows = rows;
    this.#which = which;
  }

  /** Takes rows in that were decoded since; answers whether there are more. */
  advance(): boolean {
    const end = Math.min(this.#rows.length, this.#taken + SLICE_ROWS);
    for (; this.#taken < end; this.#taken++) {
      const row = this.#rows.at(this.#taken);
      if (row >= this.#decoded.length) return false;
      this.#take(row);
    }
    return end < this.#rows.length;
  }

  /** What lies in the buckets; null without any. Cost: by the answers so far. */
  lay(buckets: Buckets): TimelineLatency | null {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const row of waiting) this.#take(row);
    const spread = new SpreadCounter();
    const slowest = new Int32Array(buckets.count).fill(-1);
    const inside: number[] = [];
    for (let point = 0; point < this.#times.length; point++) {
      const bucket = bucketAt(buckets, this.#times.at(point));
      if (bucket < 0 || bucket >= buckets.count) continue;
      inside.push(point);
      spread.add(this.#latencies.at(point));
      const before = slowest[bucket] as number;
      if (before < 0 || this.#latencies.at(point) > this.#latencies.at(before)) slowest[bucket] = point;
    }
    const of = spread.spread();
    if (of === null) return null;
    // The slowest of each bucket is always seen; of the others as many as there is room for.
    const every = Math.ceil(inside.length / MOST_DOTS);
    const shown = [...new Set([...inside.filter((_, place) => place % every === 0), ...slowest.filter((point) => point >= 0)])];
    return {
      at: Float64Array.from(shown, (point) => this.#times.at(point)),
      took: Float64Array.from(shown, (point) => this.#latencies.at(point)),
      frames: Uint32Array.from(shown, (point) => this.#requests.at(point)),
      spread: of,
    };
  }

  #take(row: number): void {
    const messages = this.#decoded.holdsSeveral(row) ? this.#decoded.messages.countOf(row) : 1;
    for (let message = 0; message < messages; message++) {
      const partner = this.#decoded.partnerOf(row, message);
      if (partner !== undefined && partner.row < row) this.#add(partner.row, row);
      else if (this.#which === "all") continue;
      else if (partner !== undefined) this.#add(row, partner.row);
      else if (messages === 1 && this.#decoded.kindOf(row) === REQUEST && this.#waiting.length < MOST_WAITING) this.#waiting.push(row);
    }
  }

  #add(request: number, answer: number): void {
    if (this.#which === "some") {
      if (this.#known.has(request)) return;
      this.#known.add(request);
    }
    const asked = this.#log.timeAt(frameIndex(request));
    this.#times.push((asked - this.#log.timeAt(frameIndex(0))) * 1000);
    this.#latencies.push(Math.max(0, (this.#log.timeAt(frameIndex(answer)) - asked) * 1000));
    this.#requests.push(request);
  }
}
