import type { Told } from "../model/said.ts";
import type { CaptureCalls } from "./captures.ts";
import type { Changed } from "./changed.ts";
import type { ConnectionCalls } from "./connections.ts";
import type { DecodingCalls } from "./decoding.ts";
import type { FileCalls } from "./files.ts";
import type { InspectCalls } from "./inspect.ts";
import type { RowCalls } from "./rows.ts";

/** The calls a view can make; each has one argument and is answered by a value or by a plain sentence. */
export interface EngineCalls extends RowCalls, ConnectionCalls, InspectCalls, DecodingCalls, FileCalls, CaptureCalls {}

export type CallName = keyof EngineCalls;

export type ToEngineView =
  | {
      [Name in CallName]: {
        readonly type: "call";
        readonly id: number;
        readonly name: Name;
        readonly argument: Parameters<EngineCalls[Name]>[0];
      };
    }[CallName]
  /** The view has painted the last `changed` and can take the next. */
  | { readonly type: "ready" };

export type FromEngine =
  | CallAnswer
  /** These calls are not forgotten. Said each half second, so that a call of which nothing is heard is known to be lost. */
  | { readonly type: "working"; readonly ids: readonly number[] }
  | { readonly type: "changed"; readonly changed: Changed };

export type CallAnswer =
  | { readonly type: "answer"; readonly id: number; readonly value: ReturnType<EngineCalls[CallName]> }
  | { readonly type: "refused"; readonly id: number; readonly why: Told }
  /** A bug was in the way. It is among the `faults` of the next `changed`. */
  | { readonly type: "failed"; readonly id: number };
