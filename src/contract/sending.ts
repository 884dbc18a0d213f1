import type { OutgoingMessage } from "../model/outgoing-message.ts";
import type { ReplayReport } from "../model/replay-report.ts";
import type { Told } from "../model/said.ts";
import type { ConnectionId, FrameIndex, Milliseconds, MonotonicSeconds } from "../model/units.ts";
import type { DecoderName } from "./decoding.ts";
import type { LookedAt } from "./inspect.ts";

/** A message of the log as it can be edited. */
export type Editable =
  /** `text`: the value that its decoder reads, as JSON; the decoder makes a message of it again. */
  | { readonly form: "value"; readonly text: string; readonly decoder: DecoderName }
  | { readonly form: "text"; readonly text: string }
  | { readonly form: "base64"; readonly text: string };

/** A row that came after one that the user sent. */
export interface LaterRow {
  readonly frame: FrameIndex;
  readonly label: string;
  readonly preview: string;
  /** Since the row that was sent. */
  readonly latency: Milliseconds;
}

/** What is received later than that has nothing to do with what was sent. */
export const MOST_AFTER_MS = 10_000;

/** A row that the user sent, and what answered it as far as that is known. */
export interface SentRow {
  readonly frame: FrameIndex;
  readonly label: string;
  /** As `rowCount` counts it. */
  readonly counted: number;
  /** Null where it asks for no answer, as far as its protocol says. */
  readonly answer: LaterRow | "awaited" | null;
  /** Where `answer` is null: the first that the connection received within `MOST_AFTER_MS`; null for nothing, "awaited" until then. */
  readonly next: LaterRow | "awaited" | null;
}

/** A message that was sent, as it can be sent again. */
export interface SentBefore {
  readonly message: OutgoingMessage;
  readonly at: MonotonicSeconds;
  readonly frame: FrameIndex;
}

/** Rows of a connection from row `from` on, as `rowCount` counts them: those that a run of a transcript made, or that came meanwhile. */
export interface SinceRow {
  readonly connection: ConnectionId;
  readonly from: number;
}

/** What a view asks of the log to send something. */
export interface SendingCalls {
  /** Null: no such message. Refused where it is too long to be edited, or Chrome did not report it. */
  editable(query: LookedAt): Editable | null;
  /** A message exactly as it was, and when that was; null: no such message. Refused as `editable`. */
  outgoing(query: LookedAt): { readonly message: OutgoingMessage; readonly at: MonotonicSeconds } | null;
  /**
   * Messages to be sent again in their order: all that a connection sent, or these rows. `left`: so many more are past what a
   * transcript holds, or cannot be sent again.
   */
  sentBefore(query: { readonly of: ConnectionId | readonly LookedAt[] }): { readonly messages: readonly SentBefore[]; readonly left: number };
  /** How many rows there have been, cleared ones among them: what comes behind them is told from what was before. */
  rowCount(query: null): number;
  /**
   * The newest value at a path among what the connection received; `looked`: the row from which on to ask again where there
   * is none, at once where more is decoded: so many rows are looked at in one call.
   */
  receivedValue(query: SinceRow & { readonly path: string }): { readonly value: string | null; readonly looked: number };
  /** Whether something that the connection received matches a filter. Refused where it is none. */
  receivedMatch(query: SinceRow & { readonly filter: string }): { readonly matches: boolean; readonly looked: number };
  /** Of the rows that the log still has. */
  replayReport(query: SinceRow): ReplayReport;
  /** Keeps with the capture what became of a run: a row, now. Nothing in a capture of before. */
  noteRun(query: { readonly connection: ConnectionId; readonly told: Told }): null;
  /** Edited JSON as its decoder sends it, in the place of the message that it was made from. */
  encode(query: LookedAt & { readonly text: string }): readonly OutgoingMessage[];
  /** The first row of a connection, from row `from` on, that the user sent; null where it is not there yet, or not any more. */
  sentByUser(query: SinceRow): SentRow | null;
}
