import type { TimelineLatency } from "../contract/timeline.ts";
import type { DecodedColumns } from "../log/decoded-columns.ts";
import type { FrameLog } from "../log/frame-log.ts";
import { MESSAGE_KINDS } from "../model/message-kind.ts";
import { frameIndex } from "../model/units.ts";
import { AnswerTimes } from "./answer-times.ts";
import type { Buckets, FoundRows } from "./time-blocks.ts";

const SLICE_ROWS = 20_000;
const MOST_WAITING = 10_000;
/** As `DecodedRow.kind` has it. */
const REQUEST = MESSAGE_KINDS.indexOf("request") + 1;

/** Which rows are looked at: of all of them the answers tell enough, of some of them requests count too whose answers are not among them. */
type Which = "all" | "some";

/** How long answers took, as far as rows are decoded. */
export class LatencyPoints {
  readonly #log: FrameLog;
  readonly #decoded: DecodedColumns;
  readonly #rows: FoundRows;
  readonly #which: Which;
  readonly #times = new AnswerTimes();
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

  /** What lies in the buckets; null without any. */
  lay(buckets: Buckets): TimelineLatency | null {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const row of waiting) this.#take(row);
    return this.#times.lay(buckets);
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
    this.#times.add((asked - this.#log.timeAt(frameIndex(0))) * 1000, Math.max(0, (this.#log.timeAt(frameIndex(answer)) - asked) * 1000), request);
  }
}
