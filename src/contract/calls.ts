import type { Told } from "../model/said.ts";
import type { CaptureCalls } from "./captures.ts";
import type { Changed } from "./changed.ts";
import type { CompareCalls } from "./compare.ts";
import type { ConnectionPageCalls } from "./connection-page.ts";
import type { ConnectionCalls } from "./connections.ts";
import type { DecodingCalls } from "./decoding.ts";
import type { FileCalls } from "./files.ts";
import type { FindingCalls } from "./findings.ts";
import type { InspectCalls } from "./inspect.ts";
import type { LongCall } from "./long-call.ts";
import type { RuleCalls } from "./rules.ts";
import type { RowCalls } from "./rows.ts";
import type { SnippetCalls } from "./snippets.ts";
import type { TimelineCalls } from "./timeline.ts";
import type { SendingCalls } from "./sending.ts";

/**
 * The calls a view can make; each has one argument and is answered by a value or by a refusal. One that takes long has a
 * `LongCall` beside the argument.
 */
export interface EngineCalls extends RowCalls, ConnectionCalls, InspectCalls, CompareCalls, ConnectionPageCalls, FindingCalls, TimelineCalls, DecodingCalls, FileCalls, SnippetCalls, CaptureCalls, SendingCalls, RuleCalls {}

export type CallName = keyof EngineCalls;
export type Argument<Name extends CallName> = Parameters<EngineCalls[Name]>[0];
export type Answer<Name extends CallName> = ReturnType<EngineCalls[Name]>;
/** What a call tells before its answer; never where it tells nothing. */
export type ProgressOf<Name extends CallName> = Name extends CallName ? (Parameters<EngineCalls[Name]> extends [unknown, LongCall<infer Progress, infer _Piece>] ? Progress : never) : never;
export type PieceOf<Name extends CallName> = Name extends CallName ? (Parameters<EngineCalls[Name]> extends [unknown, LongCall<infer _Progress, infer Piece>] ? Piece : never) : never;

export type ToEngineView =
  | {
      [Name in CallName]: {
        readonly type: "call";
        readonly id: number;
        readonly name: Name;
        readonly argument: Argument<Name>;
      };
    }[CallName]
  /** Nobody waits for the answer of this call any more: the work ends within a turn, unless it is done by then. */
  | { readonly type: "cancel"; readonly id: number }
  /** The last piece of this call is taken: the next may come. */
  | { readonly type: "taken"; readonly id: number }
  /** The view has painted the last `changed` and can take the next. */
  | { readonly type: "ready" };

export type FromEngine =
  | CallNews
  | CallAnswer
  /** These calls are not forgotten. Said each half second, so that a call of which nothing is heard is known to be lost. */
  | { readonly type: "working"; readonly ids: readonly number[] }
  | { readonly type: "changed"; readonly changed: Changed };

/** What comes of a call before its answer. */
export type CallNews =
  | { readonly type: "progress"; readonly id: number; readonly progress: ProgressOf<CallName> }
  | { readonly type: "piece"; readonly id: number; readonly piece: PieceOf<CallName> };

export type CallAnswer =
  | { readonly type: "answer"; readonly id: number; readonly value: Answer<CallName> }
  | { readonly type: "refused"; readonly id: number; readonly why: Told }
  /** A bug was in the way. It is among the `faults` of the next `changed`. */
  | { readonly type: "failed"; readonly id: number }
  /** It was cancelled, and has left nothing. */
  | { readonly type: "cancelled"; readonly id: number };
