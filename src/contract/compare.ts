import type { Direction } from "../model/frame.ts";
import type { Told } from "../model/said.ts";
import type { ConnectionId, FrameIndex, Milliseconds } from "../model/units.ts";
import type { JsonKind, LookedAt } from "./inspect.ts";
import type { LongCall } from "./long-call.ts";
import type { Range } from "./range.ts";

/** How two messages were compared: as decoded values, as text line by line, as bytes. */
export type ComparedAs = "value" | "text" | "bytes";

/** A message, as a comparison names it. */
export interface ComparedMessage {
  readonly frame: FrameIndex;
  readonly message: number;
  readonly label: string;
}

export interface Comparison {
  /** What the message is compared with, which stands before the change; null where there is no other of its type. */
  readonly other: ComparedMessage | null;
  /** Whether there are others of its type on the connection before and after that one. */
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
  readonly as: ComparedAs;
  /** Values, lines or stretches of bytes that were changed, added or removed; 0: they are equal. */
  readonly changes: number;
  readonly lines: number;
}

/** `inside`: what it holds is not all the same. `fold`: what is equal on both sides and not shown, `children` times. */
export type CompareState = "same" | "removed" | "added" | "inside" | "fold";

export interface CompareLine {
  readonly state: CompareState;
  readonly depth: number;
  /** Key or index of a value, number of a line, offset of bytes; null for none. */
  readonly key: string | null;
  /** Null: no value but text or bytes. */
  readonly kind: JsonKind | null;
  readonly text: string;
  /** Where `text` differs from the line that it is paired with: from, to; null where it is not paired. */
  readonly differs: Range | null;
  /** What unfolds below it. */
  readonly children: number;
  readonly expanded: boolean;
}

/** One value that is not the same in two messages; null where it is in one alone. */
export interface ChangedValue {
  /** As in `.data.px`; `[]` stands for an entry of a list. Empty: the message itself, a line of its text, its bytes. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Two messages of one type that differ, or one that is on one side alone. */
export interface MessageDifference {
  readonly direction: Direction;
  readonly label: string;
  readonly before: ComparedMessage | null;
  readonly after: ComparedMessage | null;
  /** Of two: the first values that differ, and how many others do. */
  readonly values: readonly ChangedValue[];
  readonly moreValues: number;
}

/** What is not the same of how two connections began and ended. */
export interface ConnectionFact {
  readonly about: "transport" | "status" | "request header" | "response header" | "ending" | "control frames";
  /** A header's name; else empty. */
  readonly name: string;
  readonly before: Told | null;
  readonly after: Told | null;
  /** False for what is another each time, as a cookie or the number of a request, or tells only who recorded it: no difference for it alone. */
  readonly isCounted: boolean;
}

/** Two connections side by side; or one that is on one side alone. */
export interface ConnectionDifference {
  readonly before: ConnectionId | null;
  readonly after: ConnectionId | null;
  readonly url: string;
  readonly facts: readonly ConnectionFact[];
  /** Messages: those that are the same, those that changed, those of one side alone. */
  readonly same: number;
  readonly changed: number;
  readonly onlyBefore: number;
  readonly onlyAfter: number;
  /** In the order in which they came; the first of them where they are many. */
  readonly differences: readonly MessageDifference[];
  /** Which values changed, and in how many messages, the most first. */
  readonly paths: readonly { readonly path: string; readonly messages: number }[];
}

/** Differences of two connections that a view is told. */
export const MOST_COMPARED = 100;

/** Where two captures first go apart. */
export interface FirstDifference {
  readonly before: ConnectionId | null;
  readonly after: ConnectionId | null;
  readonly url: string;
  /** Since the begin of the capture that it is seen in: the later one, where it is seen in both. */
  readonly at: Milliseconds;
  /** What of how it began or ended is not the same. */
  readonly fact: ConnectionFact | null;
  /** Neither this nor that: the connection is in one capture alone. */
  readonly message: MessageDifference | null;
}

/** Two captures side by side. */
export interface CaptureComparison {
  /** Null: they are the same. */
  readonly first: FirstDifference | null;
  /** Connections that are not the same, in their order; the first `MOST_CONNECTIONS` of them, each with its first differences. */
  readonly connections: readonly ConnectionDifference[];
  readonly different: number;
  /** Connections of both, paired by address and order, and those of one alone. */
  readonly all: number;
}

export const MOST_CONNECTIONS = 100;
/** Differences of one connection of many that a view is told. */
export const MOST_OF_CONNECTION = 20;

export interface CompareCalls {
  /**
   * Compares a message with another, or (null) with the one before it of the same type on its connection; `step`: with
   * the one of its type after (1) or before (-1) that other. What it says stands until the next comparison of this view.
   * Null: there is no such frame. Tells the share that is done.
   */
  compare(
    query: LookedAt & { readonly other: LookedAt | null; readonly step: -1 | 0 | 1 },
    long: LongCall<number>,
  ): Comparison | null;
  /**
   * Two connections of this capture side by side: how they began and ended, and their messages, matched in order by type; the
   * first `MOST_COMPARED` differences. Null: there is none of them. Cost: a pass over the log. Tells the share that is done.
   */
  compareConnections(query: { readonly before: ConnectionId; readonly after: ConnectionId }, long: LongCall<number>): ConnectionDifference | null;
  /**
   * Two captures of this disk, by their ids, side by side; this engine's own too. Refused where another engine uses one. Cost:
   * both are read back and decoded. Tells the share that is done.
   */
  compareCaptures(query: { readonly before: string; readonly after: string }, long: LongCall<number>): CaptureComparison;
  /**
   * The last comparison, whole, for the clipboard: values as `.path: before -> after`, `+ .path: value`, `- .path: value`; text and
   * bytes as a unified diff. Empty before there is one; refused where it is longer than a clipboard's text should be.
   */
  comparedText(query: null, long: LongCall<number>): string;
  /** Lines of the last comparison. */
  compareLines(query: Range): readonly CompareLine[];
  /** Folds or unfolds one line of it; answers the new number of lines. */
  toggleCompared(query: { readonly line: number }): number;
  /** Where the next line that was changed, added or removed stands, after or before a line; null for none. */
  nextChange(query: { readonly from: number; readonly backwards: boolean }): number | null;
}
