import type { Matcher } from "./matcher.ts";

/** A run of rows, cut out of the log so that another thread can test them. */
export interface ScanPiece {
  /** The rows' places in the log, rising. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Row `i`'s text is bytes `ends[i - 1]` (0 for the first) up to `ends[i]` of `bytes`. */
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Row `i`'s place in `urls`; null where URLs do not count. */
  readonly urlOf: Uint32Array<ArrayBuffer> | null;
  readonly urls: readonly string[];
}

/**
 * The rows of a piece that the filter lets through: those whose payload, read as UTF-8 (binary too), or whose
 * connection's URL matches. Cost: one decoding of each payload. Never throws; how long a pattern takes is up to the
 * pattern, so this runs on a thread that can be ended.
 */
export function scanPiece(piece: ScanPiece, matcher: Matcher): Uint32Array<ArrayBuffer> {
  const decoder = new TextDecoder();
  const urlMatches = piece.urls.map((url) => matcher.test(url));
  const found: number[] = [];
  for (let i = 0, from = 0; i < piece.rows.length; i++) {
    const to = piece.ends[i] as number;
    if (
      (piece.urlOf !== null && urlMatches[piece.urlOf[i] as number] === true) ||
      matcher.test(decoder.decode(piece.bytes.subarray(from, to)))
    ) {
      found.push(piece.rows[i] as number);
    }
    from = to;
  }
  return Uint32Array.from(found);
}
