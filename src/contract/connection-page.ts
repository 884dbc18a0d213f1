import type { Direction } from "../model/frame.ts";
import type { Told } from "../model/said.ts";
import type { ByteLength, ConnectionId, EpochMilliseconds, FrameIndex, Milliseconds } from "../model/units.ts";
import type { LongCall } from "./long-call.ts";

/** How values lie: of very many, about. */
export interface Spread {
  readonly count: number;
  readonly least: number;
  readonly median: number;
  readonly p95: number;
  readonly most: number;
}

/** How many answers took from `from` to less than `to`, which is null of the last: it has no end. */
export interface LatencyBucket {
  readonly from: Milliseconds;
  readonly to: Milliseconds | null;
  readonly count: number;
}

/** What went one way. */
export interface WayFacts {
  readonly direction: Direction;
  readonly frames: number;
  readonly bytes: ByteLength;
  /** Messages a second while it was open; null where it is not known how long it was. */
  readonly rate: number | null;
  /** Bytes of a message; null without any. */
  readonly sizes: Spread | null;
}

/** What one type of message amounts to. */
export interface TypeFacts {
  readonly label: string;
  readonly direction: Direction;
  readonly frames: number;
  readonly bytes: ByteLength;
  /** From its requests to their answers; null without any. */
  readonly latencies: Spread | null;
  /** The request that waited longest for its answer; null without any. */
  readonly slowest: FrameIndex | null;
  /** Those that are errors themselves, and requests that one answers. */
  readonly errors: number;
}

/** A message that a page points at. */
export interface MessageFacts {
  readonly frame: FrameIndex;
  readonly direction: Direction;
  readonly label: string;
  readonly preview: string;
  /** Of a request, to its answer; null where it waits, and for any other. */
  readonly latency: Milliseconds | null;
}

/** Heartbeats of the side that begins. */
export interface HeartbeatFacts {
  readonly direction: Direction;
  readonly first: FrameIndex;
  /** Milliseconds from one to the next, and from one to its answer: null without any, and where it is not clear what answers. */
  readonly interval: Spread;
  readonly delay: Spread | null;
  /** Those that another followed. */
  readonly followed: number;
}

/** One of a family: the connections that the same place opened to addresses of one pattern (`familyName`, model/url-pattern.ts). */
export interface FamilyMember {
  readonly connection: ConnectionId;
  readonly url: string;
  readonly openedAt: EpochMilliseconds | null;
  /** How long it was open; null where that is not known, and while it is. */
  readonly lasted: Milliseconds | null;
  /** From the end of the one before to its own beginning; null for the first. */
  readonly waited: Milliseconds | null;
  readonly ending: Told;
}

/** What is known of one connection altogether. */
export interface ConnectionPage {
  readonly startedAt: EpochMilliseconds | null;
  /** From the request to the answer, and from its opening to its end, or until now. */
  readonly handshake: Milliseconds | null;
  readonly open: Milliseconds | null;
  readonly isOpen: boolean;
  readonly ending: Told;
  readonly ways: readonly WayFacts[];
  /** The types with the most bytes, and how many others there are. */
  readonly types: readonly TypeFacts[];
  readonly otherTypes: number;
  /** From requests to their answers; null without any. */
  readonly latencies: Spread | null;
  /** How they lie, from the fastest to the slowest, with what is empty between; empty without any. */
  readonly latencyBuckets: readonly LatencyBucket[];
  readonly slowest: readonly MessageFacts[];
  readonly unanswered: number;
  readonly firstUnanswered: FrameIndex | null;
  /** The longest time without a message, and the message behind it; null where there are too few. */
  readonly longestSilence: { readonly lasted: Milliseconds; readonly frame: FrameIndex } | null;
  /** Null where too few are known to tell how far apart they are. */
  readonly heartbeats: HeartbeatFacts | null;
  readonly beginning: readonly MessageFacts[];
  /** The user's, at its first row; null where it has no row. */
  readonly note: { readonly frame: FrameIndex; readonly text: string } | null;
  /** Some of them, as they followed each other, this one among them; empty where it is the only one. */
  readonly family: readonly FamilyMember[];
  /** How many stand before and behind these. */
  readonly familyBefore: number;
  readonly familyBehind: number;
  /** It, or one of these, was closed with a code that Chrome does not report. */
  readonly hasUnknownCode: boolean;
}

export interface ConnectionPageCalls {
  /** Null: there is no such connection. Cost: a pass over the log, in turns. Tells the share of it that is done. */
  connectionPage(query: { readonly connection: ConnectionId }, long: LongCall<number>): ConnectionPage | null;
}
