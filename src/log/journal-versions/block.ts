import type { ClockAnchor } from "../../model/clock.ts";
import type { LogEvent } from "../heard.ts";

/** An event and the row before which it came. */
export interface PlacedEvent {
  readonly row: number;
  readonly event: LogEvent;
}

/** What comes before a block, of the capture as it was written. */
export interface BlockPlace {
  readonly blocks: number;
  readonly rows: number;
  readonly frames: number;
}

/** What a block's head tells, without reading its body. */
export interface BlockHead {
  readonly version: number;
  readonly headLength: number;
  readonly bodyLength: number;
  readonly rows: number;
  /** Messages among the rows. */
  readonly frames: number;
  /** Connections that the block makes known. */
  readonly connections: number;
  /** The rows' payloads are these bytes of the payload file, back to back; `checksumPayload` of them. */
  readonly payloadFrom: number;
  readonly payloadTo: number;
  readonly payloadChecksum: number;
  /** Frames that Chrome reported and the log does not have, up to here. */
  readonly lost: number;
  /** The capture ended in order with this block; only marks can follow. */
  readonly isLast: boolean;
  /** Undefined in version 2, which does not tell it. */
  readonly place: BlockPlace | undefined;
  /** The anchor of the clock that was in force at the end of the block. */
  readonly clock: ClockAnchor | undefined;
  /** The head has a checksum of its own, which fits: what it says is what was written. */
  readonly isSure: boolean;
  /** XXH32 of the body, with this seed. */
  readonly bodyChecksum: number;
  readonly bodySeed: number;
}

/** The rows of a block, and what the capture told between them. */
export interface BlockBody {
  readonly times: Float64Array<ArrayBuffer>;
  readonly connections: Uint32Array<ArrayBuffer>;
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly bits: Uint16Array<ArrayBuffer>;
  readonly events: readonly PlacedEvent[];
  /** Records that a later Framescope added, of a kind that this one does not know. */
  readonly unknown: number;
}

/** A run of the log as it is to be written. */
export interface JournalBlock extends Omit<BlockBody, "unknown"> {
  readonly payloadFrom: number;
  readonly payloadTo: number;
  readonly payloadChecksum: number;
  readonly lost: number;
  readonly isLast: boolean;
  readonly place: BlockPlace;
  readonly clock: ClockAnchor | undefined;
}

/** One version of the format: a file in this folder and a line in `registry.ts`. Takes any bytes: never throws. */
export interface BlockReader {
  readonly version: number;
  readonly headLength: number;
  /** `view`: the bytes from the head on; its magic and its version are known. */
  readHead(view: DataView): BlockHead | "damaged";
  /** Of a body whose checksum fits; undefined where it is none all the same. */
  readBody(head: BlockHead, body: Uint8Array<ArrayBuffer>): BlockBody | undefined;
}
