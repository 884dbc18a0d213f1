import type { RowKind } from "../model/frame.ts";
import { kindOf } from "../model/frame.ts";
import { frameIndex, milliseconds, type FrameIndex } from "../model/units.ts";
import type { Argument } from "../contract/calls.ts";
import { MOST_BUCKETS, MOST_MARKS, type Span, type TimelineMark, type TimelineMarkKind, type TimelineRange, type TimelineView } from "../contract/timeline.ts";
import { timeWindow } from "../query/time-window.ts";
import type { DecodedColumns } from "../log/decoded-columns.ts";
import type { FrameLog } from "../log/frame-log.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { RowFilter } from "./row-filter.ts";
import { LatencyPoints } from "./latency-points.ts";
import { TimelineLanes } from "./timeline-lanes.ts";
import { ConnectionSilences } from "./connection-silences.ts";
import { Silences } from "./silences.ts";
import { bucketAt, TimeBlocks, type Buckets, type FoundRows } from "./time-blocks.ts";
import { workInTurns, type TurnEdges } from "./turns.ts";
import type { View } from "./view.ts";

/** Steps that a reader counts by, of each power of ten. */
const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10] as const;
/** A tenth of a microsecond is finer than any clock here. */
const SHORTEST_STEP = 1e-4;
/** A log of one moment is drawn as wide as this, in milliseconds. */
const SHORTEST_SPAN = 0.1;
/** Which marks stay where there are too many. */
const TELLING: readonly TimelineMarkKind[] = ["error", "navigation", "pause", "pin", "report", "close", "open"];

/** What one view sees of time. It takes rows in when it is asked, so the capture does nothing for it. */
export class Timeline {
  readonly #capture: CaptureLog;
  readonly #view: View;
  #generation = -1;
  #all: TimeBlocks | undefined;
  #shown: { readonly rows: RowFilter; readonly blocks: TimeBlocks } | undefined;
  #silences: { readonly rows: RowFilter | undefined; readonly log: FrameLog; readonly found: Silences } | undefined;
  #quiet: { readonly log: FrameLog; readonly found: ConnectionSilences } | undefined;
  #lanes: { readonly log: FrameLog; readonly found: TimelineLanes } | undefined;
  #latencies: { readonly rows: RowFilter | undefined; readonly decoded: DecodedColumns; readonly points: LatencyPoints } | undefined;

  constructor(capture: CaptureLog, view: View) {
    this.#capture = capture;
    this.#view = view;
  }

  /** Null: the log is empty. The first time it works through the log, in turns. */
  async read({ range, buckets, latency: wantsLatency = false, lanes: most = 0 }: Argument<"timeline">, edges: TurnEdges): Promise<TimelineView | null> {
    for (;;) {
      const { all, shown, generation } = this.#blocks();
      const latencies = wantsLatency ? this.#points() : undefined;
      const silences = this.#silencesOf();
      const quiet = this.#quietOf();
      const lanes = most > 0 ? this.#lanesOf() : undefined;
      await workInTurns(() => all.advance() || silences.advance() || quiet.advance() || (shown?.advance() ?? false) || (latencies?.advance() ?? false) || (lanes?.advance(most) ?? false), edges);
      // It may have been cleared, or filtered anew, meanwhile.
      if (generation !== this.#capture.generation || shown !== this.#blocks().shown) continue;
      return this.#capture.log.length === 0 ? null : this.#lay({ all, shown, latencies, silences, quiet, lanes, most }, range, Math.min(Math.max(1, Math.floor(buckets)), MOST_BUCKETS));
    }
  }

  /** Undefined: all of them. */
  get #rows(): RowFilter | undefined {
    return this.#view.rows.showsAll ? undefined : this.#view.rows;
  }

  #silencesOf(): Silences {
    const { log } = this.#capture;
    const rows = this.#rows;
    if (this.#silences?.rows !== rows || this.#silences?.log !== log) this.#silences = { rows, log, found: new Silences(log, rows ?? allOf(log)) };
    return this.#silences.found;
  }

  #quietOf(): ConnectionSilences {
    const { log, table } = this.#capture;
    if (this.#quiet?.log !== log) this.#quiet = { log, found: new ConnectionSilences(log, table) };
    return this.#quiet.found;
  }

  #lanesOf(): TimelineLanes {
    const { log, table } = this.#capture;
    if (this.#lanes?.log !== log) this.#lanes = { log, found: new TimelineLanes(log, table) };
    return this.#lanes.found;
  }

