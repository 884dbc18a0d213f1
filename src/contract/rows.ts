import type { Transport } from "../model/connection.ts";
import type { Direction, RowKind, RowOrigin } from "../model/frame.ts";
import type { SequenceOddity } from "../model/sequence.ts";
import type { HiddenAddress } from "../model/hidden-address.ts";
import type { MessageKind } from "../model/message-kind.ts";
import type { ColumnPath, PathCell } from "./column-paths.ts";
import type { LookedAt } from "./inspect.ts";
import type { Ruled } from "../model/message-rule.ts";
import type { Said, Told } from "../model/said.ts";
import type { LongCall } from "./long-call.ts";
import type { ByteLength, ConnectionId, EpochMilliseconds, FrameIndex, Milliseconds } from "../model/units.ts";
import type { Range } from "./range.ts";

/** Which one of all that was found. */
export interface FoundCount {
  readonly at: number;
  readonly all: number;
  readonly isMore: boolean;
}

/** Matches that Find counts at most. */
export const MOST_COUNTED = 10_000;

/** What a view shows: all conditions together. */
export interface Scope {
  /** Text of the filter box, in the filter language. */
  readonly filter: string;
  /** The filter that is in force where `filter` is none; absent: the one before. */
  readonly instead?: string;
  /** What of `filter` hides rows beside what is looked for: how many it alone hides is told in `Changed.muted`. */
  readonly mute?: Mute | undefined;
  /** The view's own number for it, told back in `Changed.asked`. */
  readonly asked?: number;
  readonly connection: ConnectionId | null;
  /** Connections whose rows are not shown, unless one of them is asked for as `connection`. */
  readonly hidden?: readonly HiddenAddress[];
  readonly sent: boolean;
  readonly received: boolean;
  /** Null: by number, rising, as the log stands. */
  readonly sort: Sort | null;
}

/** A filter in two parts: what is looked for, also while that is none (`instead`), and what is asked for besides, whatever is looked for. */
export interface Mute {
  readonly filter: string;
  readonly instead: string;
  readonly by: string;
}

/** What a row's `delta` counts from: the row shown before it, or the last one shown before it of its own connection. */
export type DeltaBasis = "table" | "connection";

/** `connection-delta`: the delta of that basis. A path: numbers and texts that are numbers first, then texts, by their first characters. */
export type SortKey = "number" | "direction" | "time" | "delta" | "connection-delta" | "connection" | "type" | "message" | "size" | "latency" | ColumnPath;

/** Rows without a value (an event has no size) stand last; equal ones by number. */
export interface Sort {
  readonly by: SortKey;
  readonly descending: boolean;
}

/** Why a filter was not taken. `from` and `to` are places in its text. */
export interface FilterProblem {
  readonly message: Told;
  readonly from: number;
  readonly to: number;
  /** Of a view's scope: the filter that is in force instead. */
  readonly instead?: string;
}

/**
 * One row of the table, ready to draw: a frame, or below one that is unfolded one of its messages, which has label, kind,
 * pair, preview and size of its own and all else as its frame.
 */
export interface FrameRow {
  readonly index: FrameIndex;
  readonly kind: RowKind;
  readonly direction: Direction | null;
  readonly origin: RowOrigin;
  /** What a rule did to it; null: none did. */
  readonly ruled: Ruled | null;
  readonly connection: ConnectionId;
  /** The first of the connections that it is listed with; see `ConnectionRow.root`. */
  readonly line: ConnectionId;
  /** Of its connection; null for a row of none. */
  readonly transport: Transport | null;
  /** The connection's URL, cut at `ROW_URL_LENGTH`; empty for a row of none, and where Chrome has not named it. */
  readonly url: string;
  /** Null until the capture's clock has an anchor. */
  readonly time: EpochMilliseconds | null;
  /** Since the log's first row. */
  readonly sinceStart: Milliseconds;
  /** Since the last navigation before this row; null where there was none. */
  readonly sinceNavigation: Milliseconds | null;
  /**
   * Since the row before this one among those shown, or among those of its connection, as was asked; as the log stands, also where
   * they are sorted. Null for the first. Below 0 where Chrome reported a later one first.
   */
  readonly delta: Milliseconds | null;
  /**
   * What stands in the Type column: a decoder's label, or `text` and `binary` where nobody decoded the message; of other
   * rows `error`, `open`, `close`, `navigation`, `paused`.
   */
  readonly label: string;
  /** What the message is in its protocol; null where nobody decoded it. */
  readonly messageKind: MessageKind | null;
  /** What its connection speaks, as `protocol:` names it; null where that is none that is known. */
  readonly protocol: string | null;
  /** What is odd about it by the number that it carries, where a server counts what it sends: some before it are missing, or it came before. */
  readonly sequence: SequenceOddity | null;
  /** Its part in a pair of request and answer, and the time between them (null while the answer is awaited). */
  readonly pair: { readonly role: "request" | "answer"; readonly latency: Milliseconds | null } | null;
  /** The head of the message as text, one line, at most `PREVIEW_LENGTH` characters. */
  readonly preview: string;
  /** Where the filter's text stands in `preview`: from, to, from, to … */
  readonly marks: readonly number[];
  /** Null: not a message, or Chrome did not report the payload. */
  readonly size: ByteLength | null;
  /** Which of the view's highlights it matches first, from 0; null for none. */
  readonly highlight: number | null;
  readonly pinned: boolean;
  /** What the user wrote on it; empty for nothing. */
  readonly note: string;
  /** How many messages the frame holds, where they are several; else 0. A message's row holds none. */
  readonly messages: number;
  /** How many of them match the filter; null where no filter asks, and where only all of them together do. */
  readonly matching: number | null;
  /** The first of them that does; 0 where it is not known which. */
  readonly firstMatch: number;
  /** The frame's messages stand below it. */
  readonly isUnfolded: boolean;
  /** Of a message's row: its place in the frame, and whether it matches the filter; null for a frame's. */
  readonly message: { readonly place: number; readonly matches: boolean } | null;
  /** What the paths asked for are in it, by the path; of a frame that holds several messages, in the first that has it. */
  readonly cells: Readonly<Partial<Record<ColumnPath, PathCell>>>;
}

