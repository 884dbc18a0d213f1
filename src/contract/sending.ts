import type { OutgoingMessage } from "../model/outgoing-message.ts";
import type { ConnectionId, FrameIndex, Milliseconds, MonotonicSeconds } from "../model/units.ts";
import type { DecoderName } from "./decoding.ts";
import type { LookedAt } from "./inspect.ts";

/** A message of the log as it can be edited. */
export type Editable =
  /** `text`: the value that its decoder reads, as JSON; the decoder makes a message of it again. */
  | { readonly form: "value"; readonly text: string; readonly decoder: DecoderName }
  | { readonly form: "text"; readonly text: string }
  | { readonly form: "base64"; readonly text: string };

/** A row that the user sent, and what answered it as far as that is known. */
export interface SentRow {
  readonly frame: FrameIndex;
  readonly label: string;
  /** Null where it asks for no answer. */
  readonly answer: { readonly frame: FrameIndex; readonly label: string; readonly preview: string; readonly latency: Milliseconds } | "awaited" | null;
}

/** What a view asks of the log to send something. */
export interface SendingCalls {
  /** Null: no such message. Refused where it is too long to be edited, or Chrome did not report it. */
  editable(query: LookedAt): Editable | null;
  /** A message exactly as it was, and when that was; null: no such message. Refused as `editable`. */
  outgoing(query: LookedAt): { readonly message: OutgoingMessage; readonly at: MonotonicSeconds } | null;
  /** Edited JSON as its decoder sends it, in the place of the message that it was made from. */
  encode(query: LookedAt & { readonly text: string }): readonly OutgoingMessage[];
  /** The first row of a connection, from row `from` on, that the user sent; null where it is not there yet. */
  sentByUser(query: { readonly connection: ConnectionId; readonly from: number }): SentRow | null;
}
