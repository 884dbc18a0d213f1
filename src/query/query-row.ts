import type { KeptText } from "../log/kept-texts.ts";
import type { JsonPlace } from "./json-peek.ts";
import type { ClockAnchor } from "../model/clock.ts";
import type { TargetType, Transport } from "../model/connection.ts";
import type { Direction, RowKind, RowOrigin } from "../model/frame.ts";
import type { MessageKind } from "../model/message-kind.ts";
import type { SequenceOddity } from "../model/sequence.ts";
import type { ValueDocument } from "../model/value-document.ts";

/** What a query asks about a row's connection. Plain data: it goes to the scan thread as it is. */
export interface ConnectionFacts {
  /** 0 where the row belongs to no connection. */
  readonly id: number;
  /** Undefined where the row belongs to no connection. */
  readonly transport?: Transport;
  /** Empty where it is not known. */
  readonly url: string;
  /** Null where the row belongs to no connection. */
  readonly targetType: TargetType | null;
  readonly targetName: string;
  readonly targetUrl: string;
  /** The subprotocol that the handshake chose, or empty. */
  readonly subprotocol: string;
  /** What the user opened to read its messages by; see `SchemaChoice`. */
  readonly schema?: string | undefined;
  /** So many bytes at the start of each of its messages the user has skipped. */
  readonly prefix?: number | undefined;
}

/** A row's part in a pair of request and answer. */
export const PAIR_STATES = ["none", "request", "unanswered request", "answer"] as const;
export type PairState = (typeof PAIR_STATES)[number];

/** What a decoder made of a message, as far as queries ask: the decode room's `Decoded` has all of it. */
export interface DecodedFacts {
  /** The decoder's id, as `protocol:` knows it. */
  readonly decoder: string;
  /** What stands in the Type column. */
  readonly label: string;
  readonly kind: MessageKind;
  readonly id: string | undefined;
  /** The id of the message that this one answers. */
  readonly answers: string | undefined;
  readonly topic: string | undefined;
  /** The body. Undefined where it was not read. */
  readonly value: ValueDocument | undefined;
  /** The payload as it stands is the body's JSON. */
  readonly isJson: boolean;
}

/**
 * A row of the log as queries see it. The columns are at hand; `text` and `decoded` may cost a copy and a decoding, so
 * a query asks for them last.
 */
export interface QueryRow {
  /** The row's place in the log, from 0; the table shows it counted from 1. */
  readonly index: number;
  readonly kind: RowKind;
  readonly direction: Direction | null;
  readonly origin: RowOrigin;
  /** 0 for a row that is no message. */
  readonly opcode: number;
  /** Bytes of the payload; null for a row that is no message, or where Chrome did not report the payload. */
  readonly size: number | null;
  /** CDP's monotonic clock, in seconds. */
  readonly time: number;
  readonly connection: ConnectionFacts;
  readonly isPinned: boolean;
  readonly pair: PairState;
  /** From request to answer, in milliseconds; on both rows of the pair, null elsewhere. */
  readonly latency: number | null;
  /** Whether the log's columns hold what the decoder said; if not, `decoded` has to be asked. */
  readonly isDecoded: boolean;
  /** The decoder's label; empty where no decoder took the message, or `isDecoded` is false. So are the next two. */
  readonly label: string;
  readonly messageKind: MessageKind | null;
  readonly decoder: string;
  /** What is odd about it by the number that it carries; null for nothing, and where `isDecoded` is false. */
  readonly sequence: SequenceOddity | null;
  /** What the decoder said in the order of the connection; null: `decoded` has to be asked, as where `isDecoded` is false. */
  readonly topic: KeptText;
  readonly id: KeptText;
  readonly answers: KeptText;
  /** The payload read as UTF-8, whatever its opcode; what is none becomes U+FFFD. */
  text(): string;
  /**
   * The message's value as JSON where its text does not hold it: what was inflated, or put together of several frames. It is
   * searched as the text is. Undefined where the text says all.
   */
  derivedText?(): string | undefined;
  /** Undefined for an event, and where no decoder knows the message. */
  decoded(): DecodedFacts | undefined;
  /**
   * Where the message's text stands, if what it is as JSON is what `decoded` gives as its value: some paths can be
   * answered from it more quickly. Undefined, or not there at all: ask `decoded`.
   */
  plainJson?(): JsonPlace | undefined;
}

/** What a query needs to know of the log and the clock. Plain data: it goes to the scan thread as it is. */
export interface QueryContext {
  /** Monotonic seconds of the log's first row: what `time:10s..20s` counts from. */
  readonly start: number;
  /** Monotonic seconds of the moment from which `last:5s` counts back. */
  readonly now: number;
  /** `WallClock.anchors`, for times of day; none: no row has a time of day. */
  readonly anchors: readonly ClockAnchor[];
  /** Minutes that the user's clock is ahead of UTC (`-new Date().getTimezoneOffset()`). */
  readonly utcOffset: number;
  /** Whether words and patterns look into the connection's URL too: where no one connection is chosen. */
  readonly searchesUrls: boolean;
}
