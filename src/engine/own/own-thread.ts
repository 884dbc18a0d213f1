import type { Direction } from "../../model/frame.ts";
import type { OwnDecoder } from "../../model/own-decoder.ts";
import type { Thread } from "../thread.ts";

/** What the thread of own decoders is asked: the messages of some rows, in the order of the log. */
export interface OwnRequest {
  /** Another generation is another log, or other decoders: sessions begin anew. */
  readonly generation: number;
  /** Decoders that were not told yet, or are another source now. */
  readonly decoders: readonly OwnDecoder[];
  /** Connections that were not told yet; `decoder` is a name. */
  readonly connections: readonly { readonly id: number; readonly decoder: string; readonly url: string; readonly subprotocol: string }[];
  readonly messages: readonly OwnFrame[];
  /** The payloads of the messages, back to back. */
  readonly payloads: Uint8Array<ArrayBuffer>;
  /** Each row is told of before it is decoded; else only that there is progress, now and then. */
  readonly isCareful: boolean;
}

export interface OwnFrame {
  readonly row: number;
  readonly connection: number;
  readonly direction: Direction;
  readonly isText: boolean;
  /** Its bytes of the payloads. */
  readonly from: number;
  readonly to: number;
}

/** Of each message what its decoder answered, unchecked: the thread runs code of anybody's. */
export interface OwnAnswer {
  readonly answered: readonly unknown[];
}

export interface OwnStep {
  readonly reached: number;
}

export type OwnThread = Thread<OwnRequest, OwnAnswer | OwnStep>;
