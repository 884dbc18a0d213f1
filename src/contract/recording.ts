import type { CaptureBatch } from "../model/capture-batch.ts";
import type { Told } from "../model/said.ts";

/** What a capture tells its engine. */
export type CaptureMessage =
  | { readonly type: "batch"; readonly batch: CaptureBatch }
  /** Bytes of payload that may stay in memory, and how much of captures before may stay on the disk. */
  | { readonly type: "limits"; readonly budget: number; readonly bounds: CaptureBounds }
  /** Nothing of this capture is to be written to the disk, as of an incognito window. Comes before its frames. */
  | { readonly type: "memory only"; readonly why: Told }
  /** The page that captures is going: the capture ended in order. */
  | { readonly type: "end" };

/** Captures beside those in use: so many at most, and so many bytes together with these. The oldest go first. */
export interface CaptureBounds {
  readonly captures: number;
  readonly bytes: number;
}

/** Acknowledges batches, so that the capture can bound what is under way. */
export interface BatchDone {
  readonly type: "batch-done";
  readonly payloadBytes: number;
  /** The memory of the batch's payloads, to be used again. */
  readonly spare: ArrayBuffer;
  /** Events of the capture, from its first, that need not be told again to an engine that takes over from this one. */
  readonly safeEvents: number;
  /** Frames that had passed at the last clear. */
  readonly framesBefore: number;
}
