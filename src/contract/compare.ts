import type { FrameIndex } from "../model/units.ts";
import type { JsonKind, LookedAt } from "./inspect.ts";
import type { LongCall } from "./long-call.ts";
import type { Range } from "./rows.ts";

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
  /** Lines of the last comparison. */
  compareLines(query: Range): readonly CompareLine[];
  /** Folds or unfolds one line of it; answers the new number of lines. */
  toggleCompared(query: { readonly line: number }): number;
  /** Where the next line that was changed, added or removed stands, after or before a line; null for none. */
  nextChange(query: { readonly from: number; readonly backwards: boolean }): number | null;
}
