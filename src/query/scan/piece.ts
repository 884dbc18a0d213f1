import type { TextSlice } from "../../log/decoded-columns.ts";
import type { ValueDocument } from "../../model/value-document.ts";
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
  /** What decoding found; null: it has not reached all of these rows. */
  readonly decoded: DecodedPiece | null;
  /**
   * The payloads, back to back: row `i` has bytes `ends[i - 1]` (0 for the first) up to `ends[i]`. Null where the query
   * needs neither text nor decoded values.
   */
  readonly payload: { readonly bytes: Uint8Array<ArrayBuffer>; readonly ends: Uint32Array<ArrayBuffer> } | null;
  /**
   * The messages of those rows that hold several, which are not among the rows above: a row is found where one of its
   * messages matches. Null where there are none, or where the query asks nothing that is a message's own.
   */
  readonly messages: MessagesPiece | null;
  /** By the row's place in the piece: what only decoding in order knew of it (see the decode room). */
  readonly derived: ReadonlyMap<number, Uint8Array>;
}

/** Messages as rows: each with its own bytes, label, ids and part in a pair, and the rest as its frame has it. */
export interface MessagesPiece extends ScanPiece {
  /** The message's place in its frame. */
  readonly places: Uint16Array<ArrayBuffer>;
  readonly messages: null;
}

/** What the log's columns hold of decoding, one entry a row. */
export interface DecodedPiece {
  /** The row's place in `names`. */
  readonly labels: Uint32Array<ArrayBuffer>;
  readonly names: readonly string[];
  /** Place in `MESSAGE_KINDS` and one more; 0 where no decoder took the row. */
  readonly kinds: Uint8Array<ArrayBuffer>;
  /** Place in `decoderIds` and one more; 0 where no decoder took the row. */
  readonly decoders: Uint8Array<ArrayBuffer>;
  readonly decoderIds: readonly string[];
  /** Place in `SEQUENCE_ODDITIES` and one more; 0 where nothing is odd. */
  readonly sequences: Uint8Array<ArrayBuffer>;
  /** Null where the query does not ask for them. */
  readonly texts: TextPiece | null;
}

/** Codes of topics and ids, one entry a row, and the names that they stand for (see `textOfCode`). */
export interface TextPiece extends TextSlice {
  readonly topicNames: readonly string[];
  readonly idNames: readonly string[];
}

/** A message to decode. */
export interface ScannedMessage {
  readonly bits: number;
  readonly connection: ConnectionFacts;
  /** The decoder that took it, as the columns say; empty where they do not say. */
  readonly decoder: string;
  readonly bytes: Uint8Array;
  /** What was kept of its decoding in order; undefined where its bytes alone tell all. */
  readonly derived: Uint8Array | undefined;
}

/** What the decode room does for a scan. */
export interface MessageReader {
  /** Undefined where no decoder knows the message. Never throws. */
  decode(message: ScannedMessage): DecodedFacts | undefined;
  /** The value among what was kept of a message's decoding, as JSON; undefined where its bytes alone give it. Never throws. */
  derivedText(derived: Uint8Array): string | undefined;
  /**
   * Ids of the decoders that read a whole message as plain JSON: what `lendJson` makes of it is its value, and where a
   * text message is more or less than JSON, its kind is `error`. Paths in such messages are looked for in the text first,
   * many times faster.
   */
  readonly plainJson: ReadonlySet<string>;
  /** The JSON between two places of the bytes; what could be read of it where it breaks. Good until the next call. */
  lendJson(bytes: Uint8Array, from: number, to: number): ValueDocument | undefined;
}
