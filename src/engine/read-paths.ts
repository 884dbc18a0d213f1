import { toJson } from "../decode/value-json.ts";
import { NUMBER, STRING, type ValueDocument } from "../model/value-document.ts";
import type { CompiledQuery } from "../query/compile.ts";
import type { PathStep, Query } from "../query/query.ts";
import { readBlocks } from "../query/scan/block.ts";
import { PieceRow } from "../query/scan/piece-row.ts";
import type { MessageReader, ScanPiece } from "../query/scan/piece.ts";
import { createMarking } from "../query/scan/scan-piece.ts";
import { createPathFinder } from "../query/value-path.ts";
import { NUMERIC } from "../query/value-test.ts";

/** What stands at some paths in the messages of a piece: an entry for each that is there. */
export interface PathValues {
  readonly rows: readonly number[];
  /** Of a message of a frame that holds several: its place in the frame; else -1. */
  readonly messages: readonly number[];
  /** Which of the paths it is. */
  readonly paths: readonly number[];
  /** Places in `VALUE_KINDS`. */
  readonly kinds: readonly number[];
  /** As JSON; of what is longer than was asked for, its head. */
  readonly json: readonly string[];
}

/** The same of one path, as what rows are sorted by: numbers in whole words, the most significant first. */
export interface PathKeys {
  readonly rows: Uint32Array<ArrayBuffer>;
  /** `KEY_WORDS` of each row. */
  readonly words: Uint32Array<ArrayBuffer>;
}

/** A word that says whether it is a number, and as many more as a text has of its first 16 bytes. */
export const KEY_WORDS = 5;
export const NUMBER_KEY = 1;
export const TEXT_KEY = 2;

/** The query of the rows that have something at one of these paths. */
export function queryOfPaths(paths: readonly (readonly PathStep[])[]): Query {
  const parts = paths.map((path): Query => ({ kind: "value", path, test: null }));
  return parts.length === 1 ? (parts[0] as Query) : { kind: "or", parts };
}

/** `compiled`: of `queryOfPaths`. `most`: characters of each value that are wanted. */
export function readPaths(piece: ScanPiece, compiled: CompiledQuery, paths: readonly (readonly PathStep[])[], most: number, reader: MessageReader): PathValues {
  const found = { rows: [] as number[], messages: [] as number[], paths: [] as number[], kinds: [] as number[], json: [] as string[] };
  eachValue(piece, compiled, paths, reader, (row, message, path, document, node) => {
    found.rows.push(row);
    found.messages.push(message);
    found.paths.push(path);
    found.kinds.push(document.kindOf(node));
    const json = document.isContainer(node) ? toJson(document, node) : document.jsonOf(node, most + 1);
    found.json.push(json.length > most ? json.slice(0, most + 1) : json);
  });
  return found;
}

/** What the rows of a piece are sorted by; of a frame that holds several messages, by the first of them that has it. */
export function readPathKeys(piece: ScanPiece, compiled: CompiledQuery, path: readonly PathStep[], reader: MessageReader): PathKeys {
  const most = piece.rows.length + (piece.messages?.rows.length ?? 0);
  const rows = new Uint32Array(most);
  const words = new Uint32Array(most * KEY_WORDS);
  let count = 0;
  eachValue(piece, compiled, [path], reader, (row, message, _, document, node) => {
    // Messages come in their order: the frame's first stands there already.
    if (message >= 0 && count > 0 && rows[count - 1] === row) return;
    rows[count] = row;
    writeKey(document, node, words.subarray(count * KEY_WORDS, ++count * KEY_WORDS));
  });
  return { rows: rows.slice(0, count), words: words.slice(0, count * KEY_WORDS) };
}

type Visit = (row: number, message: number, path: number, document: ValueDocument, node: number) => void;

function eachValue(piece: ScanPiece, compiled: CompiledQuery, paths: readonly (readonly PathStep[])[], reader: MessageReader, visit: Visit): void {
  const find = paths.map((path) => createPathFinder(path));
  for (const { of, messages } of [{ of: piece, messages: undefined }, ...(piece.messages === null ? [] : [{ of: piece.messages, messages: piece.messages.places }])]) {
    if (of.payload === null) continue;
    const markRows = createMarking(of, compiled, reader);
    const row = new PieceRow(of, reader);
    for (const block of readBlocks(of.payload.bytes, of.payload.ends)) {
      const marks = markRows(block);
      for (let place = 0; place < block.count; place++) {
        if (marks[place] === 0) continue;
        const at = block.first + place;
        row.moveTo(at, block);
        const document = row.decoded()?.value;
        if (document === undefined) continue;
        for (const [path, findIn] of find.entries()) {
          const node = findIn(document);
          if (node !== undefined) visit(of.rows[at] as number, messages?.[at] ?? -1, path, document, node);
        }
      }
    }
  }
}

const BITS = new DataView(new ArrayBuffer(8));
const HEAD = new Uint8Array(16);
const ENCODER = new TextEncoder();

function writeKey(document: ValueDocument, node: number, words: Uint32Array): void {
  const kind = document.kindOf(node);
  const text = document.isContainer(node) ? "" : document.textOf(node);
  const number = kind === NUMBER || (kind === STRING && NUMERIC.test(text)) ? Number(text) : Number.NaN;
  if (!Number.isNaN(number)) {
    // As whole numbers doubles are in order, but that those below zero stand the other way round.
    BITS.setFloat64(0, number + 0);
    const high = BITS.getUint32(0);
    const flip = high >= 0x8000_0000 ? 0xffff_ffff : 0;
    words[0] = NUMBER_KEY;
    words[1] = (high ^ (flip === 0 ? 0x8000_0000 : flip)) >>> 0;
    words[2] = (BITS.getUint32(4) ^ flip) >>> 0;
    return;
  }
  HEAD.fill(0);
  // Containers have no text: objects stand before arrays.
  const head = document.isContainer(node) ? String(kind) : text.slice(0, HEAD.length);
  ENCODER.encodeInto(head.toLowerCase(), HEAD);
  const view = new DataView(HEAD.buffer);
  words[0] = TEXT_KEY;
  for (let word = 0; word < KEY_WORDS - 1; word++) words[word + 1] = view.getUint32(word * 4);
}
