import type { ClockAnchor } from "../model/clock.ts";
import type { RowKind } from "../model/frame.ts";
import type { ConnectionId, FrameIndex, Milliseconds, MonotonicSeconds } from "../model/units.ts";
import type { Spread } from "./connection-page.ts";

/** Two moments, in milliseconds since the log's first row. */
export interface Span {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
}

/** What of the log is looked at: all of it (null), its last so many milliseconds as it grows, or what lies between two moments. */
export type TimelineRange = Span | { readonly last: Milliseconds } | null;

export const MOST_BUCKETS = 2_000;

/** What passed in each bucket. An array has a value for each bucket. */
export interface TimelineTraffic {
  readonly sent: Uint32Array;
  readonly received: Uint32Array;
  readonly sentBytes: Float64Array;
  readonly receivedBytes: Float64Array;
}

/** What stands between the frames, and what the user pinned. */
export type TimelineMarkKind = Exclude<RowKind, "message"> | "pin";

/** The marks of one kind in one bucket; of closings, those of one code. */
export interface TimelineMark {
  readonly kind: TimelineMarkKind;
  /** When the first of them was. */
  readonly at: Milliseconds;
  readonly count: number;
  /** The first of them. */
  readonly frame: FrameIndex;
  /** Of closings, where it is known. */
  readonly code: number | null;
}

export const MOST_MARKS = 500;

/** Answers whose time is told. */
export const MOST_DOTS = 1_500;

/** How long answers took, each at the time of its request; the slowest of each bucket are among them. */
export interface TimelineLatency {
  readonly at: Float64Array;
  /** In milliseconds. */
  readonly took: Float64Array;
  /** The requests. */
  readonly frames: Uint32Array;
  /** Of all answers in the stretch; of very many, the middle and the tail of as many as are sorted. */
  readonly spread: Spread;
}

export const MOST_LANES = 24;

/** One connection by itself; those that one place opened one after the other are one. */
export interface TimelineLane {
  /** The first of them. */
  readonly connection: ConnectionId;
  readonly url: string;
  readonly traffic: TimelineTraffic;
  readonly marks: readonly TimelineMark[];
  /** Marks for which there was no room. */
  readonly unmarked: number;
  /** Stretches without a message, far longer than is its habit, while it was open. */
  readonly silences: readonly Span[];
}

export const MOST_QUIET = 200;

/** A stretch in which one connection said nothing for far longer than is its habit, while it was open. */
export interface QuietConnection extends Span {
  /** The first of those that one place opened one after the other. */
  readonly connection: ConnectionId;
  readonly url: string;
}

/** A stretch of the capture in buckets of time. */
export interface TimelineView extends Span {
  /** The times of the whole log's first and last row. */
  readonly first: Milliseconds;
  readonly last: Milliseconds;
  /** Bucket `i` holds what passed from `start + i * step` on, until the next; `from` lies in the first, `to` in the last. */
  readonly start: Milliseconds;
  readonly step: Milliseconds;
  readonly all: TimelineTraffic;
  /** Of the rows that the view shows; null where it shows all. */
  readonly shown: TimelineTraffic | null;
  /** Of the rows that the view shows; null where there are none, or it was not asked for. */
  readonly latency: TimelineLatency | null;
  /** The connections with most rows, whatever the view shows, as many as were asked for, in the order in which they began, and how many there are. */
  readonly lanes: { readonly shown: readonly TimelineLane[]; readonly count: number };
  /** Stretches without a message, far longer than those between the messages that the view shows; of one connection, those of which its own habit tells. */
  readonly silences: readonly Span[];
  /** Where the view shows several connections: which of them said nothing while others may have talked. Rising in time; the longest `MOST_QUIET`. */
  readonly quiet: readonly QuietConnection[];
  /** Rising in time; the most telling `MOST_MARKS`. */
  readonly marks: readonly TimelineMark[];
  /** Marks for which there was no room. */
  readonly unmarked: number;
  /** What the filter's own condition on time leaves; null where it has none. */
  readonly window: Span | null;
  /** The time of the log's first row, and what its clock is read by. */
  readonly origin: MonotonicSeconds;
  readonly anchors: readonly ClockAnchor[];
}

export interface TimelineCalls {
  /** Null: the log is empty. `buckets`: how many there may be, `MOST_BUCKETS` at most. Cost: by the buckets, not by the frames; with `lanes` (so many at most) by these, too. */
  timeline(query: { readonly range: TimelineRange; readonly buckets: number; readonly latency?: boolean; readonly lanes?: number }): TimelineView | null;
}