/** More than a column ever shows: each row carries it. */
export const ROW_URL_LENGTH = 400;

/** Filters that colour rows instead of choosing them. */
export const MOST_HIGHLIGHTS = 4;

/** One suggestion for the filter box: `text` takes the place of `from` to `to`. */
export interface Completion {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** What it stands for: a field's meaning, or how many rows of the capture have this value. */
  readonly detail: Said | null;
}

/** What a selection of rows amounts to. */
export interface SelectionSummary {
  readonly frames: number;
  readonly bytes: ByteLength;
  /** From the first row's time to the last one's. */
  readonly span: Milliseconds;
}

export const PREVIEW_LENGTH = 240;

/** The most rows, lines or bytes that one request may ask for; more is answered with this many. */
export const MOST_ROWS = 500;

/** Characters of a note. */
export const MOST_NOTE = 4000;

/** Rows that are pinned at once at most: each pin is an event of its own in the journal. */
export const MOST_PINNED = 10_000;

/** Bytes that `copyText` gives at most. */
export const MOST_COPIED = 32 * 2 ** 20;

/** What a view shows: its scope, its rows, and what the user does with them. */
export interface RowCalls {
  /** Null when the filter was taken, else why not; the rest of the scope is in force either way. */
  setScope(scope: Scope): FilterProblem | null;
  /**
   * Rows `from` (0 = the first shown) up to but without `to`, of the revision answered, with what they have at some paths.
   * `sought`: a filter too, whose places are marked beside those of the one in force. `deltaOf`: "table" where it is absent.
   */
  rows(range: Range & { readonly paths?: readonly ColumnPath[]; readonly sought?: string; readonly deltaOf?: DeltaBasis }): { readonly revision: number; readonly from: number; readonly rows: readonly FrameRow[] };
  /** Filters that colour rows; one answer each: null, or why it was not taken. */
  setHighlights(filters: readonly string[]): readonly (FilterProblem | null)[];
  /**
   * The next row shown, after or before place `from` (null: from the beginning, or from the end backwards), that a filter
   * matches; null where there is none. Waits for rows that are not read, shown or decoded yet. A newer search ends it: null.
   * Tells the share of the rows shown that it has looked at.
   */
  find(
    query: { readonly filter: string; readonly from: number | null; readonly backwards: boolean },
    long: LongCall<number>,
  ): { readonly place: number; readonly frame: FrameIndex } | null;
  /** Suggestions for the filter box with the cursor at `at`; values are those really in the capture. */
  complete(query: { readonly text: string; readonly at: number }): readonly Completion[];
  /** Of the rows shown, how many a filter matches, and which one of these stands at a place (from 1). `isMore`: there are more than were counted. */
  countFound(query: { readonly filter: string; readonly place: number }, long: LongCall): FoundCount;
  /** Filters that may be meant by one that is none, or that finds nothing; the likeliest first. */
  corrections(query: { readonly text: string }): readonly string[];
  /** Pins a frame, or takes the pin away. */
  pin(query: { readonly frame: FrameIndex; readonly pinned: boolean }): null;
  /** The same for all rows at these places of the view. Refused past `MOST_PINNED` rows. */
  pinPlaces(query: { readonly places: readonly Range[]; readonly pinned: boolean }): null;
  /** Writes a note on a frame, its first `MOST_NOTE` characters; an empty text takes it away. */
  note(query: { readonly frame: FrameIndex; readonly text: string }): null;
  /** The first row of a connection, where a note on the whole of it stands, and that note; null where it has no row. Cost: a look at each row before it. */
  firstRow(query: { readonly connection: ConnectionId }): { readonly frame: FrameIndex; readonly note: string } | null;
  /** `places`: ranges of rows shown, not overlapping. */
  summarise(query: { readonly places: readonly Range[] }): SelectionSummary;
  /**
   * Where a frame stands among the rows shown, or where it is unfolded one of its messages; null where the scope does not
   * show it.
   */
  placeOf(query: LookedAt): number | null;
  /**
   * The row shown that stands at a frame, or is nearest to it in time; null where none is shown. `isSure`: no row that the
   * filter has still to look at can be nearer. Sorted, only the frame itself is found.
   */
  placeNear(query: { readonly frame: FrameIndex }): { readonly place: number; readonly isExact: boolean; readonly isSure: boolean } | null;
  /** Unfolds a frame that holds several messages, or folds it. */
  unfold(query: { readonly frame: FrameIndex; readonly unfolded: boolean }): null;
  /** Refused on a kept capture. */
  clear(query: null): null;
  /** Brings back what `clear` took away, for some seconds: see `Changed.cleared`. */
  undoClear(query: null): null;
}
