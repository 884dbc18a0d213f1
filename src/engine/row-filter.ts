import { directionOf, isMessage } from "../model/frame.ts";
import { frameIndex, type ConnectionId } from "../model/units.ts";
import { NO_CONNECTION } from "../log/connection-table.ts";
import { Refusal } from "../model/refusal.ts";
import type { DecodedColumns } from "../log/decoded-columns.ts";
import { IndexList } from "../log/index-list.ts";
import { assertNever } from "../model/assert-never.ts";
import { parseQuery } from "../query/parse.ts";
import type { Query } from "../query/query.ts";
import { compileQuery, type CompiledQuery } from "../query/compile.ts";
import type { Verdict } from "../query/condition.ts";
import type { ScanPiece } from "../query/scan/piece.ts";
import type { CaptureLog } from "./capture-log.ts";
import type { Scope } from "../contract/rows.ts";
import { asksMessages, cutPiece } from "./filter-piece.ts";
import { factsOf } from "./connection-facts.ts";
import { hiddenBy } from "./hidden-connections.ts";
import type { ConnectionFacts } from "../query/query-row.ts";
import { LogRow } from "./log-row.ts";
import { ScanTimeout, type Filter, type Scanner } from "./scanner.ts";
import { say, type Said } from "../model/said.ts";

/**
 * How much of the log one piece for the scan thread holds: little at first, so that the first screen is soon there, then
 * more, so that little is lost between pieces.
 */
const FIRST_PIECE_BYTES = 1 << 18;
const PIECE_BYTES = 1 << 22;
const PIECE_ROWS = 32_768;
/** Rows tested by their columns alone before other work gets its turn: a few milliseconds. */
const SLICE_ROWS = 50_000;
/** Pieces with the scan thread at a time: one that it works on, one that waits for it. */
const MOST_PIECES = 2;

/** Queries of one condition on the payload: columns decide next to nothing. */
const ASKS_PAYLOADS: ReadonlySet<Query["kind"]> = new Set(["text", "pattern", "value"]);

/** What is told of rows that are found later than they are asked for. */
export interface FilterListener {
  /** More rows are tested. */
  progressed(): void;
  /** The filter was ended; it finds no more rows. */
  failed(error: unknown): void;
}

/**
 * The rows that a scope lets through, found as the log grows: each row is tested once, in order. What columns can
 * decide is decided here, the rest on the scan thread.
 */
export class RowFilter {
  readonly filter: Filter;
  readonly #capture: CaptureLog;
  readonly #scanner: Scanner;
  readonly #scope: Scope;
  readonly #compiled: CompiledQuery;
  readonly #row: LogRow;
  /** Undefined while every row is shown. */
  readonly #found: IndexList | undefined;
  /** Columns are not asked: every row goes to the scan thread. */
  readonly #isOpenToAll: boolean;
  readonly #hiddenBy: ((facts: ConnectionFacts) => number) | undefined;
  readonly #asksMessages: boolean;
  #messages = 0;
  #tested = 0;
  /** Rows before this one are tested or on their way to the scan thread. */
  #cut = 0;
  #piecesUnderWay = 0;
  #pieceBytes = FIRST_PIECE_BYTES;
  #isEnded = false;

  constructor(capture: CaptureLog, scanner: Scanner, scope: Scope, filter: Filter) {
    this.#capture = capture;
    this.#scanner = scanner;
    this.#scope = scope;
    this.filter = filter;
    this.#compiled = compileQuery(filter.query, filter.context);
    this.#row = new LogRow(capture);
    this.#asksMessages = asksMessages(this.#compiled);
    const { hidden = [] } = scope;
    this.#hiddenBy = hidden.length === 0 || scope.connection !== null ? undefined : hiddenBy(hidden);
    const isWholeScope = scope.connection === null && scope.sent && scope.received && this.#hiddenBy === undefined;
    this.#found = filter.query.kind === "everything" && isWholeScope ? undefined : new IndexList();
    this.#isOpenToAll = isWholeScope && ASKS_PAYLOADS.has(filter.query.kind);
  }

  /** Whether what it says of a row can change after it was tested: a request gets its answer, the user pins, time passes. */
  get canChange(): boolean {
    const { needs } = this.#compiled;
    return needs.has("pairs") || needs.has("pins") || this.mentionsNow;
  }

  /** Whether it asks for the last seconds, which go on. */
  get mentionsNow(): boolean {
    return mentionsNow(this.filter.query);
  }

  /** It lets every row through, and always will. */
  get showsAll(): boolean {
    return this.#found === undefined;
  }

