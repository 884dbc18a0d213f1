import type { ByteLength, EpochMilliseconds } from "../model/units.ts";
import type { LongCall } from "./long-call.ts";
import type { Told } from "../model/said.ts";

/** A capture on this disk. All but `name` and `isOffered` is read off its journal. */
export interface KeptCapture {
  readonly id: string;
  /** The user's own; empty for none. */
  readonly name: string;
  readonly startedAt: EpochMilliseconds;
  /** When its journal was last written. */
  readonly writtenAt: EpochMilliseconds;
  /** Host and path of the page that opened the first connection; empty where none did. */
  readonly page: string;
  readonly frames: number;
  readonly connections: number;
  readonly bytes: ByteLength;
  /** `here`: by the engine that is asked. */
  readonly state: "running here" | "running elsewhere" | "open here" | "open elsewhere" | "ended" | "cut off";
  /** Places that are damaged, as far as is known, and what that means; null where nothing is known to be wrong. */
  readonly damaged: number;
  readonly problem: Told | null;
  /** It was cut off, and the user has not seen it since. */
  readonly isOffered: boolean;
}

/** The captures on this disk. */
export interface CaptureCalls {
  /** All captures on this disk, this one too: a piece each, as it is counted, about the newest first. */
  captures(query: null, long: LongCall<never, KeptCapture>): null;
  /** Gives a capture a name; an empty one takes it away. */
  renameCapture(query: { readonly capture: string; readonly name: string }): null;
  /** Offers a capture that was cut off no more. */
  dismissCapture(query: { readonly capture: string }): null;
  /** Refused where it is in use. */
  deleteCapture(query: { readonly capture: string }): null;
}