  #points(): LatencyPoints {
    const { log, decoded } = this.#capture;
    const rows = this.#rows;
    if (this.#latencies?.rows !== rows || this.#latencies?.decoded !== decoded) {
      this.#latencies = { rows, decoded, points: new LatencyPoints(log, decoded, rows ?? allOf(log), rows === undefined ? "all" : "some") };
    }
    return this.#latencies.points;
  }

  #blocks(): { readonly all: TimeBlocks; readonly shown: TimeBlocks | undefined; readonly generation: number } {
    const { generation, log } = this.#capture;
    if (this.#all === undefined || generation !== this.#generation) {
      this.#generation = generation;
      this.#all = new TimeBlocks(log, allOf(log));
      this.#shown = undefined;
    }
    const { rows } = this.#view;
    if (rows.showsAll) this.#shown = undefined;
    else if (this.#shown?.rows !== rows) this.#shown = { rows, blocks: new TimeBlocks(log, rows) };
    return { all: this.#all, shown: this.#shown?.blocks, generation };
  }

  #lay({ all, shown, latencies, silences, quiet, lanes, most: mostLanes }: Followed, range: TimelineRange, most: number): TimelineView {
    const { log, table } = this.#capture;
    const { rows } = this.#view;
    const [first, last] = [milliseconds(all.first), milliseconds(all.last)];
    const { from, to } = spanOf(range, first, last);
    const buckets = bucketsOf({ from, to }, most);
    const chosen = rows.wholeConnection;
    const one = chosen === undefined ? (rows.showsAll ? quiet.only : undefined) : table.order.rootOf(chosen);
    return {
      first,
      last,
      from,
      to,
      start: milliseconds(buckets.start),
      step: milliseconds(buckets.step),
      all: all.traffic(buckets),
      shown: shown?.traffic(buckets) ?? null,
      latency: latencies?.lay(buckets) ?? null,
      lanes: lanes?.lay(buckets, mostLanes, (root, blocks) => ({ ...this.#marks(blocks, buckets, []), silences: quiet.of(root, { from, to }) })) ?? NO_LANES,
      silences: one === undefined ? this.#heard(all, silences.within({ from, to })) : quiet.of(one, { from, to }),
      quiet: one === undefined ? quiet.all({ from, to }, (root) => rows.showsConnection(root)) : [],
      ...this.#marks(all, buckets, [...this.#capture.marks.pinned()]),
      window: timeWindow(rows.filter.query, rows.filter.context),
      origin: log.timeAt(frameIndex(0)),
      anchors: table.clock.anchors,
    };
  }

  /** Those in which somebody listened: while recording is paused, nothing is known. */
  #heard({ events }: TimeBlocks, silences: readonly Span[]): readonly Span[] {
    if (silences.length === 0) return silences;
    const { log } = this.#capture;
    const pauses: number[] = [];
    for (let position = 0; position < events.length; position++) {
      const row = events.at(position);
      if (kindOf(log.bitsAt(row)) === "pause") pauses.push((log.timeAt(row) - log.timeAt(frameIndex(0))) * 1000);
    }
    return silences.filter(({ from, to }) => !pauses.some((at) => at > from && at <= to));
  }

  #marks({ events }: TimeBlocks, buckets: Buckets, pinned: readonly number[]): Pick<TimelineView, "marks" | "unmarked"> {
    const { log } = this.#capture;
    const origin = log.timeAt(frameIndex(0));
    const found = new Map<number, Writable<TimelineMark>>();
    const add = (row: FrameIndex, kind: TimelineMarkKind): void => {
      const at = milliseconds((log.timeAt(row) - origin) * 1000);
      const bucket = bucketAt(buckets, at);
      if (bucket < 0 || bucket >= buckets.count) return;
      const code = kind === "close" ? this.#closeCode(row) : null;
      const key = ((code ?? 0) * TELLING.length + TELLING.indexOf(kind)) * buckets.count + bucket;
      const before = found.get(key);
      if (before === undefined) found.set(key, { kind, at, count: 1, frame: row, code });
      else before.count++;
    };
    for (let position = 0; position < events.length; position++) {
      const row = events.at(position);
      add(row, kindOf(log.bitsAt(row)) as Exclude<RowKind, "message">);
    }
    for (const row of pinned) if (row < log.length) add(frameIndex(row), "pin");
    const all = [...found.values()];
    const kept = all.length <= MOST_MARKS ? all : all.toSorted((a, b) => TELLING.indexOf(a.kind) - TELLING.indexOf(b.kind)).slice(0, MOST_MARKS);
    return { marks: kept.toSorted((a, b) => a.at - b.at), unmarked: all.length - kept.length };
  }

  #closeCode(row: FrameIndex): number | null {
    const connection = this.#capture.table.connections.get(this.#capture.log.connectionAt(row));
    return (connection?.transport === "websocket" ? connection.closing?.code : undefined) ?? null;
  }
}

/** What follows the log for one view. */
interface Followed {
  readonly all: TimeBlocks;
  readonly shown: TimeBlocks | undefined;
  readonly latencies: LatencyPoints | undefined;
  readonly silences: Silences;
  readonly quiet: ConnectionSilences;
  readonly lanes: TimelineLanes | undefined;
  /** Lanes that there is room for. */
  readonly most: number;
}

const NO_LANES: TimelineView["lanes"] = { shown: [], count: 0 };

const allOf = (log: FrameLog): FoundRows => ({
  get length() {
    return log.length;
  },
  at: (position) => position,
});

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What a range means in a log of these times. Never empty. */
function spanOf(range: TimelineRange, first: number, last: number): Span {
  const [from, to] = range === null ? [first, last] : "last" in range ? [last - range.last, last] : [range.from, range.to];
  return { from: milliseconds(from), to: milliseconds(Math.max(to, from + SHORTEST_SPAN)) };
}

/** At most so many buckets that cover a span. Their edges stand still while the log grows: each is a multiple of the step. */
export function bucketsOf({ from, to }: Span, most: number): Buckets {
  // The span may begin within a bucket, and then takes one more.
  const step = niceStep((to - from) / Math.max(1, most - 1));
  const start = Math.floor(from / step) * step;
  return { start, step, count: Math.min(most, Math.floor((to - start) / step) + 1) };
}

/** The shortest step that a reader counts by and that is not shorter than this. */
function niceStep(shortest: number): number {
  const least = Math.max(shortest, SHORTEST_STEP);
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = STEPS.find((one) => one * power >= least) ?? 10;
  return factor * power;
}