  /** The connection, with those that the same place opened before and after it, of which it lets every row through and none of others; undefined where it is not so. */
  get wholeConnection(): ConnectionId | undefined {
    const { connection, sent, received } = this.#scope;
    return connection !== null && sent && received && this.filter.query.kind === "everything" ? connection : undefined;
  }

  /** Whether rows of a connection are let through, as far as it is asked of connections. */
  showsConnection(connection: ConnectionId): boolean {
    const { connection: chosen } = this.#scope;
    if (chosen === null) return this.#hiddenBy === undefined || this.#hiddenBy(factsOf(this.#capture.table, connection)) === -1;
    // What connected again is one line of the list.
    const { order } = this.#capture.table;
    return connection === chosen || order.rootOf(connection) === order.rootOf(chosen);
  }

  /** Rows found so far. */
  get length(): number {
    return this.#found?.length ?? this.#capture.log.length;
  }

  /** Messages among them. */
  get messages(): number {
    return this.#found === undefined ? this.#capture.log.messages : this.#messages;
  }

  /** The share of the log that is tested, 0 to 1. */
  get progress(): number {
    const { length: end } = this.#capture.log;
    return this.#found === undefined || end === 0 ? 1 : Math.min(1, this.#tested / end);
  }

  /** Nothing of it is with the scan thread. */
  get isIdle(): boolean {
    return this.#piecesUnderWay === 0;
  }

  /** Rows of the log that are tested. */
  get tested(): number {
    return this.#found === undefined ? this.#capture.log.length : this.#tested;
  }

  /** Whether its first rows are those of another filter. Cost: a pass over them. */
  beginsAs(other: RowFilter): boolean {
    if (this.length < other.length) return false;
    for (let position = 0; position < other.length; position++) if (this.at(position) !== other.at(position)) return false;
    return true;
  }

  at(position: number): number {
    return this.#found === undefined ? position : this.#found.at(position);
  }

