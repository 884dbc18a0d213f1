import type { ConnectionFacts, DecodedFacts } from "../query-row.ts";

/**
 * A run of rows cut out of the log, so that another thread can test them. Columns have one entry a row; plain data, and
 * its buffers can be transferred.
 */
export interface ScanPiece {
  /** The rows' places in the log, rising. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** `FrameBits` (model/frame.ts). */
  readonly bits: Uint16Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  /** Bytes of the payload in the log; whether that is its size is in the bits. */
  readonly sizes: Uint32Array<ArrayBuffer>;
  /** The row's place in `connections`. */
  readonly connectionOf: Uint32Array<ArrayBuffer>;
  readonly connections: readonly ConnectionFacts[];
  /** Place of the pair's state in `PAIR_STATES`; null: no row has a pair. */
  readonly pairs: Uint8Array<ArrayBuffer> | null;
  /** Milliseconds, NaN where there is none; null: no row has one. */
  readonly latencies: Float64Array<ArrayBuffer> | null;
  /** 1 where the row is pinned; null: none is. */
  readonly pinned: Uint8Array<ArrayBuffer> | null;
  /** The row's place in `labels`, or `NO_LABEL`; null: the log has none. */
  readonly labelOf: Uint32Array<ArrayBuffer> | null;
  readonly labels: readonly string[];
  /**
   * The payloads, back to back: row `i` has bytes `ends[i - 1]` (0 for the first) up to `ends[i]`. Null where the query
   * needs neither text nor decoded values.
   */
  readonly payload: { readonly bytes: Uint8Array<ArrayBuffer>; readonly ends: Uint32Array<ArrayBuffer> } | null;
}

export const NO_LABEL = 0xffffffff;

/** A message to decode. */
export interface ScannedMessage {
  readonly bits: number;
  readonly connection: ConnectionFacts;
  readonly bytes: Uint8Array;
  /** The payload read as UTF-8. */
  readonly text: () => string;
}

/** What the decode room does for a scan. */
export interface MessageReader {
  /** Undefined where no decoder knows the message. Never throws. */
  decode(message: ScannedMessage): DecodedFacts | undefined;
  /**
   * Whether messages of this kind are plain JSON or not decoded at all. Where it says true, it promises: a message whose
   * text `JSON.parse` takes decodes to that value (integers too long for a double may be bigints), and any other text to
   * undefined. Then paths are looked for in the text first, which is several times faster.
   */
  isPlainJson(connection: ConnectionFacts, bits: number): boolean;
}
