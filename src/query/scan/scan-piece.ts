import { OPCODE_TEXT, opcodeOf } from "../../model/frame.ts";
import { MESSAGE_KINDS } from "../../model/message-kind.ts";
import type { CompiledQuery } from "../compile.ts";
import { readBlocks, type Block } from "./block.ts";
import { PieceRow } from "./piece-row.ts";
import type { MessageReader, ScanPiece } from "./piece.ts";
import { findProbe } from "./find-probe.ts";
import { MAYBE, MAYBE_JSON, SURE_JSON } from "./probe.ts";

/** Messages that the query lets through, of frames that hold several. */
export interface FoundMessages {
  readonly rows: Uint32Array<ArrayBuffer>;
  /** The place of each in its frame. */
  readonly places: Uint16Array<ArrayBuffer>;
}

export interface ScanFound {
  /** Rows, rising. Of a frame that holds several messages, one of them matches at least. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly messages: FoundMessages | null;
}

/** What the query lets through of a piece. See `scanRows`. */
export function scanPiece(piece: ScanPiece, compiled: CompiledQuery, reader: MessageReader): ScanFound {
  const rows = scanRows(piece, compiled, reader, piece.rows);
  if (piece.messages === null) return { rows, messages: null };
  const { rows: frames, places } = piece.messages;
  const found = scanRows(piece.messages, compiled, reader, Uint32Array.from(frames.keys()));
  const messages = { rows: found.map((at) => frames[at] as number), places: Uint16Array.from(found, (at) => places[at] as number) };
  return { rows: Uint32Array.from(new Set([...rows, ...messages.rows])).toSorted(), messages };
}

/**
 * What stands in `told` for the rows of a piece that the query lets through. Cost: one decoding of the payloads where the query needs them, and a
 * test of each row that a quick look at whole blocks cannot rule out. Never throws; how long a pattern of the user's
 * takes is up to the pattern, so this runs on a thread that can be ended.
 */
function scanRows(piece: ScanPiece, compiled: CompiledQuery, reader: MessageReader, told: Uint32Array): Uint32Array<ArrayBuffer> {
  const { rows, payload } = piece;
  const found = new Uint32Array(rows.length);
  let foundCount = 0;
  const row = new PieceRow(piece, reader);
  if (payload === null) {
    for (let i = 0; i < rows.length; i++) {
      row.moveTo(i, undefined);
      if (compiled.test(row)) found[foundCount++] = told[i] as number;
    }
    return found.slice(0, foundCount);
  }
  const markRows = createMarking(piece, compiled, reader);
  for (const block of readBlocks(payload.bytes, payload.ends)) {
    const { first, count } = block;
    const marks = markRows(block);
    for (let place = 0; place < count; place++) {
      if (marks[place] === 0) continue;
      if (marks[place] === MAYBE) {
        row.moveTo(first + place, block);
        if (!compiled.test(row)) continue;
      }
      found[foundCount++] = told[first + place] as number;
    }
  }
  return found.slice(0, foundCount);
}

/** A quick look at whole blocks: of each row of one whether the query can pass it, 0, `MAYBE` or `SURE`. */
export function createMarking(piece: ScanPiece, { query, context }: CompiledQuery, reader: MessageReader): (block: Block) => Uint8Array {
  const probe = findProbe(query, context.searchesUrls);
  const usable = probe?.holdsFor(piece.connections) === true ? probe : undefined;
  let json: Uint8Array | undefined;
  return (block) => {
    const { first, count } = block;
    const marks = new Uint8Array(count);
    if (usable === undefined) marks.fill(MAYBE);
    else usable.mark(block, marks, () => (json ??= jsonOf(piece, reader)).subarray(first, first + count));
    // What they say does not stand in their text.
    for (const at of piece.derived.keys()) if (at >= first && at < first + count) marks[at - first] = MAYBE;
    return marks;
  };
}

/** Far from where a decoder reads only the head of a message. */
const SURELY_READ = 1 << 16;

/** What decoding said of each row's text, for probes. */
function jsonOf({ rows, bits, decoded, sizes }: ScanPiece, reader: MessageReader): Uint8Array {
  const json = new Uint8Array(rows.length);
  if (decoded === null) return json;
  const { decoders, kinds } = decoded;
  // Decoders as places in the piece's list and one more.
  const isPlain = Uint8Array.of(0, ...decoded.decoderIds.map((id) => Number(reader.plainJson.has(id))));
  // Rows that come one after another are mostly of the same sort.
  let known = -1;
  let isText = false;
  for (let i = 0; i < json.length; i++) {
    if (isPlain[decoders[i] as number] !== 1) continue;
    if (bits[i] !== known) {
      known = bits[i] as number;
      isText = opcodeOf(known) === OPCODE_TEXT;
    }
    // Behind the JSON of a binary message other bytes may stand.
    json[i] = isText && kinds[i] !== ERROR_KIND && (sizes[i] as number) <= SURELY_READ ? SURE_JSON : MAYBE_JSON;
  }
  return json;
}

/** What is no JSON although its decoder takes JSON is of this kind. */
const ERROR_KIND = MESSAGE_KINDS.indexOf("error") + 1;