  placeOf(index: number): number | undefined {
    if (index >= this.#capture.log.length) return undefined;
    return this.#found === undefined ? index : this.#found.positionOf(frameIndex(index));
  }

  /** The position of the first row found that is at an index or after it; as many as there are where none is. */
  firstFrom(index: number): number {
    return this.#found === undefined ? Math.min(index, this.length) : this.#found.lowerBound(index);
  }

  /** Drops what is under way: its answers are not taken in. */
  end(): void {
    this.#isEnded = true;
    this.#scanner.drop(this.filter);
  }

  /** Tests the next rows. Answers whether rows are left that can be tested at once. */
  advance(listener: FilterListener): boolean {
    if (this.#found === undefined || this.#isEnded || this.#piecesUnderWay === MOST_PIECES) return false;
    const { decoded } = this.#capture;
    const limit = waitsForDecoding(this.#compiled, decoded) ? Math.min(this.#capture.log.length, decoded.length) : this.#capture.log.length;
    if (this.#cut >= limit) return false;
    const { row, sure, open } = this.#isOpenToAll ? this.#cutRun(limit) : this.#cutChosen(limit);
    // What is sure waits behind the pieces under way: rows are found in the order of the log.
    if (open.length === 0 && this.#piecesUnderWay === 0) {
      this.#cut = row;
      this.#take(sure, row);
      return row < limit;
    }
    const { generation } = this.#capture;
    const cut = (): ScanPiece | undefined =>
      this.#isEnded || generation !== this.#capture.generation ? undefined : cutPiece(this.#capture, open.slice(), this.#compiled, (size) => this.#scanner.take(size));
    this.#cut = row;
    this.#piecesUnderWay++;
    this.#pieceBytes = Math.min(PIECE_BYTES, this.#pieceBytes * 2);
    this.#scanner.scan(this.filter, cut).then(
      (found) => {
        this.#piecesUnderWay--;
        if (this.#isEnded) return;
        this.#take(merge(sure, found.rows), row);
        listener.progressed();
      },
      (error: unknown) => {
        if (this.#isEnded) return;
        this.#isEnded = true;
        listener.failed(error);
      },
    );
    return row < limit && this.#piecesUnderWay < MOST_PIECES;
  }

  /** The next rows, all of which the scan thread must see. */
  #cutRun(limit: number): Slice {
    const { log } = this.#capture;
    const from = this.#cut;
    const start = log.offsetAt(frameIndex(from));
    let row = Math.min(limit, from + PIECE_ROWS);
    // Payloads stand back to back: the offsets tell how many rows a piece takes.
    while (row > from + 1 && log.offsetAt(frameIndex(row - 1)) - start > this.#pieceBytes) row = from + ((row - from) >> 1);
    const open = new Uint32Array(row - from);
    for (let i = 0; i < open.length; i++) open[i] = from + i;
    return { row, sure: [], open };
  }

  /** The next rows, as far as their columns decide. */
  #cutChosen(limit: number): Slice {
    const { log } = this.#capture;
    const sure: number[] = [];
    const open: number[] = [];
    let size = 0;
    let row = this.#cut;
    const end = Math.min(limit, row + SLICE_ROWS);
    for (; row < end && open.length < PIECE_ROWS && size < this.#pieceBytes; row++) {
      if (!this.#passesScope(row)) continue;
      const verdict = this.#verdictOf(row);
      if (verdict === "yes") sure.push(row);
      else if (verdict === "maybe") {
        open.push(row);
        size += log.lengthAt(frameIndex(row));
      }
    }
    return { row, sure, open: Uint32Array.from(open) };
  }

  /** Of a frame that holds several messages: whether one of them passes. */
  #verdictOf(row: number): Verdict {
    const { decoded } = this.#capture;
    if (decoded.messages.frames === 0 || !this.#asksMessages || !decoded.holdsSeveral(row)) {
      this.#row.moveTo(row);
      return this.#compiled.columns(this.#row);
    }
    let verdict: Verdict = "no";
    for (let message = 0, count = decoded.messages.countOf(row); message < count; message++) {
      this.#row.moveToMessage(row, message);
      const next = this.#compiled.columns(this.#row);
      if (next === "yes") return "yes";
      if (next === "maybe") verdict = "maybe";
    }
    return verdict;
  }

  #take(rows: Iterable<number>, tested: number): void {
    for (const row of rows) {
      this.#found?.push(row);
      if (isMessage(this.#capture.log.bitsAt(frameIndex(row)))) this.#messages++;
    }
    this.#tested = tested;
  }

  #passesScope(row: number): boolean {
    const { log } = this.#capture;
    const index = frameIndex(row);
    const direction = directionOf(log.bitsAt(index));
    if (direction === "sent" && !this.#scope.sent) return false;
    if (direction === "received" && !this.#scope.received) return false;
    if (this.#scope.connection === null && this.#hiddenBy === undefined) return true;
    const connection = log.connectionAt(index);
    return connection === NO_CONNECTION || this.showsConnection(connection);
  }
}

/** Rows up to `row`: those that columns let through, and those that only the scan thread can tell. */
interface Slice {
  readonly row: number;
  readonly sure: readonly number[];
  readonly open: Uint32Array<ArrayBuffer>;
}

/** Whether a query goes no further than decoding has come: texts are also looked for in what messages are put together to. */
export const waitsForDecoding = (compiled: CompiledQuery, { derived }: DecodedColumns): boolean => asksDecoding(compiled) || (compiled.needsText && !derived.isEmpty);

/** Whether a query asks for what decoding finds. */
export function asksDecoding({ needs, needsDecoded }: CompiledQuery): boolean {
  return needsDecoded || needs.has("labels") || needs.has("pairs");
}

/** The same of a filter as it is written; true of one that is none. */
export function filterAsksDecoding(filter: string): boolean {
  const parsed = parseQuery(filter);
  return "problem" in parsed || asksDecoding(compileQuery(parsed.query, { start: 0, now: 0, anchors: [], utcOffset: 0, searchesUrls: true }));
}

function mentionsNow(query: Query): boolean {
  switch (query.kind) {
    case "field":
      return query.name === "last" || (query.value.kind !== "pattern" && /^last\b/i.test(query.value.text));
    case "and":
    case "or":
      return query.parts.some(mentionsNow);
    case "not":
      return mentionsNow(query.part);
    case "everything":
    case "text":
    case "pattern":
    case "value":
      return false;
    default:
      return assertNever(query);
  }
}

/** Two rising lists as one. */
function merge(a: readonly number[], b: Uint32Array): number[] {
  const merged: number[] = [];
  let i = 0;
  for (const row of b) {
    while (i < a.length && (a[i] as number) < row) merged.push(a[i++] as number);
    merged.push(row);
  }
  while (i < a.length) merged.push(a[i++] as number);
  return merged;
}

/** Why a filter was ended, for the line under the filter box. */
export function filterFailure(error: unknown): Said {
  return error instanceof ScanTimeout
    ? say("engine.filter-slow")
    : say("engine.filter-failed", { why: error instanceof Refusal ? error.told : say("engine.bug") });
}
