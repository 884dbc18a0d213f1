import type { CompiledQuery } from "../compile.ts";
import { readBlocks } from "./block.ts";
import { PieceRow } from "./piece-row.ts";
import type { MessageReader, ScanPiece } from "./piece.ts";
import { findProbe } from "./probe.ts";

/**
 * The rows of a piece that the query lets through. Cost: one decoding of the payloads where the query needs them, and a
 * test of each row that a quick look at whole blocks cannot rule out. Never throws; how long a pattern of the user's
 * takes is up to the pattern, so this runs on a thread that can be ended.
 */
export function scanPiece(piece: ScanPiece, compiled: CompiledQuery, reader: MessageReader): Uint32Array<ArrayBuffer> {
  const found: number[] = [];
  const row = new PieceRow(piece, reader);
  const { payload } = piece;
  if (payload === null) {
    for (let i = 0; i < piece.rows.length; i++) {
      row.moveTo(i, undefined);
      if (compiled.test(row)) found.push(piece.rows[i] as number);
    }
    return Uint32Array.from(found);
  }
  // Which decoders, as places in the piece's list and one more.
  const plainJson = piece.decoded?.decoderIds.map((id) => reader.plainJson.has(id)) ?? [];
  const isPlainJson = (i: number): boolean => plainJson[(piece.decoded?.decoders[i] ?? 0) - 1] === true;
  const probe = findProbe(compiled.query, compiled.context.searchesUrls);
  const usable = probe?.holdsFor(piece.connections) === true ? probe : undefined;
  for (const block of readBlocks(payload.bytes, payload.ends)) {
    const { count } = block;
    const marks = usable === undefined ? undefined : new Uint8Array(count);
    if (marks !== undefined) usable?.mark(block, marks, (place) => isPlainJson(block.first + place));
    for (let place = 0; place < count; place++) {
      if (marks !== undefined && marks[place] === 0) continue;
      const i = block.first + place;
      if (marks === undefined || usable?.isExact !== true) {
        row.moveTo(i, block);
        if (!compiled.test(row)) continue;
      }
      found.push(piece.rows[i] as number);
    }
  }
  return Uint32Array.from(found);
}
