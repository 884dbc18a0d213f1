import { frameIndex } from "../model/units.ts";
import { compileQuery, type CompiledQuery } from "../query/compile.ts";
import { readPath } from "../query/path.ts";
import type { PathStep } from "../query/query.ts";
import type { QueryContext } from "../query/query-row.ts";
import type { ScanPiece } from "../query/scan/piece.ts";
import type { CaptureLog } from "./capture-log.ts";
import { cutPiece } from "./filter-piece.ts";
import { KEY_WORDS, queryOfPaths } from "./read-paths.ts";
import type { FilterListener, RowFilter } from "./row-filter.ts";
import type { Filter, Scanner } from "./scanner.ts";

const PIECE_BYTES = 1 << 21;
const PIECE_ROWS = 32_768;
const MOST_PIECES = 2;
const PAGE_ROWS = 4096;
/** In the place of a key: the row was read, and has nothing there. */
const NOTHING = 0xffff_ffff;

/**
 * What rows are sorted by where that is a path: read on the scan thread, each row once, in the order in which they are shown
 * unsorted. What was read stays good where other rows are shown.
 */
export class PathOrder {
  readonly path: string;
  readonly #capture: CaptureLog;
  readonly #scanner: Scanner;
  readonly #steps: readonly PathStep[];
  readonly #filter: Filter;
  readonly #compiled: CompiledQuery;
  readonly #generation: number;
  readonly #decodings: number;
  /** `KEY_WORDS` of each row of the log, in pages of those that were read; 0 for one that was not. */
  readonly #pages = new Map<number, Uint32Array>();
  #rows: RowFilter | undefined;
  /** Positions before these are read, and are read or with the scan thread. */
  #read = 0;
  #cut = 0;
  #underWay = 0;
  #isEnded = false;

  constructor(capture: CaptureLog, scanner: Scanner, path: string, context: QueryContext) {
    this.path = path;
    this.#capture = capture;
    this.#scanner = scanner;
    this.#generation = capture.generation;
    this.#decodings = capture.decoding.revision;
    const read = readPath(path);
    // A text that is no path finds nothing.
    this.#isEnded = !("value" in read);
    this.#steps = "value" in read ? read.value : [];
    this.#filter = { query: queryOfPaths([this.#steps]), context };
    this.#compiled = compileQuery(this.#filter.query, context);
  }

  /** How many of the rows are read. */
  get read(): number {
    return this.#isEnded ? (this.#rows?.length ?? 0) : this.#read;
  }

  /** The share of the rows that is read, 0 to 1. */
  get progress(): number {
    const length = this.#rows?.length ?? 0;
    return length === 0 ? 1 : Math.min(1, this.read / length);
  }

  /** What it was made of is another. */
  get isStale(): boolean {
    return this.#generation !== this.#capture.generation || this.#decodings !== this.#capture.decoding.revision;
  }

  /** One word of a row's key, the most significant first; undefined for a row that has nothing there, or is not read. */
  wordOf(row: number, word: number): number | undefined {
    const page = this.#pages.get(Math.floor(row / PAGE_ROWS));
    const at = (row % PAGE_ROWS) * KEY_WORDS;
    const first = page?.[at] ?? 0;
    return first === 0 || first === NOTHING ? undefined : page?.[at + word];
  }

  /** Reads the next of these rows, as far as decoding has come. */
  advance(rows: RowFilter, listener: FilterListener): void {
    if (rows !== this.#rows) {
      this.#rows = rows;
      this.#read = 0;
      this.#cut = 0;
    }
    while (!this.#isEnded && this.#underWay < MOST_PIECES && this.#cutNext(rows, listener));
  }

  end(): void {
    this.#isEnded = true;
    this.#scanner.drop(this.#filter);
  }

  /** Answers whether there was anything to read. */
  #cutNext(rows: RowFilter, listener: FilterListener): boolean {
    const { log, decoded } = this.#capture;
    const wanted: number[] = [];
    let size = 0;
    let to = this.#cut;
    for (; to < rows.length && wanted.length < PIECE_ROWS && size < PIECE_BYTES; to++) {
      const row = rows.at(to);
      if (row >= decoded.length) break;
      if (this.#isRead(row)) continue;
      wanted.push(row);
      size += log.lengthAt(frameIndex(row));
    }
    if (to === this.#cut || (wanted.length === 0 && this.#underWay > 0)) return false;
    this.#cut = to;
    if (wanted.length === 0) {
      this.#read = to;
      return true;
    }
    const places = Uint32Array.from(wanted);
    const cut = (): ScanPiece | undefined => (this.#isEnded || this.isStale ? undefined : cutPiece(this.#capture, places.slice(), this.#compiled, (bytes) => this.#scanner.take(bytes)));
    this.#underWay++;
    this.#scanner.keys(this.#filter, this.#steps, cut).then(
      (found) => {
        this.#underWay--;
        if (this.#isEnded || this.isStale) return;
        for (const row of places) this.#keep(row, NOTHING_THERE);
        for (const [i, row] of found.rows.entries()) this.#keep(row, found.words.subarray(i * KEY_WORDS, (i + 1) * KEY_WORDS));
        if (rows === this.#rows) this.#read = to;
        listener.progressed();
      },
      (error: unknown) => {
        if (this.#isEnded) return;
        this.#isEnded = true;
        listener.failed(error);
      },
    );
    return true;
  }

  #isRead(row: number): boolean {
    return (this.#pages.get(Math.floor(row / PAGE_ROWS))?.[(row % PAGE_ROWS) * KEY_WORDS] ?? 0) !== 0;
  }

  #keep(row: number, words: Uint32Array): void {
    const at = Math.floor(row / PAGE_ROWS);
    const page = this.#pages.get(at) ?? new Uint32Array(PAGE_ROWS * KEY_WORDS);
    this.#pages.set(at, page);
    page.set(words, (row % PAGE_ROWS) * KEY_WORDS);
  }
}

const NOTHING_THERE = Uint32Array.of(NOTHING);
